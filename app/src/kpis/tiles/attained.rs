//! Target attainment: net sales beside the budget, month by month, and against what they were.

use super::then::moved;
use super::{Around, Kind, delta};
use crate::charts::spark;
use crate::kpis::api::LACKING;
use crate::kpis::filters::View;
use crate::kpis::plan::{Without, attained_before, attained_by_month, planned};
use crate::kpis::why::Against;
use crate::markup::Markup;
use crate::words::unmeasured;
use domain::Day;
use domain::cube::Answer;
use domain::measures::{percent, tenths};
use domain::money::Currency;
use domain::movement::Measure;
use domain::targets::attainment::measured;
use domain::targets::{Pace, RepPlan, Workdays, standing};

/// The name of the figure that stands beside the others.
pub const ATTAINED: &str = "Target attainment";

/// Net sales beside the budget: the share, in tenths of a percent, and what is said of it: so far, what is sold without a budget, what is needed, and where
/// it ends; or why there is none. `sold` are those by rep and month.
pub fn attainment(
    (net, sold): (i64, Option<&Answer>),
    view: &View,
    (plans, workdays): (&[RepPlan], &Workdays),
    (currency, today): (Currency, Day),
) -> (Option<i64>, Vec<String>) {
    let stands = planned(view, plans).and_then(|reps| {
        let net = sold.map_or(net, |sold| measured(sold, &reps));
        standing(&reps, net, (view.days.0, view.days.1, view.end), workdays).ok_or(Without::NoneSet)
    });
    let stands = match stands {
        Ok(stands) => stands,
        Err(why) => return (None, vec![why.words()]),
    };
    let so_far = ["of ", &currency.whole(stands.budget), " for these days"].concat();
    let without = net - stands.net;
    let without = (without != 0).then(|| unmeasured(without, currency));
    let end = view.end.short(today);
    let pace = match stands.pace {
        Pace::Over => None,
        Pace::Reached => Some(["Budget to ", &end, " reached"].concat()),
        Pace::Each(minor) => Some(["Pace needed: ", &currency.whole(minor), " each working day to ", &end].concat()),
        Pace::Short(minor) => Some(["Short by ", &currency.whole(minor), ": no working day is left to ", &end].concat()),
    };
    let projected = stands.projected.map(|minor| {
        let share = tenths(minor, stands.whole).map_or_else(String::new, |share| [", ", &percent(share), " of budget"].concat());
        ["Projected end: ", &currency.whole(minor), &share].concat()
    });
    (tenths(stands.net, stands.budget), [Some(so_far), without, pace, projected].into_iter().flatten().collect())
}

pub(super) fn attained(m: &mut Markup, net: i64, answers: &[Answer], around: &Around<'_>) {
    let (view, at) = (around.view, (around.company.currency, around.today));
    let (now, mut notes) = attainment((net, answers.get(4)), view, (around.plans, around.workdays), at);
    if around.lacking {
        notes = vec![LACKING.to_owned()];
    }
    let share = now.map_or_else(|| "–".to_owned(), percent);
    m.put("<div class=\"kpi kpi--target card\"><h2 class=\"kpi__name\">{}</h2><p class=\"kpi__value\">{}</p>", &[ATTAINED, &share]);
    let reps = planned(view, around.plans).unwrap_or_default();
    let by_month = attained_by_month(answers, view, (&reps, around.workdays));
    spark(m, &by_month.iter().map(|(_, share)| share.map(|share| share as f64)).collect::<Vec<_>>(), view.days.1 < view.days.1.month_end());
    let before = attained_before(answers, view, (&reps, around.workdays), around.data);
    // what is no number did not move
    if let Some(now) = now {
        for (then, against) in before.into_iter().zip(Against::ALL) {
            delta(m, true, then.and_then(|then| moved(Kind::Share, now, then)), (ATTAINED, Measure::NetSales, against), around);
        }
    }
    for note in &notes {
        m.put("<p class=\"kpi__note\">{}</p>", &[note]);
    }
    m.put("</div>", &[]);
}
