//! Users: who signs in, how, from where, and until when. Of tokens only the SHA-256 is stored; passwords are hashed off the async threads.

mod password;
mod session;
pub(crate) mod sql;
mod token;
mod users;

pub use password::{LINK_HOURS, PASSWORD_MIN, reset_link, set_password};
pub use session::{SESSION_DAYS, Session, SessionCheck, SignedIn, session, session_by_id, sign_in, sign_out};
pub use token::{REFRESH_DAYS, Tokens, issue_tokens, refresh, signing_key};
pub use users::{NewUser, User, add_user, disable_user, has_users, list_users, place_user};
