//! What an opportunity has from its client: visits made meanwhile, and a segment.

use crate::common::{self, both_engines, build};
use crate::{FILE, MAPPING, bring, company, day, ids, listed};
use backend::opportunities;
use domain::opportunities::Query;

both_engines!(a_client_nobody_ever_visited_says_nothing_of_activities, as_of "2026-04-01", |backend, admin| {
    let (_, ben, _) = company(&backend, &admin).await;
    bring(&backend, &FILE.replace("2026-01-31,0,0,LOST", "2026-01-31,0,,LOST"), MAPPING).await;
    let of_ben = listed(&backend, &ben, Query::default()).await;
    assert_eq!((of_ben[0].client_name.as_deref(), of_ben[0].counted), (Some("Baraka"), None), "no visit to them is known");
    let baraka = backend::clients::find(&backend, &ben, of_ben[0].opportunity.client.unwrap()).await.unwrap();
    build::a_visit().on(day("2026-03-01").unwrap()).to(&baraka).add(&backend, &ben).await;
    assert_eq!(listed(&backend, &ben, Query::default()).await[0].counted, Some(0), "visits are recorded, and none was made meanwhile");
});

both_engines!(a_segment_keeps_those_of_its_clients_and_says_how_many_have_none, as_of "2026-04-01", |backend, admin| {
    let (ann, ben, _) = company(&backend, &admin).await;
    bring(&backend, FILE, MAPPING).await;
    let farms = Query { segment: Some("Farms".into()), ..Query::default() };
    assert_eq!(ids(&listed(&backend, &admin, farms.clone()).await), ["1", "5"]);
    let found = opportunities::facts(&backend, &admin, farms.clone()).await.unwrap();
    assert_eq!((found.facts.len(), found.unsegmented, found.undated), (2, 3, 0), "Baraka has no segment, two have no client");
    let without = Query { without: Some("segment".into()), ..Query::default() };
    assert_eq!(ids(&listed(&backend, &admin, without).await), ["2", "3", "4"]);
    assert_eq!(ids(&listed(&backend, &ann, farms.clone()).await), ["1"]);
    assert_eq!(ids(&listed(&backend, &ben, farms.clone()).await), [""; 0], "the client is another's");
    let nobody = Query { segment: Some("Hotels".into()), ..Query::default() };
    assert_eq!(opportunities::facts(&backend, &admin, nobody).await.unwrap().facts.len(), 0);
    assert_eq!(opportunities::facts(&backend, &admin, Query::default()).await.unwrap().unsegmented, 0, "no segment is asked for");
});
