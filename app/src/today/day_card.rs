//! The day's sum: what was made on this phone and what the server has acknowledged of it.

use crate::markup::Markup;
use crate::offline::DaySummary;

/// The card; nothing before the first entry of the day.
pub fn put(m: &mut Markup, summary: &DaySummary) {
    if summary.made == 0 {
        return;
    }
    m.section("Your day", "");
    m.put(
        "<div class=\"day-card card\"><div class=\"day-card__row day-card__row--head\"><span></span>\
         <span class=\"day-card__made\">made</span><span class=\"day-card__sent\">on server</span></div>",
        &[],
    );
    for line in &summary.lines {
        let class = if line.on_server < line.made { "day-card__sent day-card__sent--short" } else { "day-card__sent" };
        m.put(
            "<div class=\"day-card__row\"><span>{}</span><span class=\"day-card__made\">{}</span><span class=\"{}\">{}</span></div>",
            &[&line.what, &line.made.to_string(), class, &line.on_server.to_string()],
        );
    }
    m.put("<p class=\"muted small\">{}</p></div></section>", &[&words(summary)]);
}

fn words(summary: &DaySummary) -> String {
    match (summary.made.saturating_sub(summary.on_server), summary.attention) {
        (0, 0) => "Everything made today is on the server.".to_owned(),
        (missing, 0) => [&missing.to_string(), " still on this phone, sent as soon as there is a network."].concat(),
        (_, attention) => [&attention.to_string(), " need attention: open the mark above."].concat(),
    }
}
