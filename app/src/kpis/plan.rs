//! Budgets beside what is looked at: those of the reps it is about, or why there is none.

use super::filters::View;
use super::tiles::then::{Lack, known};
use super::why::Against;
use domain::Day;
use domain::cube::{Answer, Dimension, Metric, SliceDraft};
use domain::measures::tenths;
use domain::targets::attainment::{measured, measured_by_month};
use domain::targets::{RepPlan, Workdays, budget};

/// Why there is no budget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Without {
    /// Nobody it is about has one in these days.
    NoneSet,
    /// What is kept of a product or a customer has none: which filters would have to go, in words.
    Narrowed(String),
}

/// Names of what budgets are not set by, products first.
const OTHERS: [(Dimension, &str); 4] = [
    (Dimension::ProductLine, "product line"),
    (Dimension::ItemGroup, "item group"),
    (Dimension::Product, "product"),
    (Dimension::Customer, "customer"),
];

/// The plans of the reps a view is about: those kept by name, and by the name of their branch.
///
/// # Errors
/// [`Without::Narrowed`].
pub fn planned<'a>(view: &View, plans: &'a [RepPlan]) -> Result<Vec<&'a RepPlan>, Without> {
    let kept = |dimension: Dimension| view.keys.iter().find(|(one, _)| *one == dimension).map(|(_, labels)| labels);
    let names: Vec<&str> = narrowed(view, &OTHERS).chain(view.segment.as_ref().map(|_| "segment")).collect();
    if !names.is_empty() {
        return Err(Without::Narrowed(names.join(" and ")));
    }
    let (reps, branches) = (kept(Dimension::Rep), kept(Dimension::Branch));
    let is_kept = |plan: &&RepPlan| {
        reps.is_none_or(|reps| reps.iter().flatten().any(|rep| *rep == plan.rep)) && branches.is_none_or(|all| all.contains(&plan.branch))
    };
    Ok(plans.iter().filter(is_kept).collect())
}

fn narrowed<'a>(view: &'a View, by: &'a [(Dimension, &'static str)]) -> impl Iterator<Item = &'static str> + use<'a> {
    by.iter().filter(move |(dimension, _)| view.keys.iter().any(|(one, _)| one == dimension)).map(|(_, name)| *name)
}

/// The filters of a view under which there are no whole documents, in words; none where there are.
#[must_use]
pub fn of_products(view: &View) -> Option<String> {
    let names: Vec<&str> = narrowed(view, &OTHERS[..3]).collect();
    (!names.is_empty()).then(|| names.join(" and "))
}

/// Net sales of a view by rep and month, of which budgets measure a part; nothing where there are none to measure by.
pub fn measurable(view: &View, plans: &[RepPlan]) -> Option<SliceDraft> {
    let any = planned(view, plans).is_ok_and(|reps| !reps.is_empty());
    any.then(|| view.slice(&[Dimension::Rep, Dimension::Month], &[Metric::NetSales]))
}

/// Reps with their budgets, and when the company works.
pub type Budgets<'a> = (&'a [&'a RepPlan], &'a Workdays);

/// The attainment of each month of a view, in tenths of a percent; none in a month without a budget or whose sales are not known. The fifth of the answers
/// has net sales by rep and month.
pub fn attained_by_month(answers: &[Answer], view: &View, (reps, workdays): Budgets<'_>) -> Vec<(Day, Option<i64>)> {
    let Some(sold) = answers.get(4) else { return vec![] };
    let by_month = measured_by_month(sold, reps);
    let mut months = vec![];
    let mut on = view.days.0;
    while on <= view.days.1 {
        let to = on.month_end().min(view.days.1);
        let net = by_month.get(&on.month_start()).copied().unwrap_or(0);
        months.push((on, budget(reps.iter().copied(), (on, to), workdays).and_then(|budget| tenths(net, budget))));
        on = to.plus(1);
    }
    months
}

/// The attainment of the days of each of [`Against::ALL`], in tenths of a percent, or why there is none.
pub fn attained_before(answers: &[Answer], view: &View, (reps, workdays): Budgets<'_>, data: Option<(Day, Day)>) -> [Result<i64, Lack>; 2] {
    let share = |at: usize, against: Against| {
        let days = against.days(view.days);
        known(days, data)?;
        let sold = answers.get(at).ok_or(Lack::Unknown)?;
        budget(reps.iter().copied(), days, workdays).and_then(|budget| tenths(measured(sold, reps), budget)).ok_or(Lack::NoBudget)
    };
    [share(5, Against::Before), share(6, Against::YearBefore)]
}

/// The plan of a rep, or those of the reps of a branch.
pub fn of_label<'a>(reps: &[&'a RepPlan], dimension: Dimension, label: &str) -> Vec<&'a RepPlan> {
    let of = |plan: &&&RepPlan| match dimension {
        Dimension::Rep => plan.rep == label,
        Dimension::Branch => plan.branch.as_deref() == Some(label),
        _ => false,
    };
    reps.iter().filter(of).copied().collect()
}

impl Without {
    /// For people.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::NoneSet => "No budget is set for these days".to_owned(),
            Self::Narrowed(names) => ["Budgets are set per rep and month; clear the ", names, " filter"].concat(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use crate::kpis::filters::By;

    fn plan(rep: &str, branch: &str, minor: i64) -> RepPlan {
        RepPlan { rep: rep.into(), branch: Some(branch.into()), budgets: vec![(Day(0), minor)], leave: vec![] }
    }

    fn view(keys: &[(Dimension, &str)]) -> View {
        let keys = keys.iter().map(|(dimension, label)| (*dimension, vec![Some((*label).to_owned())])).collect();
        View { days: (Day(0), Day(30)), end: Day(30), keys, segment: None, by: By::Attainment }
    }

    #[test]
    fn budgets_follow_reps_and_branches_and_have_no_meaning_under_other_filters() {
        let plans = [plan("Ann", "North", 100), plan("Ben", "South", 30), plan("Cid", "North", 7)];
        let sum =
            |keys: &[(Dimension, &str)]| planned(&view(keys), &plans).map(|reps| budget(reps, (Day(0), Day(30)), &Workdays::default()));
        assert_eq!(sum(&[]), Ok(Some(137)));
        assert_eq!(sum(&[(Dimension::Branch, "North")]), Ok(Some(107)));
        assert_eq!(sum(&[(Dimension::Branch, "North"), (Dimension::Rep, "Ben")]), Ok(None));
        let without = sum(&[(Dimension::Rep, "Ann"), (Dimension::ProductLine, "Pumps"), (Dimension::Customer, "X")]).unwrap_err();
        assert_eq!(without.words(), "Budgets are set per rep and month; clear the product line and customer filter");
        let reps = planned(&view(&[]), &plans).unwrap();
        let names = |dimension, label| of_label(&reps, dimension, label).iter().map(|plan| plan.rep.as_str()).collect::<Vec<_>>();
        assert_eq!((names(Dimension::Branch, "North"), names(Dimension::Rep, "Ben")), (vec!["Ann", "Cid"], vec!["Ben"]));
        assert!(measurable(&view(&[(Dimension::Rep, "Zoe")]), &plans).is_none() && measurable(&view(&[]), &plans).is_some());
    }
    #[test]
    fn attainment_of_months_and_of_other_days_is_none_where_no_budget_was_or_sales_are_not_known() {
        let january = Day::parse("2026-01-01").unwrap();
        let mut ann = plan("Ann", "North", 100);
        ann.budgets = vec![(january, 100), (january.year_before(), 50)];
        let view = View { days: (january, Day::parse("2026-02-28").unwrap()), ..view(&[]) };
        let sold = |groups: &[(&str, i64)]| domain::cube::Answer {
            group_by: vec![Dimension::Rep, Dimension::Month],
            metrics: vec![Metric::NetSales],
            groups: groups
                .iter()
                .map(|(month, net)| domain::cube::Group {
                    keys: vec![Some("Ann".into()), Some((*month).into())],
                    figures: vec![Some(*net)],
                })
                .collect(),
            ..Answer::default()
        };
        let none = || sold(&[]);
        let answers = [none(), none(), none(), none(), sold(&[("2026-01", 80), ("2026-02", 7)]), none(), sold(&[("2025-01", 25)])];
        let (reps, workdays) = (vec![&ann], Workdays::default());
        let by_month: Vec<_> = attained_by_month(&answers, &view, (&reps, &workdays)).into_iter().map(|(_, share)| share).collect();
        assert_eq!(by_month, [Some(800), None], "February has no budget");
        let before = |first: &str| attained_before(&answers, &view, (&reps, &workdays), Day::parse(first).map(|day| (day, view.days.1)));
        assert_eq!(before("2024-01-01"), [Err(Lack::NoBudget), Ok(500)], "no budget was set for the days before");
        let begins = Err(Lack::Begins(Day::parse("2025-06-01").unwrap()));
        assert_eq!(before("2025-06-01"), [Err(Lack::NoBudget), begins], "what was sold then is not known");
    }
}
