//! `fieldlight user`: people who sign in, until there is a screen for it.

use std::io::Read;

use backend::people::{self, NewUser};
use domain::company::Company;
use domain::people::{Caller, Role, Scope};

use super::{Failed, open};
use crate::{config::Config, say::say};

/// What to do with whom.
#[derive(Debug, clap::Subcommand)]
pub enum User {
    /// Add somebody; without a password they get a link to choose one.
    Add {
        /// The address they sign in with.
        email: String,
        /// admin, manager, rep or viewer.
        #[arg(long, value_parser = role)]
        role: Role,
        /// The rep they are; added when there is none of that name.
        #[arg(long)]
        rep: Option<String>,
        /// The branch they belong to: a manager or a viewer sees that one alone; without it the branch of their rep, or else the whole company.
        #[arg(long)]
        branch: Option<String>,
        /// Read the password from the standard input.
        #[arg(long)]
        password_stdin: bool,
    },
    /// End somebody's sessions and let them sign in no more.
    Disable {
        /// The address they sign in with.
        email: String,
    },
    /// Print a link with which somebody chooses a new password, once.
    ResetLink {
        /// The address they sign in with.
        email: String,
    },
}

impl User {
    /// Does it.
    pub async fn run(self, config: &Config) -> Result<(), Failed> {
        let backend = open::company(config).await?;
        match self {
            Self::Add { email, role, rep, branch, password_stdin } => {
                let branch = match branch {
                    Some(name) => Some(people::branch_named(&backend, &name).await?),
                    None => None,
                };
                let password = if password_stdin { Some(read_password()?) } else { None };
                let needs_link = password.is_none();
                let name = rep.clone().unwrap_or_else(|| name_in(&email));
                let added = people::add_user(&backend, NewUser { email: email.clone(), name, role, rep, branch, password }).await?;
                say!("{email} may sign in as {}{}.", role.name().to_lowercase(), sees(&*backend.company().await?, &added));
                if needs_link {
                    print_link(config, &people::reset_link(&backend, &email).await?);
                }
            }
            Self::Disable { email } => {
                people::disable_user(&backend, &email).await?;
                say!("{email} is signed out everywhere and cannot sign in again.");
            }
            Self::ResetLink { email } => print_link(config, &people::reset_link(&backend, &email).await?),
        }
        backend.close().await;
        Ok(())
    }
}

/// What somebody sees, where that depends on their branch.
fn sees(company: &Company, caller: &Caller) -> String {
    match caller.scope() {
        Scope::Branch(id) => {
            let name = company.branches.iter().find(|branch| branch.id == id).map_or("their own", |branch| &branch.name);
            format!(" and sees the branch {name}")
        }
        Scope::All if caller.role != Role::Admin => " and sees the whole company; --branch NAME narrows them to one".to_owned(),
        _ => String::new(),
    }
}

fn print_link(config: &Config, token: &str) {
    say!("Choose a password here, once: {}", set_password_url(config, token));
}

/// Where a one-time token is used.
pub fn set_password_url(config: &Config, token: &str) -> String {
    format!("{}/set-password/{token}", config.origin())
}

/// What stands before the `@`, until somebody enters a name.
fn name_in(email: &str) -> String {
    email.split('@').next().unwrap_or(email).to_owned()
}

fn role(text: &str) -> Result<Role, String> {
    Role::parse(text).ok_or_else(|| "write admin, manager, rep or viewer".into())
}

fn read_password() -> Result<String, Failed> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
