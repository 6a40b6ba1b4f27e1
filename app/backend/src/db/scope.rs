//! The rows a caller sees, as values and fragments of a `where`.

use super::Args;
use crate::Error;
use domain::people::{Caller, Scope};
use uuid::Uuid;

/// Values for statements that read `($n is null or rep = $n) and ($m is null or branch = $m)`: right for a row found by its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ScopeIds {
    /// Only what this rep owns.
    pub(crate) rep: Option<Uuid>,
    /// Only what belongs to this branch.
    pub(crate) branch: Option<Uuid>,
}

impl ScopeIds {
    /// What this caller sees; nobody's rep sees nothing.
    pub(crate) fn of(caller: &Caller) -> Self {
        match caller.scope() {
            Scope::All => Self { rep: None, branch: None },
            Scope::Branch(branch) => Self { rep: None, branch: Some(branch.0) },
            Scope::Own(rep) => Self { rep: Some(rep.0), branch: None },
            Scope::Nothing => Self { rep: Some(Uuid::nil()), branch: None },
        }
    }
}

/// A statement put together from fixed fragments; what users entered goes into its values only.
pub(crate) struct Built {
    /// The text so far.
    pub(crate) text: String,
    /// Its values.
    pub(crate) args: Args,
    places: usize,
}

impl Built {
    pub(crate) fn new(text: &str, args: Args) -> Self {
        let mut built = Self { text: String::with_capacity(1_024), args, places: 0 };
        built.text.push_str(text);
        built
    }

    /// Adds a fragment.
    pub(crate) fn push(&mut self, fragment: &'static str) -> &mut Self {
        self.text.push_str(fragment);
        self
    }

    /// Adds a fragment, the place of a value, and the value.
    pub(crate) fn value<'v, T>(&mut self, fragment: &'static str, value: T) -> Result<&mut Self, Error>
    where
        T: sqlx::Encode<'v, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite> + sqlx::Encode<'v, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
    {
        use std::fmt::Write as _;
        self.places += 1;
        self.args.add(value)?;
        let _ = write!(self.text, "{fragment}${}", self.places);
        Ok(self)
    }

    /// Narrows to the caller's rows: `owner` and `branch` are fragments like `c.rep_id = `.
    pub(crate) fn scope(&mut self, caller: &Caller, owner: &'static str, branch: &'static str) -> Result<&mut Self, Error> {
        let ids = ScopeIds::of(caller);
        if let Some(rep) = ids.rep {
            self.push(" and ").value(owner, rep)?;
        }
        if let Some(of) = ids.branch {
            self.push(" and ").value(branch, of)?;
        }
        Ok(self)
    }
}
