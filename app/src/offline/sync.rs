//! When this phone talks to the server: on start, on the network's return, on focus, by timer, after every change; one tab at a time.

use super::bag::Bag;
use super::phone::Phone;
use super::signals::Trouble;
use super::store::Broken;
use super::{browser, pull, push};
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

const IDLE_MS: u32 = 60_000;
const FIRST_RETRY_MS: u32 = 2_000;
/// Another tab or the service worker is at it: look again soon.
const BUSY_MS: u32 = 1_500;

/// Why an exchange stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No answer, or one that says to come back later.
    Unreachable,
    /// The server failed; it can be reached.
    Server,
    /// The session is over.
    SignedOut,
    /// The office closed this account or device.
    Revoked,
    /// Somebody else is signed in.
    OtherUser,
    /// This device's storage failed.
    Storage,
}

impl From<Broken> for Failure {
    fn from(_: Broken) -> Self {
        Self::Storage
    }
}

/// Starts an exchange, or asks for one more when one runs.
pub fn wake(phone: &Rc<Phone>) {
    if phone.link.running.replace(true) {
        phone.link.again.set(true);
        return;
    }
    let phone = Rc::clone(phone);
    spawn_local(async move {
        let mut pause = IDLE_MS;
        loop {
            phone.link.again.set(false);
            if let Some(bag) = phone.bag() {
                pause = run(&phone, &bag).await;
            }
            if !phone.link.again.get() {
                break;
            }
        }
        phone.link.running.set(false);
        browser::alarm(pause);
    });
}

/// One exchange under the lock; gives the pause until the next in milliseconds.
async fn run(phone: &Rc<Phone>, bag: &Rc<Bag>) -> u32 {
    let Some(lock) = browser::lock(&format!("fieldlight-{}", bag.user)).await else { return BUSY_MS };
    let outcome = exchange(phone, bag).await;
    drop(lock);
    // put down meanwhile: the person has left
    if !phone.carries(bag) {
        return IDLE_MS;
    }
    phone.link.sending.set(None);
    let pause = note(phone, bag, outcome);
    phone.publish();
    pause
}

async fn exchange(phone: &Rc<Phone>, bag: &Rc<Bag>) -> Result<(), Failure> {
    if bag.refresh().await? {
        phone.overlay_changed();
    }
    let sent = push::all(phone, bag).await;
    // what was taken in is worth fetching even when the rest could not be sent
    let pulled = match sent {
        Ok(()) | Err(Failure::Server) => pull::all(phone, bag).await,
        Err(_) => Ok(()),
    };
    sent.and(pulled)
}

fn note(phone: &Rc<Phone>, bag: &Rc<Bag>, outcome: Result<(), Failure>) -> u32 {
    let link = &phone.link;
    let reached = !matches!(outcome, Err(Failure::Unreachable | Failure::Storage));
    if reached || outcome == Err(Failure::Unreachable) {
        phone.signals.online.set(reached && browser::online());
    }
    match outcome {
        Ok(()) => {
            link.failures.set(0);
            link.signed_out.set(false);
            let bag = Rc::clone(bag);
            spawn_local(async move {
                let book = bag.book.borrow().is_some();
                bag.mark(book).await;
            });
            return IDLE_MS;
        }
        Err(Failure::SignedOut) => link.signed_out.set(true),
        Err(Failure::OtherUser) => phone.signals.trouble.set(Some(Trouble::OtherUser)),
        Err(Failure::Storage) => phone.signals.trouble.set(Some(Trouble::NoStorage)),
        Err(Failure::Revoked) => super::start::revoke(phone),
        // once per row of failures: the browser answers a registration at once while it believes to be online
        Err(Failure::Unreachable | Failure::Server) if link.failures.get() == 0 => {
            spawn_local(async {
                let _ = browser::flush_later().await;
            });
        }
        Err(Failure::Unreachable | Failure::Server) => {}
    }
    link.failures.set(link.failures.get() + 1);
    backoff(link.failures.get())
}

/// Twice as long after each failure, a minute at most.
fn backoff(failures: u32) -> u32 {
    FIRST_RETRY_MS.saturating_mul(1 << failures.saturating_sub(1).min(10)).min(IDLE_MS)
}

/// The page is out of sight: time to make one page of many.
pub fn tidy(phone: &Rc<Phone>) {
    let (phone, Some(bag)) = (Rc::clone(phone), phone.bag()) else { return };
    spawn_local(async move {
        let Some(_lock) = browser::lock(&format!("fieldlight-{}", bag.user)).await else { return };
        if pull::tidy(&bag).await.is_err() {
            phone.signals.trouble.set(Some(Trouble::NoStorage));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_minute() {
        let waits: Vec<u32> = [1, 2, 3, 5, 6, 50].map(backoff).to_vec();
        assert_eq!(waits, [2_000, 4_000, 8_000, 32_000, 60_000, 60_000]);
    }
}
