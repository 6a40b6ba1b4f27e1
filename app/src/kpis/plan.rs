//! Budgets beside what is looked at: those of the reps it is about, or why there is none.

use super::filters::View;
use domain::cube::{Dimension, Metric, SliceDraft};
use domain::targets::RepPlan;

/// Why there is no budget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Without {
    /// Nobody it is about has one in these days.
    NoneSet,
    /// What is kept of a product or a customer has none: which filters would have to go, in words.
    Narrowed(String),
}

/// Names of what budgets are not set by.
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
    let names = OTHERS.iter().filter(|(dimension, _)| kept(*dimension).is_some()).map(|(_, name)| *name);
    let names: Vec<&str> = names.chain(view.segment.as_ref().map(|_| "segment")).collect();
    if !names.is_empty() {
        return Err(Without::Narrowed(names.join(" and ")));
    }
    let (reps, branches) = (kept(Dimension::Rep), kept(Dimension::Branch));
    let is_kept = |plan: &&RepPlan| {
        reps.is_none_or(|reps| reps.iter().flatten().any(|rep| *rep == plan.rep)) && branches.is_none_or(|all| all.contains(&plan.branch))
    };
    Ok(plans.iter().filter(is_kept).collect())
}

/// Net sales of a view by rep and month, of which budgets measure a part; nothing where there are none to measure by.
pub fn measurable(view: &View, plans: &[RepPlan]) -> Option<SliceDraft> {
    let any = planned(view, plans).is_ok_and(|reps| !reps.is_empty());
    any.then(|| view.slice(&[Dimension::Rep, Dimension::Month], &[Metric::NetSales]))
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
    use domain::Day;
    use domain::targets::{Workdays, budget};

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
}
