//! Statements that count what an import wrote, to be held against its file.

use crate::Error;
use crate::db::Conn;
use crate::import::changes::Subject;
use domain::ids::ImportId;

/// Records of this import, and the sum of what can be added up of them: days of visits, prices of products, budgets. Counted from the tables.
pub(super) async fn recount(conn: &mut Conn, subject: Subject, import: ImportId) -> Result<(i64, i64), Error> {
    let text = match subject {
        Subject::Visit => "select count(*), cast(coalesce(sum(v.day), 0) as bigint) from visits v where v.import_id = $1",
        Subject::Contact => "select count(*), cast(0 as bigint) from contacts p where p.import_id = $1",
        Subject::Product => "select count(*), cast(coalesce(sum(p.list_price), 0) as bigint) from products p where p.import_id = $1",
        Subject::Rep => {
            "select count(*), cast(0 as bigint) from import_changes x join reps r on r.id = x.record_id \
             where x.import_id = $1 and x.kind = 'rep'"
        }
        Subject::Budget => {
            "select count(*), cast(coalesce(sum(b.minor), 0) as bigint) from import_changes x \
             join budgets b on b.rep_id = x.record_id and b.month = x.month where x.import_id = $1 and x.kind = 'budget'"
        }
        Subject::Opportunity => "select count(*), cast(coalesce(sum(o.value), 0) as bigint) from opportunities o where o.import_id = $1",
        Subject::Client | Subject::Branch | Subject::Pipeline => "select count(*), cast(0 as bigint) from clients c where c.import_id = $1",
    };
    fetch_one!(conn, text, import.0)
}

/// All records of a kind.
pub(super) async fn count_all(conn: &mut Conn, subject: Subject) -> Result<i64, Error> {
    let text = match subject {
        Subject::Visit => "select count(*) from visits",
        Subject::Contact => "select count(*) from contacts",
        Subject::Product => "select count(*) from products",
        Subject::Rep => "select count(*) from reps",
        Subject::Branch => "select count(*) from branches",
        Subject::Budget => "select count(*) from budgets",
        Subject::Opportunity => "select count(*) from opportunities",
        Subject::Pipeline => "select count(*) from pipelines",
        Subject::Client => "select count(*) from clients",
    };
    let (count,): (i64,) = fetch_one!(conn, text)?;
    Ok(count)
}
