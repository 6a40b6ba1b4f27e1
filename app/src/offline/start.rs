//! Whose storage is opened: before the first screen on the app shell, after the server has said who is signed in elsewhere.

use super::bag::Bag;
use super::marker::Marker;
use super::phone::Phone;
use super::signals::{Phase, Trouble};
use super::{browser, device, sync};
use domain::company::Company;
use domain::people::Caller;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// What stood ready on the device before the first screen.
#[derive(Clone, Debug)]
pub struct Opened(pub(super) SendWrapper<Rc<Found>>);

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

/// Opens what the last user of this device carries: for the app shell, before it is drawn.
pub async fn open_last() -> Opened {
    let found = match Marker::read() {
        None => Found::Nobody,
        Some(marker) if marker.expired(device::now()) => Found::TooLongAgo,
        Some(marker) => match Bag::open(marker.user).await {
            Ok(bag) => {
                let lost = marker.book && bag.book.borrow().is_none();
                Found::Carried(Rc::new(bag), lost)
            }
            Err(_) => Found::NoStorage,
        },
    };
    Opened(SendWrapper::new(Rc::new(found)))
}

/// Takes up what stood ready.
pub(super) fn take_up(phone: &Phone, opened: &Opened) {
    match &**opened.0 {
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
}

/// The server said who is signed in.
pub(super) fn enter(phone: &Rc<Phone>, caller: Caller, company: Company) {
    let phone = Rc::clone(phone);
    spawn_local(async move {
        if phone.bag().is_none_or(|bag| bag.user != caller.user) {
            open(&phone, &caller).await;
        }
        let Some(bag) = phone.bag() else { return };
        let another = Marker::read().is_some_and(|m| m.user != caller.user);
        let book = bag.book.borrow().is_some();
        Marker { user: caller.user, contact: device::now(), book }.write();
        if another {
            browser::post("user");
        }
        if bag.meet(caller, company).await.is_err() {
            phone.signals.trouble.set(Some(Trouble::NoStorage));
        }
        phone.link.signed_out.set(false);
        phone.look();
        sync::wake(&phone);
    });
}

async fn open(phone: &Phone, caller: &Caller) {
    let before = Marker::read();
    phone.carry(None);
    phone.signals.phase.set(Phase::Opening);
    match Bag::open(caller.user).await {
        Ok(bag) => {
            let lost = before.is_some_and(|m| m.user == caller.user && m.book) && bag.book.borrow().is_none();
            phone.carry(Some(Rc::new(bag)));
            phone.signals.trouble.set(lost.then_some(Trouble::StorageLost));
        }
        Err(_) => {
            phone.signals.phase.set(Phase::Closed);
            phone.signals.trouble.set(Some(Trouble::NoStorage));
        }
    }
}

/// Puts everything of this person down and forgets that they worked here.
pub(super) async fn leave(phone: &Phone) {
    phone.carry(None);
    phone.signals.known.set(None);
    Marker::forget().await;
    browser::post("user");
}

/// The office closed the account: the company's rows leave the device, unsent entries stay for their owner.
pub(super) fn revoke(phone: &Rc<Phone>) {
    let (phone, Some(bag)) = (Rc::clone(phone), phone.bag()) else { return };
    spawn_local(async move {
        phone.signals.trouble.set(Some(Trouble::Revoked));
        leave(&phone).await;
        let pages = bag.shelf.borrow().all();
        // pages that cannot be deleted now are when this person's storage is next opened and refused
        let _ = bag.drop_pages(&pages).await;
    });
}
