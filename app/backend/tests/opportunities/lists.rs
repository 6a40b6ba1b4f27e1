//! The list of opportunities page by page, and what it can be narrowed by.

use crate::common::{self, both_engines};
use crate::{FILE, MAPPING, bring, company, day};
use backend::opportunities;
use domain::opportunities::Query;
use std::collections::BTreeSet;

both_engines!(what_there_is_to_narrow_by_is_that_of_whoever_looks, as_of "2026-04-01", |backend, admin| {
    let (ann, ..) = company(&backend, &admin).await;
    bring(&backend, FILE, MAPPING).await;
    let names = |names: &BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>().join(" ");
    let all = opportunities::held(&backend, &admin).await.unwrap();
    assert_eq!((names(&all.branches), names(&all.reps), names(&all.pipelines)), ("North South".into(), "Ann Ben".into(), "crm".into()));
    assert_eq!(all.days, day("2026-01-10").zip(day("2026-03-01")), "the day of the latest that has one");
    let own = opportunities::held(&backend, &ann).await.unwrap();
    assert_eq!((names(&own.branches), names(&own.reps)), ("North".into(), "Ann".into()));
    assert_eq!(own.days, day("2026-01-10").zip(day("2026-01-12")));
});

both_engines!(pages_go_from_the_latest_to_those_without_a_day_and_miss_none, |backend, admin| {
    company(&backend, &admin).await;
    bring(&backend, FILE, MAPPING).await;
    let (mut after, mut seen) = (None, Vec::new());
    loop {
        let page = opportunities::list(&backend, &admin, Query::default(), after, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some((last.opportunity.engaged_on, last.opportunity.id));
        seen.extend(page.into_iter().map(|item| item.opportunity.external_id));
    }
    assert_eq!(seen, ["4", "3", "2", "1", "5"]);
});
