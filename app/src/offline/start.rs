//! Whose storage is opened: before the first screen on the app shell, after the server has said who is signed in elsewhere.

use super::bag::Bag;
use super::marker::Marker;
use super::phone::Phone;
use super::signals::{Phase, Trouble};
use super::{Known, browser, device, sync, team};
use domain::company::Company;
use domain::people::Caller;
use leptos::prelude::*;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// What was found on the device.
#[derive(Debug)]
pub(super) enum Found {
    /// Nobody worked here.
    Nobody,
    /// The last contact is too long ago.
    TooLongAgo,
    /// The browser gives no storage.
    NoStorage,
    /// The last user's things; whether their Book was lost.
    Carried(Rc<Bag>, bool),
}

/// Opens what the last user of this device carries: for the app shell, before it is drawn. Where that is nothing to work with, the server is asked for
/// the page instead; the shell is drawn empty only when it cannot be reached.
pub(super) async fn open_last() -> Found {
    let found = find().await;
    let workable = matches!(&found, Found::Carried(bag, _) if bag.known().is_some());
    if !workable && Marker::hide().await {
        browser::reload();
        std::future::pending::<()>().await;
    }
    found
}

async fn find() -> Found {
    match Marker::read().await {
        None => Found::Nobody,
        Some(marker) if marker.expired(device::now()) => Found::TooLongAgo,
        Some(marker) => match Bag::open(marker.user).await {
            Ok(bag) => {
                let lost = marker.book && bag.book.borrow().is_none();
                Found::Carried(Rc::new(bag), lost)
            }
            Err(_) => Found::NoStorage,
        },
    }
}

/// Takes up what stood ready.
pub(super) fn take_up(phone: &Phone, found: &Found) {
    match found {
        Found::Nobody => {}
        Found::TooLongAgo => phone.signals.phase.set(Phase::SignInNeeded),
        Found::NoStorage => phone.signals.trouble.set(Some(Trouble::NoStorage)),
        Found::Carried(bag, lost) => {
            phone.carry(Some(Rc::clone(bag)));
            if *lost {
                phone.signals.trouble.set(Some(Trouble::StorageLost));
            }
        }
    }
    phone.publish();
}

/// Somebody is signed in: opens what they carry, unless it is open already. On the app shell it is this device itself that says so: only a newly opened
/// bag counts as contact, all else waits for the next pull.
pub(super) fn enter(phone: &Rc<Phone>, caller: Caller, company: Company) {
    let phone = Rc::clone(phone);
    spawn_local(async move {
        if phone.bag().is_none_or(|bag| bag.user != caller.user) {
            open(&phone, &caller).await;
        }
        let Some(bag) = phone.bag() else { return };
        let told = Some(Known { caller: Arc::new(caller), company: Arc::new(company) });
        if bag.known() != told && bag.meet(told).await.is_err() {
            phone.signals.trouble.set(Some(Trouble::NoStorage));
        }
        phone.look();
        sync::wake(&phone);
    });
}

async fn open(phone: &Phone, caller: &Caller) {
    let before = Marker::read().await;
    phone.carry(None);
    phone.signals.phase.set(Phase::Opening);
    match Bag::open(caller.user).await {
        Ok(bag) => {
            let book = bag.book.borrow().is_some();
            let lost = before.is_some_and(|m| m.user == caller.user && m.book) && !book;
            bag.mark(book).await;
            if before.is_some_and(|m| m.user != caller.user) {
                browser::post(&format!("user {}", caller.user));
            }
            phone.carry(Some(Rc::new(bag)));
            phone.signals.trouble.set(lost.then_some(Trouble::StorageLost));
        }
        Err(_) => {
            phone.signals.phase.set(Phase::Closed);
            phone.signals.trouble.set(Some(Trouble::NoStorage));
            phone.publish();
        }
    }
}

/// Puts everything of this person down and forgets that they worked here.
pub(super) async fn leave(phone: &Phone) {
    let bag = phone.bag();
    // first, so that what is still being asked for is not stored any more when it comes
    phone.carry(None);
    if let Some(bag) = bag {
        // what cannot be deleted is opened by nobody but this person
        let _ = team::forget(&bag).await;
    }
    phone.signals.known.set(None);
    Marker::forget().await;
    browser::post("user nobody");
}

/// The office closed the account: the company's rows leave the device, unsent entries stay for their owner.
pub(super) fn revoke(phone: &Rc<Phone>) {
    let (phone, Some(bag)) = (Rc::clone(phone), phone.bag()) else { return };
    spawn_local(async move {
        phone.signals.trouble.set(Some(Trouble::Revoked));
        leave(&phone).await;
        crate::kpis::forget().await;
        let pages = bag.shelf.borrow().all();
        // pages that cannot be deleted now are when this person's storage is next opened and refused
        let _ = bag.drop_pages(&pages).await;
    });
}
