//! Statements of imports: opportunities and pipelines as they stand, unscoped, and many of them written at a time.

use super::row::OpportunityRow;
use super::{PipelineRow, pipeline};
use crate::Error;
use crate::db::{Args, Bind, Conn, find_in, insert_rows};
use domain::ids::PipelineId;
use domain::opportunities::{Opportunity, Pipeline};
use sqlx::types::Json;
use std::collections::HashMap;
use uuid::Uuid;

/// Pipelines by id, in no order.
pub(crate) async fn pipelines_by_id(conn: &mut Conn, ids: &[Uuid]) -> Result<Vec<Pipeline>, Error> {
    let rows: Vec<PipelineRow> = find_in(conn, "select f.id, f.name, f.stages from pipelines f where f.id in ", ids).await?;
    Ok(rows.into_iter().map(pipeline).collect())
}

/// Opportunities by id, in no order, with nothing left out.
pub(crate) async fn by_id_unscoped(conn: &mut Conn, ids: &[Uuid]) -> Result<Vec<Opportunity>, Error> {
    const HEAD: &str = sql!("select ", OpportunityRow::COLUMNS, " from opportunities o where o.id in ");
    let rows: Vec<OpportunityRow> = find_in(conn, HEAD, ids).await?;
    Ok(rows.into_iter().map(Opportunity::from).collect())
}

/// Every opportunity of a pipeline, and what its row said the last time.
pub(crate) async fn of_pipeline_unscoped(conn: &mut Conn, pipeline: PipelineId) -> Result<Vec<(Opportunity, Option<i64>)>, Error> {
    let text = sql!("select ", OpportunityRow::COLUMNS, " from opportunities o where o.pipeline_id = $1");
    let rows: Vec<OpportunityRow> = fetch_all!(conn, text, pipeline.0)?;
    const PRINTS: &str = "select o.id, o.import_print from opportunities o where o.pipeline_id = $1";
    let prints: Vec<(Uuid, Option<i64>)> = fetch_all!(conn, PRINTS, pipeline.0)?;
    let prints: HashMap<Uuid, Option<i64>> = prints.into_iter().collect();
    Ok(rows.into_iter().map(Opportunity::from).map(|o| (prints.get(&o.id.0).copied().flatten(), o)).map(|(print, o)| (o, print)).collect())
}

/// Writes pipelines.
pub(crate) async fn write_pipelines(conn: &mut Conn, pipelines: &[Pipeline], version: i64) -> Result<(), Error> {
    struct Row<'a>(&'a Pipeline, i64);
    impl Bind for Row<'_> {
        fn bind(&self, args: &mut Args) -> Result<(), Error> {
            args.add(self.0.id.0)?;
            args.add(self.0.name.clone())?;
            args.add(Json(self.0.stages.clone()))?;
            args.add(self.1)
        }
    }
    const TAIL: &str = " on conflict (id) do update set name = excluded.name, stages = excluded.stages, version = excluded.version";
    let rows: Vec<Row<'_>> = pipelines.iter().map(|pipeline| Row(pipeline, version)).collect();
    insert_rows(conn, "insert into pipelines (id, name, stages, version) values ", 4, TAIL, &rows).await.map(drop)
}

/// An opportunity to write, and the import, line and fingerprint of its row.
pub(crate) struct Written<'a>(pub(crate) &'a Opportunity, pub(crate) Option<Uuid>, pub(crate) Option<i64>, pub(crate) Option<i64>);

impl Bind for Written<'_> {
    fn bind(&self, args: &mut Args) -> Result<(), Error> {
        OpportunityRow::from(self.0).bind(args)?;
        args.add(self.1)?;
        args.add(self.2)?;
        args.add(self.3)
    }
}

/// Writes opportunities, new or as they now stand.
pub(crate) async fn write(conn: &mut Conn, rows: &[Written<'_>]) -> Result<(), Error> {
    const HEAD: &str = sql!("insert into opportunities (", OpportunityRow::INSERT, ", import_id, import_line, import_print) values ");
    const TAIL: &str = sql!(
        " on conflict (id) do update set ",
        OpportunityRow::EXCLUDED,
        ", import_id = excluded.import_id, import_line = excluded.import_line, import_print = excluded.import_print"
    );
    insert_rows(conn, HEAD, OpportunityRow::WIDTH + 3, TAIL, rows).await.map(drop)
}
