//! What every test of the backend starts from: a company of its own on either engine, people, and builders.

pub mod build;
mod engine;

pub use engine::{elsewhere, execute, leave, rows, run};

use backend::{Backend, Config, Database, company, people};
use domain::Day;
use domain::ids::UserId;
use domain::people::{Caller, Role};

/// Runs a test twice: on SQLite and on PostgreSQL, each time in a database of its own.
macro_rules! both_engines {
    ($name:ident, |$backend:ident| $body:block) => {
        both_engines!(@ $name, None, $backend, _admin, $body);
    };
    ($name:ident, |$backend:ident, $admin:ident| $body:block) => {
        both_engines!(@ $name, None, $backend, $admin, $body);
    };
    ($name:ident, as_of $day:literal, |$backend:ident, $admin:ident| $body:block) => {
        both_engines!(@ $name, domain::Day::parse($day), $backend, $admin, $body);
    };
    (@ $name:ident, $as_of:expr, $backend:ident, $admin:ident, $body:block) => {
        mod $name {
            use super::*;

            async fn test($backend: backend::Backend, $admin: domain::people::Caller) {
                $body
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                common::run(false, $as_of, test).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                common::run(true, $as_of, test).await;
            }
        }
    };
}
pub(crate) use both_engines;

/// Somebody of this role who is in no table.
pub fn a_caller(role: Role) -> Caller {
    let user = UserId(build::id());
    Caller { user, name: role.name().into(), email: format!("{}@x.example", role.code()), role, rep: None, branch: None }
}

/// Somebody of this role who can sign in once a password is set.
pub async fn a_user(backend: &Backend, role: Role, name: &str) -> Caller {
    let email = format!("{}@x.example", name.to_lowercase().replace(' ', "."));
    let rep = (role == Role::SalesRep).then(|| name.to_owned());
    people::add_user(backend, people::NewUser { email, name: name.into(), role, rep, branch: None, password: None }).await.unwrap()
}

/// A rep with a user.
pub async fn a_rep(backend: &Backend, name: &str) -> Caller {
    a_user(backend, Role::SalesRep, name).await
}

/// A rep of a branch of that name.
pub async fn a_rep_of(backend: &Backend, name: &str, branch: &str) -> Caller {
    let known = backend.company().await.unwrap().branches.iter().find(|b| b.name == branch).cloned();
    let branch = match known {
        Some(branch) => branch,
        None => company::add_branch(backend, branch).await.unwrap(),
    };
    let email = format!("{}@x.example", name.to_lowercase());
    let rep = Some(name.to_owned());
    let new = people::NewUser { email, name: name.into(), role: Role::SalesRep, rep, branch: Some(branch.id), password: None };
    people::add_user(backend, new).await.unwrap()
}

/// Opens the same database once more, as another process would.
pub async fn another(backend: &Backend) -> Backend {
    Backend::open(Config { exclusive: false, ..backend.config().clone() }).await.unwrap()
}

/// The business day.
pub async fn today(backend: &Backend) -> Day {
    let company = backend.company().await.unwrap();
    company.zone.day_of(backend.now())
}

/// Whether this is SQLite.
pub fn is_sqlite(backend: &Backend) -> bool {
    matches!(backend.config().database, Database::Sqlite { .. })
}

/// No file uses everything: here each is named once.
#[test]
fn what_tests_start_from_is_there() {
    let _ = async |b: Backend| {
        leave(elsewhere().await).await;
        let rep = a_rep_of(&b, "Joyce", "Thika").await;
        let client = build::a_client().named("A").with(|_| ()).towards(domain::clients::Stage::Client).add(&b, &rep).await;
        build::a_visit().on(today(&b).await).of_kind("sales").to(&client).add(&b, &a_rep(&b, "Otieno").await).await;
        let entries = build::offline(b.now(), []);
        execute(&b, "select 1").await;
        let _ = (build::a_plan(&client, b.now()), build::push(&b, &rep, &entries), rows(&b, "select 1").await, is_sqlite(&b));
        (a_caller(Role::Viewer), another(&b).await)
    };
}
