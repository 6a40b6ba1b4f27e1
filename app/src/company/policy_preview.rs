//! What a policy would do, in a sentence and a table.

use crate::words::thousands;
use domain::clients::LightCounts;
use domain::lights::{Light, PolicyPreview, hundredths};
use leptos::prelude::*;

/// The preview.
#[must_use]
pub fn told(preview: &PolicyPreview) -> AnyView {
    let clients = lights("Clients", preview.before, preview.after);
    let prospects = (preview.prospects_before.all > 0).then(|| lights("Prospects", preview.prospects_before, preview.prospects_after));
    let visits = preview.visits_before.zip(preview.visits_after).map(|(before, after)| {
        let words = |n: u32| hundredths(n.into());
        row("Visits per rep and day", words(before), words(after), signed(i64::from(after) - i64::from(before), |n| hundredths(*n)))
    });
    let reps = if preview.reps == 1 { "1 rep".to_owned() } else { [&preview.reps.to_string(), " reps"].concat() };
    let about = [
        &thousands(preview.before.all),
        " active clients, whom Today counts, and ",
        &thousands(preview.prospects_before.all),
        " active prospects. Visits: all of these, of ",
        &reps,
        ", ask for one in as many days as their cadence has, shared among the reps’ working days.",
    ]
    .concat();
    view! {
        <section class="preview card card--pad" role="status" aria-label="Preview">
            <p class="preview__words">{preview.words()}</p>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col"><span class="sr">"Figure"</span></th>
                        <th scope="col" class="table__num">"Now"</th>
                        <th scope="col" class="table__num">"Then"</th>
                        <th scope="col" class="table__num">"Change"</th>
                    </tr>
                </thead>
                {clients}
                {prospects}
                <tbody>{visits}</tbody>
            </table>
            <p class="muted small">{about}</p>
        </section>
    }
    .into_any()
}

/// The lights of clients, or of prospects, below their name.
fn lights(who: &'static str, before: LightCounts, after: LightCounts) -> AnyView {
    let rows = Light::ALL.map(|light| {
        let (before, after) = (before.of(light), after.of(light));
        row(light.name(), thousands(before), thousands(after), signed(i64::from(after) - i64::from(before), u64::to_string))
    });
    view! {
        <tbody>
            <tr><th scope="rowgroup" colspan="4">{who}</th></tr>
            {rows.collect_view()}
        </tbody>
    }
    .into_any()
}

fn row(name: &'static str, before: String, after: String, change: String) -> AnyView {
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="table__num">{before}</td>
            <td class="table__num">{after}</td>
            <td class="table__num strong">{change}</td>
        </tr>
    }
    .into_any()
}

fn signed(n: i64, words: impl Fn(&u64) -> String) -> String {
    match n {
        0 => "–".into(),
        n => [if n > 0 { "+" } else { "−" }, &words(&n.unsigned_abs())].concat(),
    }
}
