//! The funnel, drawn: every stage with the share of the one before, and the lost ones in the table.

use super::NONE;
use super::{Draw, Drawn, Mark, Picture, instead};
use crate::charts::Scale;
use crate::kpis::table::Cell;
use domain::measures::percent;
use domain::opportunities::{Outcome, Query, funnels};

impl Draw<'_> {
    pub(super) fn funnel(&self) -> Drawn {
        let all = funnels(&self.found.pipelines, &self.found.facts);
        let several = all.len() > 1;
        let (mut marks, mut rows) = (Vec::new(), Vec::new());
        for funnel in &all {
            let of = Query { pipeline: Some(funnel.name.clone()), ..Query::default() };
            let named = |name: &str| if several { [name, " · ", &funnel.name].concat() } else { name.to_owned() };
            for step in &funnel.steps {
                let of = Query { reached: Some(step.stage.clone()), ..of.clone() };
                let words = step.of_previous.map_or_else(String::new, |share| [" · ", &percent(share), " of the stage before"].concat());
                let words = [&Cell::count(step.reached).words, " came to it", &words].concat();
                marks.push(Mark { name: named(&step.stage), value: Some(step.reached as f64), words, of: of.clone() });
                let shares = [step.of_previous, step.of_first].map(Cell::share);
                let [previous, first] = shares;
                let cells = vec![
                    Cell::name(&named(&step.stage)),
                    Cell::count(step.reached),
                    previous,
                    first,
                    Cell::count(step.here),
                    Cell::money(step.value, self.currency),
                ];
                rows.push((of, cells));
            }
            if funnel.lost > 0 {
                let of = Query { outcome: Some(Outcome::Lost), ..of };
                let dash = || Cell::share(None);
                rows.push((of, vec![Cell::name(&named("Lost")), dash(), dash(), dash(), Cell::count(funnel.lost), dash()]));
            }
        }
        if rows.is_empty() {
            return instead(NONE);
        }
        let heads = vec!["Stage", "Came to it", "Of the stage before", "Of the first", "Stand in it", "Value"];
        Ok(Picture { heads, rows, ..self.ranking("Opportunities by the stage they came to", marks, Scale::Count) })
    }
}
