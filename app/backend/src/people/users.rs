//! Adding, listing and deactivating users.

use super::password::hash;
use super::sql;
use crate::db::Tx;
use crate::{Backend, Error, company};
use domain::Rejections;
use domain::ids::{BranchId, RepId, UserId};
use domain::people::{Caller, Rep, Role};
use domain::text::{self, NAME_MAX};

/// A user to be added.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// Address to sign in with.
    pub email: String,
    /// For people.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The rep they are; a name that no rep has adds one.
    pub rep: Option<String>,
    /// The branch they belong to; without one that of their rep.
    pub branch: Option<BranchId>,
    /// Password; without one they need a link to set it.
    pub password: Option<String>,
}

/// A user, as an administrator sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Identity, role and place.
    pub caller: Caller,
    /// Whether they may not sign in any more.
    pub disabled: bool,
    /// Whether they have set a password.
    pub has_password: bool,
}

/// What addresses are compared by.
pub(super) fn key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Adds a user.
///
/// # Errors
/// `Rejected`: a wrong or taken address, a short password, a sales rep without a rep, an administrator of a branch.
pub async fn add_user(backend: &Backend, new: NewUser) -> Result<Caller, Error> {
    let mut bad = Rejections::default();
    let email = text::email("email", &new.email, &mut bad).unwrap_or_default();
    if new.email.trim().is_empty() {
        bad.add("email", "required", "Enter an email address.");
    }
    let name = text::required("name", "Name", &new.name, NAME_MAX, &mut bad);
    if new.role == Role::SalesRep && new.rep.as_ref().is_none_or(|r| r.trim().is_empty()) {
        bad.add("rep", "required", "Name the rep this user is.");
    }
    if new.role == Role::Admin && new.branch.is_some() {
        bad.add("branch", "not_allowed", "An administrator sees the whole company: leave the branch out, or add a manager.");
    }
    bad.or(())?;
    let hash = match &new.password {
        Some(password) => Some(hash(backend, password).await?),
        None => None,
    };
    let caller = Caller { user: UserId(crate::new_id()), name, email, role: new.role, rep: None, branch: new.branch };
    let asked = (caller, new.rep, hash);
    backend.write(Vec::new(), asked, |tx, (caller, rep, hash)| Box::pin(add(tx, caller.clone(), rep.as_deref(), hash.as_deref()))).await
}

async fn add(tx: &mut Tx, mut caller: Caller, rep: Option<&str>, hash: Option<&str>) -> Result<Caller, Error> {
    let email_key = key(&caller.email);
    if sql::user_by_email(tx.read(), &email_key).await?.is_some() {
        return Err(Error::rejected("email", "exists", format!("{} is a user already.", caller.email)));
    }
    if let Some(name) = rep {
        let rep = rep_named(tx, name, caller.branch).await?;
        caller.rep = Some(rep.id);
        caller.branch = caller.branch.or(rep.branch);
    }
    let now = tx.machine();
    sql::insert_user(tx.write(), &caller, &email_key, hash, now).await?;
    Ok(caller)
}

async fn rep_named(tx: &mut Tx, name: &str, branch: Option<BranchId>) -> Result<Rep, Error> {
    let wanted = domain::fold::fold(name);
    if let Some(rep) = tx.company()?.reps.iter().find(|r| domain::fold::fold(&r.name) == wanted) {
        return Ok(rep.clone());
    }
    let rep = Rep { id: RepId(crate::new_id()), name: name.trim().into(), branch };
    company::add_rep_in(tx, &rep).await?;
    Ok(rep)
}

/// The branch of a name, letters compared as people do.
///
/// # Errors
/// `Rejected` when there is none, with the names there are.
pub async fn branch_named(backend: &Backend, name: &str) -> Result<BranchId, Error> {
    let company = backend.company().await?;
    let wanted = domain::fold::fold(name);
    let found = company.branches.iter().find(|branch| domain::fold::fold(&branch.name) == wanted);
    found.map(|branch| branch.id).ok_or_else(|| {
        let names: Vec<&str> = company.branches.iter().map(|branch| branch.name.as_str()).collect();
        let known = match names[..] {
            [] => "None is known yet: branches come with the sales and clients that name them.".to_owned(),
            _ => format!("Known are {}.", names.join(", ")),
        };
        Error::rejected("branch", "unknown", format!("There is no branch “{}”. {known}", name.trim()))
    })
}

/// Deactivates a user: nobody signs in as them any more, and their sessions and tokens end at once.
///
/// # Errors
/// `NotFound` when nobody has this address.
pub async fn disable_user(backend: &Backend, email: &str) -> Result<(), Error> {
    backend.write(Vec::new(), key(email), |tx, key| Box::pin(disable_in(tx, key))).await
}

async fn disable_in(tx: &mut Tx, key: &str) -> Result<(), Error> {
    let user = sql::user_by_email(tx.read(), key).await?.ok_or(Error::NotFound)?.caller()?;
    let now = tx.machine();
    sql::disable_user(tx.write(), user.user, now).await?;
    sql::end_sessions_of(tx.write(), user.user, now).await
}

/// Changes what a user may do and see; their Book starts anew with the next pull.
///
/// # Errors
/// `NotFound` when nobody has this address.
pub async fn place_user(backend: &Backend, email: &str, role: Role, rep: Option<RepId>, branch: Option<BranchId>) -> Result<Caller, Error> {
    let asked = (key(email), role, rep, branch);
    backend.write(Vec::new(), asked, |tx, (key, role, rep, branch)| Box::pin(place_in(tx, key, (*role, *rep, *branch)))).await
}

async fn place_in(tx: &mut Tx, key: &str, (role, rep, branch): (Role, Option<RepId>, Option<BranchId>)) -> Result<Caller, Error> {
    let user = sql::user_by_email(tx.read(), key).await?.ok_or(Error::NotFound)?.caller()?;
    let placed = Caller { role, rep, branch, ..user };
    let now = tx.machine();
    sql::set_place(tx.write(), &placed, now).await?;
    Ok(placed)
}

/// All users, by address.
///
/// # Errors
/// When the database fails.
pub async fn list_users(backend: &Backend) -> Result<Vec<User>, Error> {
    let rows = sql::users(&mut backend.read().await?).await?;
    let told = |row: &sql::UserRow| {
        Ok(User { caller: row.caller()?, disabled: row.disabled_at.is_some(), has_password: row.password_hash.is_some() })
    };
    rows.iter().map(told).collect()
}

/// Whether anybody can sign in at all.
///
/// # Errors
/// When the database fails.
pub async fn has_users(backend: &Backend) -> Result<bool, Error> {
    Ok(sql::count_users(&mut backend.read().await?).await? > 0)
}
