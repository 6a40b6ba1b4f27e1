//! Live updates: told within a second whoever wrote, to nobody who may not listen; and the changed days lead to the cube the server has.

use std::time::{Duration, Instant};

use axum::body::Body;
use backend::{
    Backend,
    import::{self, Input, Kind, Options},
};
use domain::{
    cube::{Cube, Dimension, Metric, Slice, Update},
    ids::ImportId,
    people::{Role, Scope},
};
use http_body_util::BodyExt;

use crate::{
    house::{House, Person},
    people,
};

const HEAD: &str = "date,branch,salesperson,customer,product,product_line,units_sold,gross_revenue,returns_value,total_cost,document_no\n";
const FIRST: &str = "2026-02-03,North,Ann,C1,P1,Water,2,10.00,,7,A1\n2026-03-04,South,Ben,C2,P2,Power,1,20.00,,,A2\n";
const SECOND: &str = "2026-03-04,North,Ann,C3,P3,Solar,1,50.00,,40,A3\n2026-04-01,South,Ben,C2,P1,Water,1,7.00,,,A4\n";

/// Longest wait for something to come; what must come sooner is measured.
const PATIENCE: Duration = Duration::from_secs(20);

async fn bring(backend: &Backend, rows: &str) -> ImportId {
    let report = import::run(backend, Kind::Sales, Input::bytes("s.csv", [HEAD, rows].concat().into_bytes()), None, Options::default())
        .await
        .unwrap();
    assert_eq!(report.tally.rejected, 0, "{report}");
    report.id.unwrap()
}

/// An open stream.
struct Stream(Body);

impl Stream {
    async fn open(house: &House, person: &Person, last: Option<i64>) -> Self {
        let mut ask = house.get("/live");
        if let Some(last) = last {
            ask = ask.header("last-event-id", &last.to_string());
        }
        let (parts, body) = ask.streamed(person).await;
        assert_eq!((parts.status.as_u16(), parts.headers["content-type"].to_str().unwrap()), (200, "text/event-stream"));
        Self(body)
    }

    /// What comes next; none at the end.
    async fn next(&mut self) -> Option<String> {
        let frame = tokio::time::timeout(PATIENCE, self.0.frame()).await.expect("nothing came")?;
        Some(String::from_utf8(frame.unwrap().into_data().unwrap().to_vec()).unwrap())
    }

    /// The next version told.
    async fn version(&mut self) -> i64 {
        loop {
            let text = self.next().await.expect("the stream ended");
            if let Some(rest) = text.strip_prefix("id: ") {
                let (id, data) = rest.split_once('\n').unwrap();
                assert_eq!(data, format!("event: figures\ndata: {{\"version\":{id}}}\n\n"), "nothing but the version");
                return id.parse().unwrap();
            }
            assert!(text.starts_with(':'), "{text}");
        }
    }
}

/// The cube of a person, fetched whole or brought up to date, with what it is called.
async fn fetch(house: &House, person: &Person, query: &str) -> (Vec<u8>, String) {
    let (parts, body) = house.get(&format!("/kpis/cube{query}")).streamed(person).await;
    assert_eq!(parts.status.as_u16(), 200);
    (body.collect().await.unwrap().to_bytes().to_vec(), parts.headers["x-cube-of"].to_str().unwrap().to_owned())
}

fn by_rep_and_line(cube: &Cube) -> String {
    let (from, to) = (domain::Day::parse("2026-01-01").unwrap(), domain::Day::parse("2026-12-31").unwrap());
    let slice = Slice::of(from, to, Metric::ALL).by(&[Dimension::Rep, Dimension::ProductLine, Dimension::Customer, Dimension::Day]);
    format!("{:?}", cube.slice(&slice, Scope::All).unwrap().groups)
}

both_engines! {
    async fn whoever_listens_is_told_within_a_second_of_a_commit_on_another_connection(house) {
        let manager = house.person(Role::Manager, "Mary").await;
        bring(&house.backend, FIRST).await;
        let mut stream = Stream::open(&house, &manager, None).await;
        let before = stream.version().await;
        let other = house.beside().await;
        let id = bring(&other, SECOND).await;
        let committed = Instant::now();
        let after = stream.version().await;
        assert!(after > before && committed.elapsed() < Duration::from_secs(1), "{before} {after} {:?}", committed.elapsed());
        import::withdraw(&other, &domain::people::Caller { role: Role::Admin, ..manager_of(&manager) }, id).await.unwrap();
        assert!(stream.version().await > after, "taking back is told too");
        let (bytes, _) = fetch(&house, &manager, &format!("?atLeast={after}")).await;
        assert!(Cube::from_bytes(&bytes).unwrap().version >= after, "what was told of is there");
        drop(stream);
    }

    async fn a_listener_who_knows_the_version_hears_of_later_ones_only(house) {
        let manager = house.person(Role::Manager, "Mary").await;
        bring(&house.backend, FIRST).await;
        let now = Stream::open(&house, &manager, None).await.version().await;
        let mut stream = Stream::open(&house, &manager, Some(now)).await;
        assert_eq!(stream.next().await.as_deref(), Some(": here\n\n"));
        bring(&house.beside().await, SECOND).await;
        assert!(stream.version().await > now);
        let visits = house.rep("Ann").await;
        house.client(&visits, "Not a figure").await;
        assert_eq!(stream.next().await.as_deref(), Some(":\n\n"), "what changes no figure is not told: only that it is there");
        let mut late = Stream::open(&house, &manager, Some(now)).await;
        assert!(late.version().await > now, "whoever missed one is told at once");
    }

    async fn only_who_is_signed_in_listens_and_a_closed_account_hears_no_more(house) {
        house.get("/live").send().await.fails(401, "session_expired");
        let viewer = house.person(Role::Viewer, "Vera").await;
        let mut stream = Stream::open(&house, &viewer, None).await;
        stream.version().await;
        people::disable(&house.backend, &viewer.email).await;
        bring(&house.backend, FIRST).await;
        assert_eq!(stream.next().await, None, "not even the version");
        let ann = house.rep("Ann").await;
        let mut silent = Stream::open(&house, &ann, None).await;
        silent.version().await;
        people::disable(&house.backend, &ann.email).await;
        assert_eq!(silent.next().await, None, "the next beat ends it");
    }

    async fn streams_are_bounded_come_free_and_end_when_the_server_stops(house) {
        let manager = house.person(Role::Manager, "Mary").await;
        let mut streams = Vec::new();
        for _ in 0..12 {
            streams.push(Stream::open(&house, &manager, None).await);
        }
        house.get("/live").by(&manager).await.fails(429, "too_many_streams");
        streams.truncate(1);
        assert_eq!(house.streams(), 1);
        streams[0].version().await;
        house.stop();
        assert_eq!(streams[0].next().await, None);
        drop(streams);
        assert_eq!(house.streams(), 0);
    }

    async fn changed_days_lead_to_the_cube_of_the_whole_within_everybodys_scope(house) {
        let (manager, ann) = (house.person(Role::Manager, "Mary").await, house.rep("Ann").await);
        bring(&house.backend, FIRST).await;
        for person in [&manager, &ann] {
            let (bytes, of) = fetch(&house, person, "").await;
            let mut theirs = Cube::from_bytes(&bytes).unwrap();
            let mut told = Stream::open(&house, person, None).await;
            assert!(told.version().await <= theirs.version);
            let id = bring(&house.beside().await, SECOND).await;
            let version = told.version().await;
            let (bytes, _) = fetch(&house, person, &format!("?since={}&of={of}&atLeast={version}", theirs.version)).await;
            assert!(Update::is(&bytes), "only the changed days");
            assert!(person.rep.is_empty() || !bytes.windows(3).any(|three| three == b"Ben"), "nobody else's");
            let update = Update::from_bytes(&bytes).unwrap();
            theirs.take_in(&update).unwrap();
            let whole = Cube::from_bytes(&fetch(&house, person, "").await.0).unwrap();
            assert_eq!((theirs.version, by_rep_and_line(&theirs)), (whole.version, by_rep_and_line(&whole)));
            assert!(by_rep_and_line(&whole).contains("Solar"));
            let admin = domain::people::Caller { role: Role::Admin, rep: None, ..manager_of(&manager) };
            import::withdraw(&house.backend, &admin, id).await.unwrap();
            let back = told.version().await;
            let (bytes, _) = fetch(&house, person, &format!("?since={}&of={of}&atLeast={back}", theirs.version)).await;
            theirs.take_in(&Update::from_bytes(&bytes).unwrap()).unwrap();
            assert!(!by_rep_and_line(&theirs).contains("Solar"), "what was taken back is gone");
        }
    }

    async fn what_is_of_another_scope_or_of_the_future_is_answered_whole(house) {
        let (manager, ann) = (house.person(Role::Manager, "Mary").await, house.rep("Ann").await);
        bring(&house.backend, FIRST).await;
        let (_, of_all) = fetch(&house, &manager, "").await;
        let (_, of_ann) = fetch(&house, &ann, "").await;
        assert_ne!(of_all, of_ann);
        for query in [format!("?since=1&of={of_all}"), format!("?since=900000&of={of_ann}"), "?since=1".to_owned(), "?since=1&of=x".to_owned()] {
            let (bytes, _) = fetch(&house, &ann, &query).await;
            assert!(Cube::from_bytes(&bytes).is_ok(), "{query}");
        }
        house.get("/kpis/cube?since=soon").by(&ann).await.fails(400, "rejected");
    }
}

/// A caller with nothing but their id.
fn manager_of(person: &Person) -> domain::people::Caller {
    let user = person.user.parse().unwrap();
    domain::people::Caller { user, name: "Mary".into(), email: person.email.clone(), role: Role::Manager, rep: None, branch: None }
}
