//! A company of its own for one test, its API answering in this process, and people who ask it.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header, response::Parts},
};
use backend::{Backend, Database};
use domain::people::Role;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use server::{assets::Site, config::Config, office::Office, router};
use tower::ServiceExt;

use crate::{postgres, site};

pub const PASSWORD: &str = "a long enough password";

/// What lets an outsider read the metrics.
pub const METRICS_TOKEN: &str = "a-token-for-metrics";

/// Most bytes of a file that is handed over here.
pub const FILE_MAX: u64 = 1 << 20;

/// A company.
pub struct House {
    pub backend: Backend,
    office: Arc<Office>,
    router: Router,
    folder: PathBuf,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub json: Value,
}

/// Somebody with an access token, or nobody.
#[derive(Clone, Debug, Default)]
pub struct Person {
    pub email: String,
    pub token: String,
    pub user: String,
    pub rep: String,
}

/// A request being put together.
pub struct Ask<'a> {
    house: &'a House,
    request: axum::http::request::Builder,
    body: Body,
}

impl House {
    pub async fn sqlite() -> Option<Self> {
        let folder = folder();
        Some(Self::open(Database::Sqlite { path: folder.join("fieldlight.db") }, folder).await)
    }

    pub async fn postgres() -> Option<Self> {
        let folder = folder();
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        Some(Self::open(Database::Postgres { url: postgres::create(&name).await? }, folder).await)
    }

    /// Another connection to the same company, as of a second server or the command line.
    pub async fn beside(&self) -> Backend {
        Backend::open(backend::Config { exclusive: false, ..self.backend.config().clone() }).await.unwrap()
    }

    /// Ends what stays open by itself, as a server does that stops.
    pub fn stop(&self) {
        self.office.streams().stop();
    }

    /// Answers on a port of this machine until the test ends; its address.
    pub async fn listen(&self) -> std::net::SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let served = self.router.clone().into_make_service_with_connect_info::<std::net::SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, served).await });
        address
    }

    /// Streams that are open.
    pub fn streams(&self) -> usize {
        self.office.streams().count()
    }

    async fn open(database: Database, folder: PathBuf) -> Self {
        std::fs::create_dir_all(&folder).unwrap();
        let settings =
            backend::Config { migrate: true, folder: Some(folder.clone()), file_max: FILE_MAX, ..backend::Config::new(database) };
        let backend = Backend::open(settings).await.unwrap();
        let config = Config::read(&|name| (name == "FIELDLIGHT_METRICS_TOKEN").then(|| METRICS_TOKEN.to_owned())).unwrap();
        let office = Arc::new(Office::open(backend.clone(), &config).await.unwrap());
        std::fs::write(folder.join("assets.json"), site::EMPTY).unwrap();
        let site = Arc::new(Site::load(&folder).unwrap());
        let router = router::router(&office, &site);
        Self { backend, office, router, folder }
    }

    /// Adds somebody and signs them in.
    pub async fn person(&self, role: Role, name: &str) -> Person {
        let email = format!("{}@example.com", name.to_lowercase());
        let rep = (role == Role::SalesRep).then_some(name);
        crate::people::add(&self.backend, &email, role, rep).await;
        self.sign_in(&email).await
    }

    pub async fn rep(&self, name: &str) -> Person {
        self.person(Role::SalesRep, name).await
    }

    /// Signs somebody in again.
    pub async fn sign_in(&self, email: &str) -> Person {
        let answer = self.post("/auth/token", &json!({"email": email, "password": PASSWORD})).by(&Person::default()).await.is(200);
        let token = answer.json["data"]["accessToken"].as_str().unwrap().to_owned();
        let caller =
            self.get("/auth/session").by(&Person { token: token.clone(), ..Person::default() }).await.is(200).json["data"]["caller"]
                .clone();
        let text = |field: &str| caller[field].as_str().unwrap_or_default().to_owned();
        Person { email: email.into(), token, user: text("user"), rep: text("rep") }
    }

    /// A request under `/api/v1`.
    pub fn ask(&self, method: &str, path: &str) -> Ask<'_> {
        Ask { house: self, request: Request::builder().method(method).uri(format!("/api/v1{path}")), body: Body::empty() }
    }

    /// A request of any address.
    pub fn ask_at(&self, method: &str, path: &str) -> Ask<'_> {
        Ask { house: self, request: Request::builder().method(method).uri(path), body: Body::empty() }
    }

    pub fn get(&self, path: &str) -> Ask<'_> {
        self.ask("GET", path)
    }

    pub fn delete(&self, path: &str) -> Ask<'_> {
        self.ask("DELETE", path)
    }

    pub fn post(&self, path: &str, body: &Value) -> Ask<'_> {
        self.ask("POST", path).json(body)
    }

    pub fn patch(&self, path: &str, body: &Value) -> Ask<'_> {
        self.ask("PATCH", path).json(body)
    }

    pub fn put(&self, path: &str, body: &Value) -> Ask<'_> {
        self.ask("PUT", path).json(body)
    }

    /// A client of `owner`'s, made through the API: its id.
    pub async fn client(&self, owner: &Person, name: &str) -> String {
        self.post("/clients", &json!({"name": name})).by(owner).await.is(201).id()
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Ask<'_> {
    pub fn json(self, body: &Value) -> Self {
        Self { body: Body::from(body.to_string()), ..self.header(header::CONTENT_TYPE.as_str(), "application/json") }
    }

    pub fn body(self, body: impl Into<Body>) -> Self {
        Self { body: body.into(), ..self }
    }

    pub fn header(self, name: &str, value: &str) -> Self {
        Self { request: self.request.header(name, value), ..self }
    }

    /// Asks with a person's token; nobody's when there is none.
    pub async fn by(self, person: &Person) -> Answer {
        if person.token.is_empty() {
            return self.send().await;
        }
        let bearer = format!("Bearer {}", person.token);
        self.header("authorization", &bearer).send().await
    }

    /// The bytes of a good answer that is no envelope.
    pub async fn bytes(self, person: &Person) -> Vec<u8> {
        let bearer = format!("Bearer {}", person.token);
        let (parts, bytes) = self.header("authorization", &bearer).answered().await;
        assert_eq!(parts.status, StatusCode::OK);
        bytes
    }

    /// The answer's head, and its body as it comes.
    pub async fn streamed(self, person: &Person) -> (Parts, Body) {
        let asked = self.header("authorization", &format!("Bearer {}", person.token));
        let request = asked.request.body(asked.body).unwrap();
        asked.house.router.clone().oneshot(request).await.unwrap().into_parts()
    }

    /// Asks from an address.
    pub fn from(self, peer: &str) -> Self {
        let peer: std::net::SocketAddr = peer.parse().unwrap();
        Self { request: self.request.extension(axum::extract::ConnectInfo(peer)), ..self }
    }

    async fn answered(self) -> (Parts, Vec<u8>) {
        let request = self.request.body(self.body).unwrap();
        let (parts, body) = self.house.router.clone().oneshot(request).await.unwrap().into_parts();
        (parts, body.collect().await.unwrap().to_bytes().to_vec())
    }

    pub async fn send(self) -> Answer {
        let (parts, bytes) = self.answered().await;
        let json = serde_json::from_slice(&bytes).unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).into_owned()));
        Answer { status: parts.status, headers: parts.headers, json }
    }
}

impl Answer {
    /// The answer, when it has this status and a whole envelope.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{self:?}");
        let envelope: Vec<&String> = self.json.as_object().unwrap_or_else(|| panic!("no envelope: {self:?}")).keys().collect();
        assert_eq!(envelope, ["data", "error", "metadata"]);
        assert_eq!(self.json["error"].is_null(), status < 400, "{self:?}");
        assert_eq!(self.json["metadata"]["requestId"].as_str(), self.header("x-request-id"), "{self:?}");
        self
    }

    /// The answer, when it fails with this status and code.
    #[track_caller]
    pub fn fails(self, status: u16, code: &str) -> Self {
        let answer = self.is(status);
        assert_eq!(answer.json["error"]["code"], code, "{answer:?}");
        assert!(answer.json["error"]["message"].as_str().is_some_and(|words| words.ends_with(['.', '}'])), "{answer:?}");
        answer
    }

    /// The answer, when it was rejected for this field and code.
    #[track_caller]
    pub fn rejects(self, field: &str, code: &str) -> Self {
        let answer = self.fails(422, "rejected");
        let details = answer.json["error"]["details"].as_array().unwrap();
        assert!(details.iter().any(|d| d["field"] == field && d["code"] == code && d["message"].is_string()), "{field}/{code}: {answer:?}");
        answer
    }

    /// The text of a page.
    pub fn text(&self) -> &str {
        self.json.as_str().unwrap_or_default()
    }

    pub fn data(&self) -> &Value {
        &self.json["data"]
    }

    pub fn id(&self) -> String {
        self.data()["id"].as_str().unwrap().to_owned()
    }

    /// One field of every item of a list.
    pub fn each(&self, field: &str) -> Vec<String> {
        let items = self.data()["items"].as_array().unwrap_or_else(|| panic!("no list: {self:?}"));
        items.iter().map(|item| item[field].as_str().unwrap_or_default().to_owned()).collect()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

fn folder() -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    std::env::temp_dir().join(format!("fieldlight_rest_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed)))
}
