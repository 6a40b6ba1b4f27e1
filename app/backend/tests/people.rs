//! Users, sessions and tokens on both engines.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use backend::people::{self, NewUser, SessionCheck};
use backend::{Error, company};
use common::{a_user, both_engines};
use domain::people::Role;

fn code(error: &Error) -> &str {
    if let Error::Rejected(r) = error { &r.0[0].code } else { "" }
}

both_engines!(whoever_has_the_link_sets_a_password_once_and_signs_in_with_it, |backend, admin| {
    let link = people::reset_link(&backend, "ADA.admin@x.example ").await.unwrap();
    assert_eq!(code(&people::set_password(&backend, &link, "short").await.unwrap_err()), "too_short");
    people::set_password(&backend, &link, "correct horse battery").await.unwrap();
    assert_eq!(code(&people::set_password(&backend, &link, "another long one").await.unwrap_err()), "expired");
    let wrong = people::sign_in(&backend, &admin.email, "correct horse", None).await.unwrap_err();
    let nobody = people::sign_in(&backend, "nobody@x.example", "correct horse", None).await.unwrap_err();
    assert_eq!((code(&wrong), wrong.to_string()), ("wrong", nobody.to_string()));
    let session = people::sign_in(&backend, &admin.email, "correct horse battery", Some("Firefox")).await.unwrap();
    let check = people::session(&backend, &session.token).await.unwrap();
    assert!(matches!(&check, SessionCheck::Valid(s) if s.caller == admin && s.session == session.id));
    assert_eq!(people::session(&backend, "made up").await.unwrap(), SessionCheck::Unknown);
    people::sign_out(&backend, session.id).await.unwrap();
    assert_eq!(people::session(&backend, &session.token).await.unwrap(), SessionCheck::Expired);
    assert_eq!(common::rows(&backend, "select count(*) from sessions where token_hash is not null and length(token_hash) = 64").await, [1]);
});

both_engines!(a_deactivated_user_is_out_at_once_in_every_session, |backend| {
    let password = Some("correct horse battery".to_owned());
    let new = NewUser {
        email: "joyce@x.example".into(),
        name: "Joyce".into(),
        role: Role::SalesRep,
        rep: Some("Joyce".into()),
        branch: None,
        password,
    };
    people::add_user(&backend, new).await.unwrap();
    let session = people::sign_in(&backend, "joyce@x.example", "correct horse battery", None).await.unwrap();
    let tokens = people::issue_tokens(&backend, "joyce@x.example", "correct horse battery").await.unwrap();
    people::disable_user(&backend, "joyce@x.example").await.unwrap();
    assert_eq!(people::session(&backend, &session.token).await.unwrap(), SessionCheck::Revoked);
    assert_eq!(people::session_by_id(&backend, tokens.signed_in.session).await.unwrap(), SessionCheck::Revoked);
    assert_eq!(code(&people::refresh(&backend, &tokens.refresh_token).await.unwrap_err()), "expired");
    assert_eq!(code(&people::sign_in(&backend, "joyce@x.example", "correct horse battery", None).await.unwrap_err()), "wrong");
});

both_engines!(a_refresh_token_is_good_once_and_a_stolen_one_ends_the_session, |backend, admin| {
    let link = people::reset_link(&backend, &admin.email).await.unwrap();
    people::set_password(&backend, &link, "correct horse battery").await.unwrap();
    let first = people::issue_tokens(&backend, &admin.email, "correct horse battery").await.unwrap();
    let second = people::refresh(&backend, &first.refresh_token).await.unwrap();
    assert_eq!(second.signed_in, first.signed_in);
    let session = first.signed_in.session;
    assert!(matches!(people::session_by_id(&backend, session).await.unwrap(), SessionCheck::Valid(_)));
    assert_eq!(code(&people::refresh(&backend, &first.refresh_token).await.unwrap_err()), "expired");
    assert_eq!(people::session_by_id(&backend, session).await.unwrap(), SessionCheck::Expired);
    assert_eq!(code(&people::refresh(&backend, &second.refresh_token).await.unwrap_err()), "expired");
    assert_eq!(people::signing_key(&backend).await.unwrap(), people::signing_key(&backend).await.unwrap());
});

both_engines!(a_user_is_refused_with_words_when_something_is_wrong, |backend, admin| {
    let new = |email: &str, role, rep: Option<&str>| NewUser {
        email: email.into(),
        name: "N".into(),
        role,
        rep: rep.map(Into::into),
        branch: None,
        password: None,
    };
    for (user, field) in [
        (new("nonsense", Role::Viewer, None), "email"),
        (new("", Role::Viewer, None), "email"),
        (new("a@b.example", Role::SalesRep, None), "rep"),
        (new(&admin.email.to_uppercase(), Role::Viewer, None), "email"),
    ] {
        let Err(Error::Rejected(refused)) = people::add_user(&backend, user).await else { panic!("added") };
        assert!(refused.for_field(field).is_some(), "{refused}");
    }
    assert_eq!(people::list_users(&backend).await.unwrap().len(), 1);
    assert!(people::has_users(&backend).await.unwrap());
});

both_engines!(settings_reps_and_branches_are_seen_by_whoever_asks_next, |backend| {
    let beside = common::another(&backend).await;
    let before = beside.company().await.unwrap();
    let settings = company::Settings { name: "Savanna Machinery".into(), demo: true, ..company::Settings::default() };
    company::configure(&backend, settings).await.unwrap();
    let branch = company::add_branch(&backend, "Thika").await.unwrap();
    for name in ["zoe", "Ábel", "Brian"] {
        company::add_rep(&backend, name, Some(branch.id)).await.unwrap();
    }
    let now = backend.company().await.unwrap();
    assert_eq!(now.reps.iter().map(|r| r.name.as_str()).collect::<Vec<_>>(), ["Ábel", "Brian", "zoe"]);
    assert_eq!((now.name.as_str(), now.demo, before.demo), ("Savanna Machinery", true, false));
    tokio::time::timeout(std::time::Duration::from_secs(5), async {
        while *beside.company().await.unwrap() != *now {
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap();
    a_user(&backend, Role::SalesRep, "brian").await;
    assert_eq!(backend.company().await.unwrap().reps.len(), 3);
    beside.close().await;
});
