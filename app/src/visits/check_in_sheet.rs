//! What the check-in shows while the position is read, and what it asks where one is missing or far away.

use super::check_in::{CheckingIn, Step};
use crate::clients::row::dotted;
use crate::session::here;
use crate::ui::{Button, Glyph, Icon, Look, TextField};
use domain::geo::{Fix, distance_words};
use domain::text::LINE_MAX;
use leptos::prelude::*;

/// The sheet's content.
#[must_use]
pub fn body(checking: CheckingIn) -> AnyView {
    let step = move || match checking.step.get() {
        Step::Locating => locating(checking),
        Step::Outside(fix, away) => outside(checking, fix, away),
        Step::Nowhere(why) => nowhere(checking, why),
    };
    view! { {step} }.into_any()
}

fn locating(checking: CheckingIn) -> AnyView {
    view! {
        <div class="checkin stack">
            <div class="checkin__fix">
                <Icon glyph=Glyph::Locate />
                <div role="status"><b>"Finding your position"</b>"Ten seconds at most. It is stored with this check-in only."</div>
            </div>
            <Button look=Look::Quiet wide=true on_press=move || checking.check_in(None, String::new())>"Check in without it"</Button>
        </div>
    }
    .into_any()
}

fn nowhere(checking: CheckingIn, why: &'static str) -> AnyView {
    let again = move || {
        if let Some(target) = checking.target.get_untracked() {
            checking.begin(target);
        }
    };
    view! {
        <div class="checkin stack">
            <div class="checkin__fix checkin__fix--none">
                <Icon glyph=Glyph::Warn />
                <div role="status"><b>"No position"</b>{why}</div>
            </div>
            <Button wide=true on_press=move || checking.check_in(None, String::new())>"Check in without it"</Button>
            <Button look=Look::Quiet wide=true glyph=Glyph::Locate on_press=again>"Try again"</Button>
        </div>
    }
    .into_any()
}

/// Reasons one tap away; anything else is typed.
const REASONS: [&str; 4] = ["Met somewhere else", "The client has moved", "The location on record is wrong", "Parked further away"];

fn outside(checking: CheckingIn, fix: Fix, away: u32) -> AnyView {
    let reason = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let radius = checking.target.with_untracked(|target| target.as_ref().map_or(0, |target| target.radius_m));
    let accuracy = ["accurate to ", &fix.accuracy_m.to_string(), " m"].concat();
    let allowed = ["check-in radius ", &distance_words(radius)].concat();
    let go = move || {
        let words = reason.get_untracked();
        if words.trim().is_empty() {
            return error.set(Some("Say why you check in from here.".to_owned()));
        }
        checking.check_in(Some(fix), words);
    };
    let picks = REASONS.map(|words| {
        view! { <Button look=Look::Quiet small=true on_press=move || checking.check_in(Some(fix), words.to_owned())>{words}</Button> }
    });
    let place = here().with_company(|company| company.zone.clock(checking.tapped_at.get_untracked()));
    view! {
        <div class="checkin stack">
            <div class="checkin__fix checkin__fix--out">
                <Icon glyph=Glyph::Pin />
                <div role="status"><b>{[&distance_words(away), " from the client"].concat()}</b>{dotted([Some(accuracy.as_str()), Some(allowed.as_str()), Some(place.as_str())])}</div>
            </div>
            <p>"Why are you checking in from here?"</p>
            <div class="cluster">{picks.into_iter().collect_view()}</div>
            <TextField name="reason" label="Another reason" value=reason error maxlength=LINE_MAX />
            <Button wide=true on_press=go>"Check in with this reason"</Button>
        </div>
    }
    .into_any()
}
