//! Clients that stay, when their import is taken back, for what another import or somebody gave them: on both engines they go with the last of that.

use crate::common::{self, both_engines};
use crate::fixtures::{all, bring};
use crate::snapshot::{difference, snapshot};
use crate::withdraw::{file, take_back};
use backend::contacts;
use backend::import::{Kind, Subject};

both_engines!(clients_that_stay_for_what_other_imports_brought_them_go_with_the_last_of_those, as_of "2015-09-17", |backend, admin| {
    let nothing = snapshot(&backend).await;
    let (shops, clients) = file(Kind::Clients, &[(1, 1, 1, 1), (2, 2, 1, 1), (3, 0, 1, 1)]);
    for order in [[1, 2], [2, 1]] {
        let mut ids = vec![bring(&backend, Kind::Clients, &shops, clients).await.id.unwrap()];
        for kind in [Kind::Contacts, Kind::Visits] {
            let (text, mapping) = file(kind, &[(1, 1, 1, 1), (1, 2, 2, 1)]);
            ids.push(bring(&backend, kind, &text, mapping).await.id.unwrap());
        }
        let done = take_back(&backend, &admin, ids[0]).await;
        assert_eq!((done.clients_removed, done.clients_kept), (1, 2), "{done}");
        let why: Vec<_> = done.kept.iter().filter(|kept| kept.kind == Subject::Client).map(|kept| kept.why.as_str()).collect();
        assert_eq!(why, ["it has contacts"; 2], "{done}");
        let done = take_back(&backend, &admin, ids[order[0]]).await;
        // they went to the first of the two imports
        assert_eq!((done.clients_removed, done.clients_kept), (0, if order[0] == 1 { 2 } else { 0 }), "{done}");
        assert_eq!(take_back(&backend, &admin, ids[order[1]]).await.clients_removed, 2);
        let left = snapshot(&backend).await;
        assert_eq!(left, nothing, "{}", difference(&nothing, &left));
    }
});

both_engines!(a_client_with_a_contact_somebody_entered_stays_when_the_import_of_the_others_goes, |backend, admin| {
    let (shops, clients) = file(Kind::Clients, &[(1, 1, 1, 1)]);
    let made = bring(&backend, Kind::Clients, &shops, clients).await;
    let (people, mapping) = file(Kind::Contacts, &[(1, 1, 1, 1)]);
    let with = bring(&backend, Kind::Contacts, &people, mapping).await;
    let client = all(&backend, &admin).await[0].id;
    let entered = serde_json::json!({"id": common::build::id(), "clientId": client, "name": "Wanjiru"});
    contacts::create(&backend, &admin, serde_json::from_value(entered).unwrap(), common::build::meta(&backend)).await.unwrap();
    for import in [made, with] {
        let done = take_back(&backend, &admin, import.id.unwrap()).await;
        assert_eq!((done.clients_removed, done.kept.iter().filter(|kept| kept.why == "it has contacts").count()), (0, 1), "{done}");
    }
    assert_eq!(all(&backend, &admin).await.len(), 1);
});
