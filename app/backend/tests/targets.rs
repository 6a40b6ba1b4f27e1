//! Targets on both engines: budgets and sales become the same figures on the server and in the Book, for a rep and for a team.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use backend::import::{self, Input, Kind, Mapping, Options};
use backend::targets::{self, Budget, Calendar};
use backend::{Backend, Error, company, sync, today};
use common::both_engines;
use domain::book::Book;
use domain::ids::DeviceId;
use domain::pack::encode_page;
use domain::people::{Caller, Role};
use domain::targets::{Holiday, LeaveDraft, Target, Workdays, figures};
use domain::{Day, Instant};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

async fn sold(backend: &Backend, rows: &str) {
    let mapping = "source = \"till\"\n[fields]\ndate = \"day\"\ndocumentNo = \"no\"\nsalesperson = \"rep\"\namount = \"amount\"\n";
    let input = Input::bytes("s.csv", format!("no,day,rep,amount\n{rows}").into_bytes());
    let report = import::run(backend, Kind::Sales, input, Some(Mapping::parse(mapping).unwrap()), Options::default()).await.unwrap();
    assert_eq!(report.tally.rejected, 0, "{report}");
}

fn budget(rep: &Caller, month: &str, minor: i64) -> Budget {
    Budget { rep: rep.rep.unwrap(), month: day(month), minor: Some(minor) }
}

async fn book(backend: &Backend, rep: &Caller, cursor: Option<&str>) -> domain::sync::PullPage {
    sync::pull(backend, rep, DeviceId(common::build::id()), cursor, 10_000).await.unwrap()
}

both_engines!(a_rep_and_a_team_see_where_the_day_stands, as_of "2026-11-20", |backend, admin| {
    let grace = common::a_rep_of(&backend, "Grace", "Thika").await;
    let daniel = common::a_rep_of(&backend, "Daniel", "Nakuru").await;
    assert_eq!(today::overview(&backend, &grace).await.unwrap().figures, None, "neither sales nor budgets: no figures");
    sold(&backend, "1,2026-11-02,Grace,900\n2,2026-11-03,Daniel,500\n3,2026-10-05,Grace,-100\n4,2025-11-03,Grace,70\n5,2026-11-03,,40\n").await;
    let budgets = vec![budget(&grace, "2026-11-01", 210_000), budget(&daniel, "2026-11-01", 40_000), budget(&grace, "2026-10-01", 200_000)];
    targets::set_budgets(&backend, &admin, budgets).await.unwrap();

    let own = today::overview(&backend, &grace).await.unwrap().figures.unwrap();
    assert_eq!(own.target, Target::Due(17_143), "1,200 over the seven working days from the 20th");
    assert_eq!((own.month.net, own.month.budget, own.today), (Some(90_000), Some(210_000), None));
    assert_eq!((own.year.net, own.year.last_year, own.data_to), (Some(80_000), Some(7_000), Some(day("2026-11-03"))));

    let team = today::overview(&backend, &admin).await.unwrap().figures.unwrap();
    assert_eq!(team.target, Target::Due(17_143), "Daniel’s budget is reached, and does not lower Grace’s target");
    assert_eq!((team.month.net, team.month.budget), (Some(144_000), Some(250_000)), "sales of no rep are the team’s");
    assert_eq!((team.month.without_budget, team.year.without_budget), (4_000, 4_000), "and no budget’s: only theirs were made without one");

    let nakuru = company_branch(&backend, "Nakuru").await;
    let manager = Caller { branch: Some(nakuru), ..common::a_caller(Role::Manager) };
    let branch = targets::facts(&backend, &manager).await.unwrap();
    assert_eq!(figures(&branch, day("2026-11-20")).month.budget, Some(40_000));
    let stranger = Caller { rep: None, ..common::a_caller(Role::SalesRep) };
    assert!(!targets::facts(&backend, &stranger).await.unwrap().any(), "a rep who is none sees nobody’s sales");
});

both_engines!(sales_without_a_budget_are_measured_by_nobodys, as_of "2026-11-20", |backend, admin| {
    let grace = common::a_rep_of(&backend, "Grace", "Thika").await;
    let daniel = common::a_rep_of(&backend, "Daniel", "Nakuru").await;
    let _ann = common::a_rep_of(&backend, "Ann", "Nakuru").await;
    sold(&backend, "1,2026-11-02,Grace,900\n2,2026-11-03,Daniel,500\n3,2026-10-05,Grace,100\n4,2026-10-06,Ann,70\n5,2026-11-03,,40\n6,2026-01-05,Daniel,8\n").await;
    let facts = async |caller: &Caller| targets::facts(&backend, caller).await.unwrap();
    let stands = async |caller: &Caller| {
        let f = figures(&facts(caller).await, day("2026-11-20"));
        ((f.month.measured(), f.month.without_budget), (f.year.measured(), f.year.without_budget))
    };
    assert!(facts(&admin).await.without_budget.is_empty(), "without any budget nothing is measured");
    targets::set_budgets(&backend, &admin, vec![budget(&grace, "2026-11-01", 100)]).await.unwrap();
    // one of four, nobody counted: the rows of whoever has one are fewer
    assert_eq!(stands(&admin).await, ((Some(90_000), 54_000), (Some(90_000), 71_800)));
    assert_eq!(stands(&grace).await, ((Some(90_000), 0), (Some(90_000), 10_000)), "her own October had none");
    let every = |rep: &Caller| (1..=11).map(|month| budget(rep, &format!("2026-{month:02}-01"), 100)).collect::<Vec<_>>();
    targets::set_budgets(&backend, &admin, [every(&grace), every(&daniel)].concat()).await.unwrap();
    // the rows of Ann and nobody are fewer
    assert_eq!(stands(&admin).await, ((Some(140_000), 4_000), (Some(150_800), 11_000)));
    let nakuru = Caller { branch: Some(company_branch(&backend, "Nakuru").await), ..common::a_caller(Role::Manager) };
    assert_eq!(facts(&nakuru).await.without_budget, [(day("2026-10-01"), 7_000)], "Ann is of the branch, and Daniel has his own");
    assert_eq!(facts(&grace).await.without_budget, [], "a rep’s own days say it themselves");
});

both_engines!(a_teams_day_is_its_reps_with_a_target_and_a_device_works_it_out_alike, as_of "2026-11-20", |backend, admin| {
    let grace = common::a_rep_of(&backend, "Grace", "Thika").await;
    let daniel = common::a_rep_of(&backend, "Daniel", "Nakuru").await;
    let _ann = common::a_rep_of(&backend, "Ann", "Nakuru").await;
    sold(&backend, "1,2026-11-02,Grace,900\n2,2026-11-03,Daniel,500\n3,2026-11-20,Ann,7000\n4,2026-11-20,Daniel,700\n").await;
    targets::set_budgets(&backend, &admin, vec![budget(&grace, "2026-11-01", 210_000), budget(&daniel, "2026-11-01", 40_000)]).await.unwrap();
    let stands = async || {
        let f = today::overview(&backend, &admin).await.unwrap().figures.unwrap();
        let facts = targets::facts(&backend, &admin).await.unwrap();
        assert_eq!(figures(&domain::targets::Facts::of_numbers(&facts.numbers()).unwrap(), day("2026-11-20")), f);
        f
    };
    let f = stands().await;
    assert_eq!((f.target, f.today, f.towards, f.reached()), (Target::Due(17_143), Some(770_000), Some(0), false), "nobody Grace’s target is for");
    assert_eq!((f.month.expected, f.month.pace), (Some(178_571), Some(210_000 - 178_571)), "to the same day, and Ann’s are in no pace");
    assert!(f.month.projected.unwrap() >= f.month.net.unwrap(), "{f:?}");
    sold(&backend, "5,2026-11-20,Grace,171.43\n").await;
    assert!(stands().await.reached());
    targets::add_holidays(&backend, &admin, vec![Holiday { day: day("2026-11-20"), name: "Mourning".into() }]).await.unwrap();
    assert_eq!(stands().await.target, Target::DayOff, "one reached and one who has the day off are not all reached");
});

both_engines!(days_of_leave_are_no_days_to_sell_on_for_a_rep_or_a_team, as_of "2026-11-04", |backend, admin| {
    let grace = common::a_rep_of(&backend, "Grace", "Thika").await;
    let _daniel = common::a_rep_of(&backend, "Daniel", "Nakuru").await;
    let (thika, nakuru) = (company_branch(&backend, "Thika").await, company_branch(&backend, "Nakuru").await);
    let of_branch = |branch| Caller { branch: Some(branch), ..common::a_caller(Role::Manager) };
    let mapping = Mapping::parse("source = \"till\"\n[fields]\ndate = \"day\"\ndocumentNo = \"no\"\nsalesperson = \"rep\"\namount = \"amount\"\nbranch = \"at\"\n").unwrap();
    let rows = "no,day,rep,amount,at\n1,2026-11-02,Grace,1000,Thika\n2,2026-11-03,Daniel,600,Nakuru\n3,2026-11-02,Grace,200,Nakuru\n";
    let input = Input::bytes("s.csv", rows.as_bytes().to_vec());
    import::run(&backend, Kind::Sales, input, Some(mapping), Options::default()).await.unwrap();
    let projected = async |caller: &Caller| {
        let facts = targets::facts(&backend, caller).await.unwrap();
        let f = figures(&facts, day("2026-11-04"));
        assert_eq!(figures(&domain::targets::Facts::of_numbers(&facts.numbers()).unwrap(), day("2026-11-04")), f, "a device works it out alike");
        f.month.projected
    };
    // two of the month's 21 working days are over and in
    assert_eq!((projected(&grace).await, projected(&admin).await), (Some(1_260_000), Some(1_890_000)));
    let away = LeaveDraft { rep_id: grace.rep.unwrap(), from: day("2026-11-05"), to: day("2026-11-30") };
    targets::take_leave(&backend, &admin, away).await.unwrap();
    assert_eq!(projected(&grace).await, Some(180_000), "three days of hers");
    assert_eq!(projected(&admin).await, Some(180_000 + 630_000), "Daniel has all 21");
    assert_eq!(projected(&of_branch(thika)).await, Some(150_000), "what she sold at Nakuru is not Thika’s");
    assert_eq!(projected(&of_branch(nakuru)).await, Some(840_000), "and there she is no rep who is away");
});

both_engines!(the_calendar_is_set_by_those_who_may_and_moves_the_target, as_of "2026-11-20", |backend, admin| {
    let grace = common::a_rep_of(&backend, "Grace", "Thika").await;
    let daniel = common::a_rep_of(&backend, "Daniel", "Nakuru").await;
    let manager = Caller { branch: Some(company_branch(&backend, "Thika").await), ..common::a_caller(Role::Manager) };
    targets::set_budgets(&backend, &admin, vec![budget(&grace, "2026-11-01", 70_000)]).await.unwrap();
    let first = book(&backend, &grace, None).await;
    let target = async || today::overview(&backend, &grace).await.unwrap().figures.unwrap().target;
    assert_eq!(target().await, Target::Due(10_000), "seven working days are left");

    let closed = vec![Holiday { day: day("2026-11-23"), name: "Mourning".into() }, Holiday { day: day("2026-11-24"), name: "Mourning".into() }];
    assert!(matches!(targets::add_holidays(&backend, &manager, closed.clone()).await, Err(Error::Forbidden)));
    assert!(matches!(targets::set_week(&backend, &manager, [100; 7]).await, Err(Error::Forbidden)));
    targets::add_holidays(&backend, &admin, closed).await.unwrap();
    assert_eq!(target().await, Target::Due(14_000));
    targets::remove_holiday(&backend, &admin, day("2026-11-24")).await.unwrap();
    targets::set_week(&backend, &admin, [100, 100, 100, 100, 100, 100, 0]).await.unwrap();
    assert_eq!(target().await, Target::Due(8_750), "eight days");
    assert!(matches!(targets::set_week(&backend, &admin, [0; 7]).await, Err(Error::Rejected(_))));

    let ask = |rep: &Caller, from: &str, to: &str| LeaveDraft { rep_id: rep.rep.unwrap(), from: day(from), to: day(to) };
    assert!(matches!(targets::take_leave(&backend, &grace, ask(&grace, "2026-11-25", "2026-11-30")).await, Err(Error::Forbidden)));
    assert!(matches!(targets::take_leave(&backend, &manager, ask(&daniel, "2026-11-25", "2026-11-30")).await, Err(Error::Rejected(_))));
    let away = targets::take_leave(&backend, &manager, ask(&grace, "2026-11-25", "2026-11-30")).await.unwrap();
    assert_eq!(target().await, Target::Due(23_333), "today, tomorrow and Tuesday are left");
    assert!(matches!(targets::take_leave(&backend, &manager, ask(&grace, "2026-11-30", "2026-12-02")).await, Err(Error::Rejected(_))));
    let changed = targets::change_leave(&backend, &manager, away.id, ask(&grace, "2026-11-20", "2026-11-20")).await.unwrap();
    assert_eq!((changed.id, target().await), (away.id, Target::OnLeave));
    let nakuru = Caller { branch: Some(company_branch(&backend, "Nakuru").await), ..common::a_caller(Role::Manager) };
    assert!(matches!(targets::cancel_leave(&backend, &nakuru, away.id).await, Err(Error::NotFound)));
    let (from, to) = (day("2026-01-01"), day("2026-12-31"));
    assert!(targets::absences(&backend, &nakuru, from, to).await.unwrap().is_empty());
    assert_eq!(targets::absences(&backend, &grace, from, to).await.unwrap(), [changed]);

    let news = book(&backend, &grace, Some(&first.cursor)).await;
    let mut own = Book::open([encode_page(&first).as_slice()]).unwrap().unwrap();
    own.absorb(&encode_page(&news)).unwrap();
    assert_eq!(own.today(day("2026-11-20")).figures.unwrap().target, Target::OnLeave, "the phone hears of it");
    targets::cancel_leave(&backend, &manager, away.id).await.unwrap();
    assert_eq!(target().await, Target::Due(8_750));
    let told = backend::journal::of_record(&backend, &admin, uuid::Uuid::nil(), 20).await.unwrap();
    let kinds: Vec<&str> = told.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(kinds, ["targets.leave", "targets.leave", "targets.leave", "targets.workdays", "targets.workdays", "targets.workdays", "targets.budgets"]);
});

both_engines!(a_calendar_is_set_whole_and_leave_outside_the_scope_stays, as_of "2026-11-20", |backend, admin| {
    let grace = common::a_rep_of(&backend, "Grace", "Thika").await;
    let daniel = common::a_rep_of(&backend, "Daniel", "Nakuru").await;
    let ask = |rep: &Caller, from: &str, to: &str| LeaveDraft { rep_id: rep.rep.unwrap(), from: day(from), to: day(to) };
    let kept = targets::take_leave(&backend, &admin, ask(&grace, "2026-11-02", "2026-11-03")).await.unwrap();
    let others = targets::take_leave(&backend, &admin, ask(&daniel, "2026-11-02", "2026-11-03")).await.unwrap();
    let manager = Caller { branch: Some(company_branch(&backend, "Thika").await), ..common::a_caller(Role::Manager) };
    let leave = Some(vec![ask(&grace, "2026-11-02", "2026-11-03"), ask(&grace, "2026-12-01", "2026-12-04")]);
    targets::set_calendar(&backend, &manager, Calendar { leave: leave.clone(), ..Calendar::default() }).await.unwrap();
    let all = targets::absences(&backend, &admin, day("2026-01-01"), day("2026-12-31")).await.unwrap();
    assert!(all.len() == 3 && all.contains(&kept) && all.contains(&others), "{all:?}");
    let week = Calendar { weights: Some([100; 7]), holidays: Some(Vec::new()), leave };
    assert!(matches!(targets::set_calendar(&backend, &manager, week.clone()).await, Err(Error::Forbidden)));
    targets::set_calendar(&backend, &admin, week).await.unwrap();
    assert_eq!(backend.company().await.unwrap().workdays.weights, [100; 7]);
    assert_eq!(targets::absences(&backend, &admin, day("2026-01-01"), day("2026-12-31")).await.unwrap().len(), 2, "the administrator sees Daniel’s, and left it out");
    let twice = Calendar { leave: Some(vec![ask(&grace, "2026-12-01", "2026-12-04"); 2]), weights: Some([50; 7]), ..Calendar::default() };
    let Err(Error::Rejected(bad)) = targets::set_calendar(&backend, &admin, twice).await else { panic!("two on the same days") };
    assert_eq!(bad.0[0].field, "leave[1].from");
    assert_eq!(backend.company().await.unwrap().workdays.weights, [100; 7], "all or nothing");
});

both_engines!(last_years_budgets_are_copied_once_their_totals_were_seen, as_of "2026-11-20", |backend, admin| {
    let grace = common::a_rep_of(&backend, "Grace", "Thika").await;
    let daniel = common::a_rep_of(&backend, "Daniel", "Nakuru").await;
    let settings = company::settings(&backend).await.unwrap();
    company::configure(&backend, company::Settings { fiscal_start_month: 7, ..settings }).await.unwrap();
    let set = vec![
        budget(&grace, "2025-06-01", 1), budget(&grace, "2025-07-01", 105), budget(&grace, "2026-06-01", 1_000),
        budget(&daniel, "2025-08-01", 2_000), budget(&grace, "2026-07-01", 7), budget(&grace, "2026-12-01", 8),
    ];
    targets::set_budgets(&backend, &admin, set).await.unwrap();
    let manager = Caller { branch: Some(company_branch(&backend, "Thika").await), ..common::a_caller(Role::Manager) };
    let told = targets::preview_copies(&backend, &manager, 2025, 1_000).await.unwrap();
    assert_eq!((told.budgets, told.replaced, told.from_total, told.to_total), (2, 1, 1_105, 1_216));
    assert!(matches!(targets::copy_budgets(&backend, &grace, 2025, 1_000).await, Err(Error::Forbidden)));
    assert_eq!(targets::copy_budgets(&backend, &manager, 2025, 1_000).await.unwrap(), told);
    let of_year = targets::budgets(&backend, &admin, day("2026-07-01"), day("2027-06-01")).await.unwrap();
    let rows: Vec<(bool, String, i64)> = of_year.iter().map(|b| (Some(b.rep) == grace.rep, b.month.to_string(), b.minor.unwrap())).collect();
    assert_eq!(rows, [(true, "2026-07-01".into(), 116), (true, "2026-12-01".into(), 8), (true, "2027-06-01".into(), 1_100)]);
    for (year, change) in [(2020, 0), (2025, 100_001), (99_999, 0)] {
        assert!(matches!(targets::copy_budgets(&backend, &admin, year, change).await, Err(Error::Rejected(_))), "{year} {change}");
    }
});

async fn company_branch(backend: &Backend, name: &str) -> domain::ids::BranchId {
    backend.company().await.unwrap().branches.iter().find(|b| b.name == name).unwrap().id
}

both_engines!(the_book_has_the_same_figures_and_hears_of_changes_only, as_of "2026-11-20", |backend, admin| {
    let grace = common::a_rep(&backend, "Grace").await;
    sold(&backend, "1,2026-11-02,Grace,900\n2,2025-11-03,Grace,500\n").await;
    targets::set_budgets(&backend, &admin, vec![budget(&grace, "2026-11-01", 210_000)]).await.unwrap();
    let first = book(&backend, &grace, None).await;
    let mut own = Book::open([encode_page(&first).as_slice()]).unwrap().unwrap();
    let same = |own: &Book, server: domain::today::Today| assert_eq!(own.today(day("2026-11-20")).figures, server.figures);
    same(&own, today::overview(&backend, &grace).await.unwrap());

    let quiet = book(&backend, &grace, Some(&first.cursor)).await;
    assert!(quiet.facts.is_none());
    let settings = company::settings(&backend).await.unwrap();
    let workdays = Workdays { weights: [100, 100, 100, 100, 100, 50, 0], ..Workdays::default() };
    company::configure(&backend, company::Settings { workdays, ..settings }).await.unwrap();
    sold(&backend, "3,2026-11-19,Grace,100\n").await;
    let news = book(&backend, &grace, Some(&quiet.cursor)).await;
    assert!(news.facts.is_some() && !news.fresh);
    own.absorb(&encode_page(&news)).unwrap();
    same(&own, today::overview(&backend, &grace).await.unwrap());
    assert_eq!(own.today(day("2026-11-20")).figures.unwrap().month.net, Some(100_000));
    let again = Book::open([own.repack().as_slice()]).unwrap().unwrap();
    assert_eq!(again.facts(), own.facts());
    assert!(Instant(0) < own.facts().unwrap().refreshed_at.unwrap());
});

both_engines!(budgets_are_set_by_those_who_may_whole_or_not_at_all, |backend, admin| {
    let grace = common::a_rep(&backend, "Grace").await;
    let good = budget(&grace, "2026-11-01", 100);
    assert!(matches!(targets::set_budgets(&backend, &grace, vec![good]).await, Err(Error::Forbidden)));
    let bad = [
        ("month", Budget { month: day("2026-11-02"), ..good }),
        ("month", Budget { month: day("1900-12-01"), ..good }),
        ("amount", Budget { minor: Some(-1), month: day("2026-12-01"), ..good }),
        ("repId", Budget { rep: common::build::id().into(), ..good }),
        ("month", Budget { minor: Some(200), ..good }),
    ];
    for (field, bad) in bad {
        let Error::Rejected(refused) = targets::set_budgets(&backend, &admin, vec![good, bad]).await.unwrap_err() else {
            panic!("{bad:?}")
        };
        assert_eq!(refused.0[0].field, format!("budgets[1].{field}"), "{refused}");
    }
    let (from, to) = (day("2026-01-01"), day("2026-12-31"));
    assert!(targets::budgets(&backend, &admin, from, to).await.unwrap().is_empty());
    targets::set_budgets(&backend, &admin, vec![good, Budget { month: day("2026-12-01"), ..good }]).await.unwrap();
    targets::set_budgets(&backend, &admin, vec![Budget { minor: None, ..good }]).await.unwrap();
    assert_eq!(targets::budgets(&backend, &admin, from, to).await.unwrap(), [Budget { month: day("2026-12-01"), ..good }]);
});
