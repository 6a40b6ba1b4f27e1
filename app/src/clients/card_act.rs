//! What a press on a card does.

use super::filter::no_position;
use super::list_path;
use crate::act::{act, act_with_undo};
use crate::later::{contact_sheet, plan_sheet};
use crate::notice::notices;
use crate::offline::offline;
use crate::sheets::sheets;
use crate::visits::check_in;
use domain::changes::{Change, EditClient, OfClient};
use domain::clients::{ClientPatch, Stage};
use domain::ids::{ClientId, VisitId};
use domain::visits::ClosePromise;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use web_sys::Element;

/// The press.
pub fn press(verb: &str, pressed: &Element) {
    let word = |name: &str| pressed.get_attribute(name).unwrap_or_default();
    match verb {
        "kept" | "dropped" => {
            if let Ok(id) = word("data-visit").parse() {
                close_promise(id, verb == "kept");
            }
        }
        _ => {
            if let Ok(id) = word("data-client").parse::<ClientId>() {
                press_on(verb, id, pressed);
            }
        }
    }
}

fn press_on(verb: &str, id: ClientId, pressed: &Element) {
    let of = OfClient { id };
    match verb {
        "plan" => {
            let name = pressed.get_attribute("data-name").unwrap_or_default();
            sheets().show(["Plan a visit to ", &name].concat(), Box::pin(plan_sheet(id)));
        }
        "add-contact" => sheets().show("New person", Box::pin(contact_sheet(id, None))),
        "edit-contact" => {
            let contact = pressed.get_attribute("data-contact").and_then(|id| id.parse().ok());
            sheets().show("Edit a person", Box::pin(contact_sheet(id, contact)));
        }
        "locate" => locate(id),
        "convert" => {
            act(Change::ConvertClient(of), "Now a client");
            use_navigate()(&[list_path(Stage::Client), "/", &id.to_string()].concat(), leptos_router::NavigateOptions::default());
        }
        "archive" => act_with_undo(Change::ArchiveClient(of), "Archived", Change::RestoreClient(of)),
        "restore" => act(Change::RestoreClient(of), "Brought back"),
        _ => check_in::press(verb, pressed),
    }
}

fn close_promise(id: VisitId, kept: bool) {
    let said = if kept { "Promise kept" } else { "Promise dropped" };
    act_with_undo(Change::ClosePromise(ClosePromise { id, kept }), said, Change::ClosePromise(ClosePromise { id, kept: !kept }));
}

/// Writes where the device is as the client's location.
fn locate(id: ClientId) {
    let (offline, notices) = (offline(), notices());
    notices.say("Finding your position …");
    spawn_local(async move {
        let words = match offline.position().await {
            Ok(fix) => {
                let fields = ClientPatch { position: Some(Some(fix.position)), ..ClientPatch::default() };
                match offline.submit(Change::EditClient(Box::new(EditClient { id, fields }))).await {
                    Ok(_) => ["Location set, accurate to ", &fix.accuracy_m.to_string(), " m"].concat(),
                    Err(error) => error.words(),
                }
            }
            Err(why) => no_position(why).to_owned(),
        };
        notices.say(words);
    });
}
