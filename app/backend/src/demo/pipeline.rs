//! The dealer's pipeline: what was sold dear was an opportunity before, others were lost, and some are under way at clients that were just visited.

use super::dice::Dice;
use super::sales::Sold;
use domain::Day;
use domain::Instant;
use domain::clients::Client;
use domain::ids::{BranchId, ClientId, OpportunityId, PipelineId, RepId};
use domain::opportunities::{Opportunity, Outcome, Pipeline, Stage};
use domain::people::Rep;
use domain::sales::{Product, SaleLine};
use domain::visits::{Visit, VisitStatus};
use std::collections::{BTreeMap, HashMap};

/// Another seed than the rest's, so that the rest is what it was.
const SEED: u64 = 0x0b70_0a7e;
/// Days of history.
const DAYS: i32 = 540;
/// What is sold without being sought is no opportunity: minor units.
const LEAST: i64 = 12_000_000;
/// Where they come from; references come to an end more often than what is read in a paper.
const SOURCES: [(&str, i32); 6] =
    [("Reference", 44), ("Trade fair", 30), ("Website", 26), ("Radio", 18), ("Cold call", 14), ("Walk-in", 36)];
/// Stages in their order.
const STAGES: [(&str, Outcome); 6] = [
    ("Enquiry", Outcome::Open),
    ("Demonstration", Outcome::Open),
    ("Quotation", Outcome::Open),
    ("Negotiation", Outcome::Open),
    ("Won", Outcome::Won),
    ("Lost", Outcome::Lost),
];

/// A pipeline and what is in it.
#[derive(Debug)]
pub(super) struct Sought {
    pub(super) pipeline: Pipeline,
    pub(super) opportunities: Vec<Opportunity>,
}

/// What stands behind every opportunity of the demo.
struct Company<'a> {
    clients: HashMap<ClientId, &'a Client>,
    branches: HashMap<RepId, Option<BranchId>>,
    products: &'a [Product],
    today: Day,
    founded: Instant,
    pipeline: PipelineId,
}

/// The pipeline on the morning of `today`.
pub(super) fn sought(reps: &[Rep], clients: &[Client], visits: &[Visit], sold: &Sold, today: Day, founded: Instant) -> Sought {
    let mut dice = Dice::new(SEED);
    let pipeline = PipelineId(dice.id(founded));
    let company = Company {
        clients: clients.iter().map(|client| (client.id, client)).collect(),
        branches: reps.iter().map(|rep| (rep.id, rep.branch)).collect(),
        products: &sold.products,
        today,
        founded,
        pipeline,
    };
    let mut opportunities = Vec::new();
    for line in sold.lines.iter().filter(|line| line.gross >= LEAST && line.client.is_some() && line.day >= today.plus(-DAYS)) {
        if dice.chance(92) {
            opportunities.extend(company.won(&mut dice, line));
        }
    }
    let fruitless = |visit: &&Visit| {
        visit.status == VisitStatus::Completed && visit.outcome.as_deref() != Some("order") && visit.day >= today.plus(-DAYS)
    };
    let mut visited: Vec<&Visit> = visits.iter().filter(fruitless).collect();
    visited.sort_by_key(|visit| (visit.day, visit.id));
    for visit in visited {
        if dice.chance(15) {
            opportunities.extend(company.other(&mut dice, visit));
        }
    }
    let stages = STAGES.map(|(name, outcome)| Stage { name: name.to_owned(), outcome }).into();
    for (number, opportunity) in opportunities.iter_mut().enumerate() {
        opportunity.external_id = format!("OP-{:05}", number + 1);
    }
    Sought { pipeline: Pipeline { id: pipeline, name: "demo".to_owned(), stages }, opportunities }
}

impl Company<'_> {
    /// What became a line of an invoice.
    fn won(&self, dice: &mut Dice, line: &SaleLine) -> Option<Opportunity> {
        let client = self.clients.get(&line.client?)?;
        let product = self.products.iter().find(|product| Some(product.id) == line.product)?;
        let source = source(dice, true);
        // what comes by reference is settled sooner
        let engaged = line.day.plus(-dice.between(8, 130 - source.1));
        let said = self.said(dice, client, product, source.0, engaged);
        let (stage, outcome) = STAGES[4];
        Some(Opportunity {
            rep: line.rep,
            branch: line.branch,
            stage: stage.to_owned(),
            outcome,
            closed_on: Some(line.day),
            value: Some(line.gross),
            ..said
        })
    }

    /// What began with a visit and was lost, or is under way.
    fn other(&self, dice: &mut Dice, visit: &Visit) -> Option<Opportunity> {
        let client = self.clients.get(&visit.client_id)?;
        let product = dice.pick(self.products).clone();
        let source = source(dice, false);
        let said = self.said(dice, client, &product, source.0, visit.day);
        let rep = visit.rep_id.or(client.rep_id);
        let price = product.list_price.unwrap_or(0);
        let value = (price * i64::from(dice.between(1, 4)) * i64::from(dice.between(92, 100)) / 100).max(LEAST);
        let closed = visit.day.plus(dice.between(20, 150));
        let came = usize::try_from(dice.between(0, 3)).unwrap_or(0);
        let branch = rep.and_then(|rep| self.branches.get(&rep).copied().flatten());
        let (rep, value) = (rep, Some(value).filter(|_| came > 0));
        if closed >= self.today {
            return Some(Opportunity { rep, branch, stage: STAGES[came].0.to_owned(), value, ..said });
        }
        let reached = Some(STAGES[came].0.to_owned());
        let (stage, outcome) = STAGES[5];
        Some(Opportunity { rep, branch, stage: stage.to_owned(), reached, outcome, closed_on: Some(closed), value, ..said })
    }

    fn said(&self, dice: &mut Dice, client: &Client, product: &Product, source: &str, engaged: Day) -> Opportunity {
        Opportunity {
            id: OpportunityId(dice.id(self.founded)),
            pipeline: self.pipeline,
            external_id: String::new(),
            name: None,
            account: Some(client.name.clone()),
            client: Some(client.id),
            rep: None,
            branch: None,
            product_name: Some(product.name.clone()),
            product: Some(product.id),
            source: Some(source.to_owned()),
            sector: client.segment.clone(),
            stage: String::new(),
            reached: None,
            outcome: Outcome::Open,
            engaged_on: Some(engaged),
            closed_on: None,
            value: None,
            activities: None,
            attributes: BTreeMap::new(),
            version: 0,
        }
    }
}

/// Where one came from: of those that were won more are references, of the others more were cold calls.
fn source(dice: &mut Dice, won: bool) -> (&'static str, i32) {
    loop {
        let source = *dice.pick(&SOURCES);
        if dice.chance(source.1 + 30) == won {
            return source;
        }
    }
}
