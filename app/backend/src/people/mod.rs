//! Users: who signs in, how, from where, and until when. Of tokens only the SHA-256 is stored; passwords are hashed off the async threads.

mod password;
mod session;
pub(crate) mod sql;
mod token;
mod users;

use domain::ids::UserId;
use domain::people::{Caller, Role};

pub use password::{LINK_HOURS, PASSWORD_MIN, reset_link, set_password};
pub use session::{SESSION_DAYS, Session, SessionCheck, SignedIn, session, session_by_id, sign_in, sign_out};
pub use token::{REFRESH_DAYS, Tokens, issue_tokens, refresh, signing_key};
pub use users::{NewUser, User, add_user, branch_named, disable_user, has_users, list_users, place_user};

/// Whoever sits at the machine itself: the command line asks nobody to sign in.
#[must_use]
pub fn console() -> Caller {
    Caller {
        user: UserId(uuid::Uuid::nil()),
        name: "Command line".into(),
        email: String::new(),
        role: Role::Admin,
        rep: None,
        branch: None,
    }
}
