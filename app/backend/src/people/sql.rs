//! Statements of users, sessions and tokens.

use crate::Error;
use crate::db::Conn;
use domain::Instant;
use domain::ids::{BranchId, RepId, UserId};
use domain::people::{Caller, Role};
use uuid::Uuid;

row! {
    /// A user with the branch of the rep they are.
    UserRow as "u" {
        id: Uuid,
        email: String,
        name: String,
        role: String,
        rep_id: Option<Uuid>,
        branch_id: Option<Uuid>,
        password_hash: Option<String>,
        disabled_at: Option<i64>,
    }
}

row! {
    /// A session.
    SessionRow as "s" { id: Uuid, expires_at: i64, ended_at: Option<i64> }
}

row! {
    /// The versions a request is answered at.
    ClockRow as "k" { version: i64, settings: i64 }
}

impl UserRow {
    pub(crate) fn caller(&self) -> Result<Caller, Error> {
        Ok(Caller {
            user: UserId(self.id),
            name: self.name.clone(),
            email: self.email.clone(),
            role: Role::parse(&self.role).ok_or_else(|| Error::internal("a user has a role nobody knows"))?,
            rep: self.rep_id.map(RepId),
            branch: self.branch_id.map(BranchId),
        })
    }
}

/// All that a request must know about a session.
pub(crate) type Checked = crate::db::Beside<crate::db::Beside<SessionRow, UserRow>, ClockRow>;

const CHECK: &str = sql!(
    "select ",
    SessionRow::COLUMNS,
    ", ",
    UserRow::COLUMNS,
    ", ",
    ClockRow::COLUMNS,
    " from sessions s join users u on u.id = s.user_id join clock k on k.id = 1 where "
);

pub(crate) async fn session_by_token(conn: &mut Conn, token_hash: &str) -> Result<Option<Checked>, Error> {
    fetch_optional!(conn, sql!(CHECK, "s.token_hash = $1"), token_hash)
}

pub(crate) async fn session_by_id(conn: &mut Conn, id: Uuid) -> Result<Option<Checked>, Error> {
    fetch_optional!(conn, sql!(CHECK, "s.id = $1"), id)
}

pub(crate) async fn insert_session(
    conn: &mut Conn,
    (id, user): (Uuid, UserId),
    token_hash: Option<&str>,
    label: Option<&str>,
    (created, expires): (Instant, Instant),
) -> Result<(), Error> {
    execute!(
        conn,
        "insert into sessions (id, user_id, token_hash, label, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)",
        id,
        user.0,
        token_hash,
        label,
        created.0,
        expires.0,
    )
    .map(drop)
}

pub(crate) async fn prolong_session(conn: &mut Conn, id: Uuid, until: Instant) -> Result<(), Error> {
    execute!(conn, "update sessions set expires_at = $2 where id = $1 and ended_at is null", id, until.0).map(drop)
}

pub(crate) async fn end_session(conn: &mut Conn, id: Uuid, at: Instant) -> Result<(), Error> {
    execute!(conn, "update sessions set ended_at = $2 where id = $1 and ended_at is null", id, at.0).map(drop)
}

pub(crate) async fn end_sessions_of(conn: &mut Conn, user: UserId, at: Instant) -> Result<(), Error> {
    execute!(conn, "update sessions set ended_at = $2 where user_id = $1 and ended_at is null", user.0, at.0).map(drop)
}

pub(crate) async fn user_by_email(conn: &mut Conn, email_key: &str) -> Result<Option<UserRow>, Error> {
    fetch_optional!(conn, sql!("select ", UserRow::COLUMNS, " from users u where u.email_key = $1"), email_key)
}

pub(crate) async fn users(conn: &mut Conn) -> Result<Vec<UserRow>, Error> {
    fetch_all!(conn, sql!("select ", UserRow::COLUMNS, " from users u order by u.email_key"))
}

pub(crate) async fn count_users(conn: &mut Conn) -> Result<i64, Error> {
    let row: (i64,) = fetch_one!(conn, "select count(*) from users")?;
    Ok(row.0)
}

pub(crate) async fn insert_user(conn: &mut Conn, caller: &Caller, email_key: &str, hash: Option<&str>, at: Instant) -> Result<(), Error> {
    execute!(
        conn,
        "insert into users (id, email, email_key, name, role, rep_id, branch_id, password_hash, scope_epoch, created_at, changed_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $9)",
        caller.user.0,
        &caller.email,
        email_key,
        &caller.name,
        caller.role.code(),
        caller.rep.map(|r| r.0),
        caller.branch.map(|b| b.0),
        hash,
        at.0,
    )
    .map(drop)
}

pub(crate) async fn disable_user(conn: &mut Conn, id: UserId, at: Instant) -> Result<(), Error> {
    execute!(conn, "update users set disabled_at = $2, changed_at = $2 where id = $1 and disabled_at is null", id.0, at.0).map(drop)
}

pub(crate) async fn set_password(conn: &mut Conn, id: UserId, hash: &str, at: Instant) -> Result<(), Error> {
    execute!(conn, "update users set password_hash = $2, changed_at = $3 where id = $1", id.0, hash, at.0).map(drop)
}

/// Role, rep or branch change: the next pull starts the Book anew.
pub(crate) async fn set_place(conn: &mut Conn, caller: &Caller, at: Instant) -> Result<(), Error> {
    execute!(
        conn,
        "update users set role = $2, rep_id = $3, branch_id = $4, scope_epoch = scope_epoch + 1, changed_at = $5 where id = $1",
        caller.user.0,
        caller.role.code(),
        caller.rep.map(|r| r.0),
        caller.branch.map(|b| b.0),
        at.0,
    )
    .map(drop)
}

pub(crate) async fn insert_link(conn: &mut Conn, hash: &str, user: UserId, (made, expires): (Instant, Instant)) -> Result<(), Error> {
    execute!(
        conn,
        "insert into password_links (token_hash, user_id, created_at, expires_at) values ($1, $2, $3, $4)",
        hash,
        user.0,
        made.0,
        expires.0,
    )
    .map(drop)
}

/// Uses a link up; whose it was, when it was still good.
pub(crate) async fn use_link(conn: &mut Conn, hash: &str, at: Instant) -> Result<Option<UserId>, Error> {
    let row: Option<(Uuid,)> = fetch_optional!(
        conn,
        "update password_links set used_at = $2 where token_hash = $1 and used_at is null and expires_at > $2 returning user_id",
        hash,
        at.0,
    )?;
    Ok(row.map(|r| UserId(r.0)))
}

pub(crate) async fn insert_refresh(conn: &mut Conn, hash: &str, session: Uuid, (made, expires): (Instant, Instant)) -> Result<(), Error> {
    execute!(
        conn,
        "insert into refresh_tokens (token_hash, session_id, created_at, expires_at) values ($1, $2, $3, $4)",
        hash,
        session,
        made.0,
        expires.0,
    )
    .map(drop)
}

/// Session, end and first use of a refresh token.
pub(crate) async fn refresh_token(conn: &mut Conn, hash: &str) -> Result<Option<(Uuid, i64, Option<i64>)>, Error> {
    fetch_optional!(conn, "select t.session_id, t.expires_at, t.used_at from refresh_tokens t where t.token_hash = $1", hash)
}

pub(crate) async fn use_refresh(conn: &mut Conn, hash: &str, at: Instant) -> Result<(), Error> {
    execute!(conn, "update refresh_tokens set used_at = $2 where token_hash = $1", hash, at.0).map(drop)
}
