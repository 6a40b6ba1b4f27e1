//! Adding and closing accounts, which has no address of its own yet.

use backend::{
    Backend,
    people::{self, NewUser},
};
use domain::people::Role;

pub async fn add(backend: &Backend, email: &str, role: Role, rep: Option<&str>) {
    let name = email.split('@').next().unwrap().to_owned();
    let new = NewUser {
        email: email.into(),
        name,
        role,
        rep: rep.map(str::to_owned),
        branch: None,
        password: Some(crate::house::PASSWORD.into()),
    };
    people::add_user(backend, new).await.unwrap();
}

pub async fn disable(backend: &Backend, email: &str) {
    people::disable_user(backend, email).await.unwrap();
}
