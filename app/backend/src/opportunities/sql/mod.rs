//! Statements of opportunities. A client the caller does not see is as if there were none; visits count as far as the caller sees them.

mod row;
mod write;

pub(crate) use write::{Written, by_id_unscoped, of_pipeline_unscoped, pipelines_by_id, write, write_pipelines};

use super::Place;
use crate::Error;
use crate::db::{Args, Beside, Built, Conn, all};
use domain::Day;
use domain::ids::PipelineId;
use domain::opportunities::{OpportunityItem, Outcome, Pipeline, Query, Stage};
use domain::people::Caller;
use row::{NamesRow, OpportunityRow, item};
use sqlx::types::Json;
use uuid::Uuid;

/// A question that can be answered, and the day it is asked on.
pub(super) struct Asked {
    pub(super) query: Query,
    pub(super) today: Day,
}

/// The day that stands for none: before all others.
const NO_DAY: i32 = i32::MIN;

/// The opportunities of a query; all of them, or so many behind a place.
pub(super) async fn list(
    conn: &mut Conn,
    caller: &Caller,
    asked: &Asked,
    pipelines: &[Pipeline],
    page: Option<(Option<Place>, u32)>,
) -> Result<Vec<OpportunityItem>, Error> {
    const HEAD: &str = sql!("select ", OpportunityRow::COLUMNS, ", ", NamesRow::COLUMNS);
    let mut query = Built::new(HEAD, Args::of(conn));
    narrowed(&mut query, caller, asked, pipelines)?;
    if let Some((after, limit)) = page {
        if let Some((day, id)) = after {
            query.value(" and (n.began, o.id) < (", day.map_or(NO_DAY, |day| day.0))?.value(", ", id.0)?.push(")");
        }
        query.push(" order by n.began desc, o.id desc").value(" limit ", i64::from(limit))?;
    }
    let rows: Vec<Beside<OpportunityRow, NamesRow>> = all(conn, query.text.into(), query.args).await?;
    Ok(rows.into_iter().map(item).collect())
}

/// How many there are.
pub(super) async fn count(conn: &mut Conn, caller: &Caller, asked: &Asked, pipelines: &[Pipeline]) -> Result<i64, Error> {
    let mut query = Built::new("select count(*)", Args::of(conn));
    narrowed(&mut query, caller, asked, pipelines)?;
    let rows: Vec<(i64,)> = all(conn, query.text.into(), query.args).await?;
    Ok(rows.first().map_or(0, |row| row.0))
}

/// Pipeline, branch, rep, product line and item group of some opportunities.
type Names = [Option<String>; 5];
type NamesWithDays =
    (Option<String>, Option<String>, Option<String>, Option<String>, Option<String>, Option<i32>, Option<i32>, Option<i32>);

/// Names that opportunities go by together, the first and the last day any of these began on, and the last one any began or ended on.
pub(super) type Together = (Names, Option<(Day, Day)>, Option<Day>);

/// All that there are.
pub(super) async fn held(conn: &mut Conn, caller: &Caller, asked: &Asked) -> Result<Vec<Together>, Error> {
    const NAMES: &str = "n.pipeline_name, n.branch_name, n.rep_name, n.product_line, n.item_group";
    const HEAD: &str = sql!("select ", NAMES, ", min(o.engaged_on), max(o.engaged_on), max(o.closed_on)");
    let mut query = Built::new(HEAD, Args::of(conn));
    narrowed(&mut query, caller, asked, &[])?;
    query.push(" group by ").push(NAMES);
    let rows: Vec<NamesWithDays> = all(conn, query.text.into(), query.args).await?;
    let row = |(pipeline, branch, rep, line, group, from, to, ended): NamesWithDays| {
        ([pipeline, branch, rep, line, group], from.map(Day).zip(to.map(Day)), to.max(ended).map(Day))
    };
    Ok(rows.into_iter().map(row).collect())
}

/// Whether the caller sees any.
pub(super) async fn any(conn: &mut Conn, caller: &Caller) -> Result<bool, Error> {
    let mut query = Built::new("select count(*) from (select 1 as one from opportunities o where 1 = 1", Args::of(conn));
    query.scope(caller, "o.rep_id = ", "o.branch_id = ")?.push(" limit 1) x");
    let rows: Vec<(i64,)> = all(conn, query.text.into(), query.args).await?;
    Ok(rows.first().is_some_and(|row| row.0 > 0))
}

/// Opportunities beside their names, narrowed to the caller's and to what is asked.
fn narrowed(query: &mut Built, caller: &Caller, asked: &Asked, pipelines: &[Pipeline]) -> Result<(), Error> {
    query.push(
        " from opportunities o join (select i.id, f.name as pipeline_name, s.name as rep_name, b.name as branch_name, c.id as client_seen, \
         c.name as client_name, coalesce(p.name, i.product_name) as product_shown, coalesce(i.sector, c.segment) as sector_shown, \
         c.segment as client_segment, p.product_line, p.item_group, coalesce(c.name, i.account) as customer, ",
    );
    query.value("coalesce(i.engaged_on, ", NO_DAY)?.push(") as began, ");
    query.push(
        "case when i.activities is not null then i.activities when c.id is null or i.engaged_on is null or not exists \
         (select 1 from visits w where w.client_id = c.id and w.status = 'completed'",
    );
    query.scope(caller, "w.owner_id = ", "w.branch_id = ")?.push(
        ") then null else \
         (select count(*) from visits v where v.client_id = c.id and v.status = 'completed' and v.day >= i.engaged_on and v.day <= ",
    );
    query.value("coalesce(i.closed_on, ", asked.today.0)?.push(")");
    query.scope(caller, "v.owner_id = ", "v.branch_id = ")?.push(
        ") end as counted from opportunities i join pipelines f on f.id = i.pipeline_id left join reps s on s.id = i.rep_id \
         left join branches b on b.id = i.branch_id left join products p on p.id = i.product_id left join clients c on c.id = i.client_id",
    );
    query.scope(caller, "c.rep_id = ", "c.branch_id = ")?.push(") n on n.id = o.id where 1 = 1");
    query.scope(caller, "o.rep_id = ", "o.branch_id = ")?;
    by_words(query, &asked.query)?;
    by_days(query, &asked.query)?;
    by_stage(query, &asked.query, pipelines)
}

fn by_words(query: &mut Built, q: &Query) -> Result<(), Error> {
    let words = [
        (" and n.rep_name = ", &q.rep),
        (" and n.branch_name = ", &q.branch),
        (" and n.product_shown = ", &q.product),
        (" and n.product_line = ", &q.product_line),
        (" and n.item_group = ", &q.item_group),
        (" and n.customer = ", &q.customer),
        (" and o.source = ", &q.source),
        (" and n.sector_shown = ", &q.sector),
        (" and n.client_segment = ", &q.segment),
        (" and n.pipeline_name = ", &q.pipeline),
    ];
    for (fragment, word) in words {
        if let Some(word) = word {
            query.value(fragment, word.as_str())?;
        }
    }
    if let Some(outcome) = q.outcome {
        query.value(" and o.outcome = ", outcome.code())?;
    }
    if q.timed {
        query.push(" and o.outcome <> 'open' and o.engaged_on is not null and o.closed_on is not null");
    }
    for word in q.withouts() {
        query.push(match word {
            "rep" => " and n.rep_name is null",
            "branch" => " and n.branch_name is null",
            "product" => " and n.product_shown is null",
            "source" => " and o.source is null",
            "sector" => " and n.sector_shown is null",
            "day" => " and o.engaged_on is null",
            "segment" => " and n.client_segment is null",
            "activities" => " and n.counted is null",
            _ => "",
        });
    }
    Ok(())
}

fn by_days(query: &mut Built, q: &Query) -> Result<(), Error> {
    for (fragment, day) in [(" and o.engaged_on >= ", q.from), (" and o.engaged_on <= ", q.to)] {
        if let Some(day) = day {
            query.value(fragment, day.0)?;
        }
    }
    for (fragment, count) in [(" and n.counted >= ", q.activities_from), (" and n.counted <= ", q.activities_to)] {
        if let Some(count) = count {
            query.value(fragment, count)?;
        }
    }
    Ok(())
}

/// Those that came to a stage: what that is follows from the order of each pipeline's stages, as in its funnel.
fn by_stage(query: &mut Built, q: &Query, pipelines: &[Pipeline]) -> Result<(), Error> {
    let Some(stage) = q.reached.as_deref() else { return Ok(()) };
    query.push(" and (1 = 0");
    for pipeline in pipelines {
        let Some(place) = pipeline.steps().position(|step| step.name == stage) else { continue };
        query.value(" or (o.pipeline_id = ", pipeline.id.0)?;
        if place > 0 {
            query.push(" and (o.outcome = 'won'");
            for step in pipeline.steps().skip(place).filter(|step| step.outcome == Outcome::Open) {
                query.value(" or (o.outcome = 'open' and o.stage = ", step.name.as_str())?;
                query.value(") or (o.outcome = 'lost' and o.reached = ", step.name.as_str())?.push(")");
            }
            query.push(")");
        }
        query.push(")");
    }
    query.push(")");
    Ok(())
}

type PipelineRow = (Uuid, String, Json<Vec<Stage>>);

fn pipeline((id, name, stages): PipelineRow) -> Pipeline {
    Pipeline { id: PipelineId(id), name, stages: stages.0 }
}

/// Every pipeline, by name.
pub(crate) async fn pipelines(conn: &mut Conn) -> Result<Vec<Pipeline>, Error> {
    let rows: Vec<PipelineRow> = fetch_all!(conn, "select f.id, f.name, f.stages from pipelines f")?;
    let mut found: Vec<Pipeline> = rows.into_iter().map(pipeline).collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}
