//! Who somebody is and what they may see and do: fixed roles now, a permission per `module.action.resource`.

use crate::ids::{BranchId, RepId, UserId};
use serde::{Deserialize, Serialize};

/// A fixed role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Role {
    /// Everything, everywhere.
    Admin,
    /// The team's data: a branch when one is set, otherwise the company.
    Manager,
    /// Own clients, prospects and visits.
    SalesRep,
    /// Reads what a manager reads, changes nothing.
    Viewer,
}

impl Role {
    /// Every role, for lists and messages.
    pub const ALL: [Self; 4] = [Self::Admin, Self::Manager, Self::SalesRep, Self::Viewer];

    /// As stored, typed on the command line and sent in JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Manager => "manager",
            Self::SalesRep => "salesRep",
            Self::Viewer => "viewer",
        }
    }

    /// For people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Admin => "Admin",
            Self::Manager => "Manager",
            Self::SalesRep => "Sales rep",
            Self::Viewer => "Viewer",
        }
    }

    /// From [`Role::code`]; `rep` and `sales-rep` are understood too.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "rep" | "sales-rep" => Some(Self::SalesRep),
            _ => Self::ALL.into_iter().find(|r| r.code().eq_ignore_ascii_case(code)),
        }
    }
}

/// What a person may do, named `module.action.resource`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// Create, edit, archive, convert clients, prospects and their contacts.
    EditClients,
    /// Plan, make and log visits.
    RecordVisits,
    /// Give clients to another rep.
    ReassignClients,
    /// Set budgets and leave.
    SetTargets,
    /// Set the company's name, clock, policy and working week.
    SetCompany,
    /// Bring data in.
    Import,
    /// Take data out.
    Export,
    /// Add and disable users.
    ManageUsers,
    /// See how the parts of the application are.
    SeeDiagnostics,
}

impl Right {
    /// The permission's name.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::EditClients => "clients.edit.client",
            Self::RecordVisits => "visits.record.visit",
            Self::ReassignClients => "clients.reassign.client",
            Self::SetTargets => "targets.set.budget",
            Self::SetCompany => "company.set.settings",
            Self::Import => "imports.run.import",
            Self::Export => "exports.run.export",
            Self::ManageUsers => "people.manage.user",
            Self::SeeDiagnostics => "system.see.diagnostics",
        }
    }
}

/// Who asks: an argument of every use case, never a global.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Caller {
    /// The signed-in user.
    pub user: UserId,
    /// For people.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// The rep they are, if they are one.
    pub rep: Option<RepId>,
    /// The branch they belong to, if any.
    pub branch: Option<BranchId>,
}

/// The rows a caller sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everything.
    All,
    /// What belongs to a branch.
    Branch(BranchId),
    /// What belongs to a rep.
    Own(RepId),
    /// Nothing: a sales rep who is no rep yet.
    Nothing,
}

impl Caller {
    /// The rows this caller sees.
    #[must_use]
    pub fn scope(&self) -> Scope {
        match (self.role, self.rep, self.branch) {
            (Role::Admin, ..) => Scope::All,
            (Role::SalesRep, Some(rep), _) => Scope::Own(rep),
            (Role::SalesRep, None, _) => Scope::Nothing,
            (Role::Manager | Role::Viewer, _, Some(branch)) => Scope::Branch(branch),
            (Role::Manager | Role::Viewer, _, None) => Scope::All,
        }
    }

    /// Whether the caller has a right.
    #[must_use]
    pub fn may(&self, right: Right) -> bool {
        match (self.role, right) {
            (Role::Admin, _) => true,
            (Role::Manager, Right::ManageUsers | Right::SetCompany) => false,
            // a file, and what it comes to, is the whole company's
            (Role::Manager, Right::Import) => self.scope() == Scope::All,
            (Role::Manager, _) => true,
            (Role::SalesRep, Right::EditClients | Right::RecordVisits) => self.rep.is_some(),
            (Role::SalesRep | Role::Viewer, _) => false,
        }
    }

    /// Whether this person works from a Book on the phone.
    #[must_use]
    pub fn has_book(&self) -> bool {
        self.role == Role::SalesRep && self.rep.is_some()
    }
}

/// A sales rep, as others see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rep {
    /// Identity.
    pub id: RepId,
    /// For people.
    pub name: String,
    /// Where they belong.
    pub branch: Option<BranchId>,
}

/// A branch of the company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Branch {
    /// Identity.
    pub id: BranchId,
    /// For people.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(role: Role, rep: Option<RepId>, branch: Option<BranchId>) -> Caller {
        Caller { user: UserId(uuid::Uuid::nil()), name: "N".into(), email: "n@x.example".into(), role, rep, branch }
    }

    #[test]
    fn scope_follows_role_rep_and_branch() {
        let (rep, branch) = (RepId(uuid::Uuid::nil()), BranchId(uuid::Uuid::nil()));
        assert_eq!(caller(Role::Admin, None, Some(branch)).scope(), Scope::All);
        assert_eq!(caller(Role::SalesRep, Some(rep), Some(branch)).scope(), Scope::Own(rep));
        assert_eq!(caller(Role::SalesRep, None, Some(branch)).scope(), Scope::Nothing);
        assert_eq!(caller(Role::Manager, None, Some(branch)).scope(), Scope::Branch(branch));
        assert_eq!(caller(Role::Viewer, None, None).scope(), Scope::All);
    }

    #[test]
    fn who_manages_a_branch_brings_nothing_in_that_is_of_all() {
        let branch = BranchId(uuid::Uuid::nil());
        assert!(caller(Role::Manager, None, None).may(Right::Import) && !caller(Role::Manager, None, Some(branch)).may(Right::Import));
        assert!(caller(Role::Manager, None, Some(branch)).may(Right::SeeDiagnostics));
    }

    #[test]
    fn a_viewer_changes_nothing_and_only_an_admin_manages_users() {
        for right in [Right::EditClients, Right::RecordVisits, Right::ReassignClients, Right::Import, Right::ManageUsers] {
            assert!(!caller(Role::Viewer, None, None).may(right));
            assert!(caller(Role::Admin, None, None).may(right));
        }
        for right in [Right::ManageUsers, Right::SetCompany] {
            assert!(!caller(Role::Manager, None, None).may(right));
        }
        assert!(!caller(Role::SalesRep, None, None).may(Right::RecordVisits));
    }
}
