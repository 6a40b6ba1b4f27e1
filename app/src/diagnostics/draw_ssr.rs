//! The page of diagnostics, drawn where its facts are.

use super::PATH;
use crate::ask::Drawn;
use crate::diagnostics_ssr::{Requests, Told};
use crate::imports;
use crate::markup::Markup;
use crate::session::Seen;
use crate::ui::Glyph;
use crate::words::{moment, thousands};
use backend::diagnostics::{Diagnostics, Part, State};
use backend::import::Imported;
use backend::kpis::Proving;
use domain::people::{Caller, Right};

/// The whole page.
pub fn page(shown: &Diagnostics, measured: &Requests, seen: Seen<'_>) -> Drawn {
    let mut m = Markup::default();
    parts(&mut m, &shown.parts);
    facts(&mut m, shown, measured, seen);
    proof(&mut m, shown, seen);
    last_imports(&mut m, &shown.imports, seen);
    requests(&mut m, measured);
    Drawn { title: "Diagnostics".into(), sub: said(&shown.parts), html: m.done() }
}

/// All in a line, with the way to the page for whoever may see it.
pub fn line(parts: &[Part], caller: &Caller) -> String {
    let mut m = Markup::default();
    let worst = parts.iter().map(|part| part.state).fold(State::Up, |worst, state| if rank(state) > rank(worst) { state } else { worst });
    let (kind, glyph, _) = look(worst);
    let may = caller.may(Right::SeeDiagnostics);
    match may {
        true => m.put("<a class=\"state state--{}\" href=\"{}\">", &[kind, PATH]),
        false => m.put("<span class=\"state state--{}\">", &[kind]),
    }
    m.icon(glyph);
    m.put("{}", &[&said(parts)]);
    m.put(if may { "</a>" } else { "</span>" }, &[]);
    m.done()
}

fn rank(state: State) -> u8 {
    match state {
        State::Up | State::Off => 0,
        State::Attention => 1,
        State::Down => 2,
    }
}

fn look(state: State) -> (&'static str, Glyph, &'static str) {
    match state {
        State::Up => ("on", Glyph::Check, "up"),
        State::Attention => ("off", Glyph::Info, "look at it"),
        State::Down => ("down", Glyph::Warn, "down"),
        State::Off => ("opening", Glyph::Close, "off"),
    }
}

fn said(parts: &[Part]) -> String {
    let names = |state: State| {
        let names: Vec<&str> = parts.iter().filter(|part| part.state == state).map(|part| part.name).collect();
        names.join(", ")
    };
    match (names(State::Down), names(State::Attention)) {
        (down, _) if !down.is_empty() => [&down, " down"].concat(),
        (_, look) if !look.is_empty() => [&look, ": look at it"].concat(),
        _ => "All parts up".to_owned(),
    }
}

fn parts(m: &mut Markup, parts: &[Part]) {
    m.section("Parts", "");
    m.put("<ul class=\"parts\" role=\"list\">", &[]);
    for part in parts {
        let (kind, glyph, word) = look(part.state);
        m.put("<li class=\"parts__one card\"><strong>{}</strong><span class=\"state state--{}\">", &[part.name, kind]);
        m.icon(glyph);
        m.put("{}</span><span class=\"parts__words\">{}</span></li>", &[word, &part.words]);
    }
    m.put("</ul></section>", &[]);
}

fn facts(m: &mut Markup, shown: &Diagnostics, measured: &Requests, seen: Seen<'_>) {
    let Diagnostics { engine, pool, days, cube, .. } = shown;
    let days = days.map_or_else(|| "None yet".to_owned(), |(from, to)| [&from.long(seen.today), " to ", &to.long(seen.today)].concat());
    let cube = match cube {
        Some(cube) => {
            let how = if cube.from_disk { "read from disk" } else { "built from the lines" };
            format!(
                "{} lines in {} cells, {:.1} MB, {how} in {} ms, at version {}",
                thousands_of(cube.lines),
                thousands_of(cube.cells),
                cube.bytes as f64 / 1e6,
                thousands_of(cube.took_ms),
                cube.version
            )
        }
        None if shown.may_prove => "Being counted".to_owned(),
        None => "Its size is told to who sees the whole company".to_owned(),
    };
    m.section("Data and program", "");
    m.put("<dl class=\"diagnostics__facts card\">", &[]);
    for (name, words) in [
        ("Sales from", days),
        ("Version of the data", shown.version.to_string()),
        ("Cube", cube),
        ("Database", format!("{} {}, migration {}", engine.name, engine.version, engine.migration)),
        ("Connections", format!("{} open, {} idle, {} at most", pool.open, pool.idle, pool.most)),
        ("Program", format!("Fieldlight {}, running for {}", measured.version, lasting(measured.uptime_s))),
        ("Live updates", format!("{} open streams", measured.live_streams)),
    ] {
        m.put("<div><dt>{}</dt><dd>{}</dd></div>", &[name, &words]);
    }
    m.put("</dl></section>", &[]);
}

fn proof(m: &mut Markup, shown: &Diagnostics, seen: Seen<'_>) {
    m.section("Proof: the figures equal the lines", "");
    m.put("<div class=\"proof card\">", &[]);
    match &shown.proof {
        None => m.put("<p class=\"muted\">It has not been made yet.</p>", &[]),
        Some(Proving::Running { done, of }) => {
            let (done, of) = (done.to_string(), of.to_string());
            m.put(
                "<p role=\"status\">Under way: {} of {} comparisons made</p><progress value=\"{}\" max=\"{}\"></progress>",
                &[&done, &of, &done, &of],
            );
        }
        Some(Proving::Failed { at, why }) => {
            m.put("<p class=\"state state--down\">", &[]);
            m.icon(Glyph::Warn);
            m.put("{}: {}</p>", &[&moment(*at, seen.today, seen.company), why]);
        }
        Some(Proving::Told { at, equal }) => {
            m.put("<p class=\"state state--{}\">", &[if *equal { "on" } else { "down" }]);
            m.icon(if *equal { Glyph::Check } else { Glyph::Warn });
            let found = if *equal { "Equal" } else { "They differ: ask who sees the whole company" };
            m.put("<span>{}, {}</span></p>", &[found, &moment(*at, seen.today, seen.company)]);
        }
        Some(Proving::Done { at, proof }) => {
            let equal = proof.differs.is_empty();
            m.put("<p class=\"state state--{}\">", &[if equal { "on" } else { "down" }]);
            m.icon(if equal { Glyph::Check } else { Glyph::Warn });
            let (lines, groups) = (thousands_of(proof.lines), thousands_of(proof.compared));
            let found = if equal { "Equal".to_owned() } else { format!("{} differences", proof.differs.len()) };
            let at = moment(*at, seen.today, seen.company);
            m.put(
                "<span>{}: {} lines, {} groups compared in {} ms at version {}, {}</span></p>",
                &[&found, &lines, &groups, &thousands_of(proof.took_ms), &proof.version.to_string(), &at],
            );
            m.put("<ul class=\"notes\">", &[]);
            proof.differs.iter().for_each(|words| m.put("<li>{}</li>", &[words]));
            m.put("</ul>", &[]);
        }
    }
    if shown.may_prove && !matches!(shown.proof, Some(Proving::Running { .. })) {
        m.put("<button type=\"button\" class=\"button button--quiet button--small\" data-do=\"prove\">Prove it now</button>", &[]);
    }
    m.put("</div></section>", &[]);
}

fn last_imports(m: &mut Markup, imports: &[Imported], seen: Seen<'_>) {
    m.section("Last imports", "");
    if imports.is_empty() {
        m.put("<p class=\"muted\">Nothing was brought in yet.</p></section>", &[]);
        return;
    }
    table(
        m,
        "Last imports",
        &[("When", false), ("What", false), ("File", false), ("Brought in", true), ("Refused", true), ("Money missing", true)],
    );
    for import in imports {
        let number = |field: &str| import.report[field].as_u64().unwrap_or_default();
        let taken = number("new") + number("changed") + number("unchanged");
        m.put("<tr><td>{}</td><td>{}</td>", &[&moment(import.at, seen.today, seen.company), &import.kind]);
        m.put("<td><a href=\"{}/{}\">{}</a></td>", &[imports::PATH, &import.id.to_string(), &import.file_name]);
        m.put(
            "<td class=\"table__num\">{}</td><td class=\"table__num\">{}</td>",
            &[&thousands_of(taken), &thousands_of(number("rejected"))],
        );
        m.put("<td class=\"table__num\">{}</td></tr>", &[&missing(&import.report["money"])]);
    }
    m.put("</tbody></table></div></section>", &[]);
}

/// What of the file's money is not in the books: what stands in refused rows and what rounding took; nothing where rows hold no money.
fn missing(money: &serde_json::Value) -> String {
    let Some(currency) = money["currency"].as_str() else { return "–".to_owned() };
    let some = |field: &str| money[field].as_str().filter(|amount| amount.chars().any(|c| c.is_ascii_digit() && c != '0'));
    match (some("rejected"), some("rounding")) {
        (None, None) => "none".to_owned(),
        (Some(refused), None) => [currency, " ", refused, " refused"].concat(),
        (None, Some(rounding)) => [currency, " ", rounding, " rounding"].concat(),
        (Some(refused), Some(rounding)) => [currency, " ", refused, " refused, ", rounding, " rounding"].concat(),
    }
}

/// Columns of a span of time.
const HEADS: [&str; 5] = ["p50", "p95", "p99", "Count", "Errors"];

fn requests(m: &mut Markup, measured: &Requests) {
    m.section("Requests", "times to the head of the answer, in milliseconds");
    m.put("<div class=\"table-wrap card\" tabindex=\"0\" role=\"region\" aria-label=\"Requests\"><table class=\"table\"><thead>", &[]);
    m.put("<tr class=\"diagnostics__spans\"><td></td><th scope=\"colgroup\" colspan=\"5\" class=\"diagnostics__apart\">Last five minutes</th>", &[]);
    m.put(
        "<th scope=\"colgroup\" colspan=\"5\" class=\"diagnostics__apart\">Since the start</th></tr><tr><th scope=\"col\">Requests</th>",
        &[],
    );
    for (at, head) in HEADS.iter().chain(&HEADS).enumerate() {
        let apart = if at % HEADS.len() == 0 { " diagnostics__apart" } else { "" };
        m.put("<th scope=\"col\" class=\"table__num{}\">{}</th>", &[apart, head]);
    }
    m.put("</tr></thead><tbody>", &[]);
    for group in &measured.groups {
        m.put("<tr><th scope=\"row\">{}</th>", &[&group.name]);
        told(m, &group.recent);
        told(m, &group.since_start);
        m.put("</tr>", &[]);
    }
    m.put("</tbody></table></div></section>", &[]);
}

fn told(m: &mut Markup, told: &Told) {
    for (us, apart) in [(told.p50_us, " diagnostics__apart"), (told.p95_us, ""), (told.p99_us, "")] {
        m.put("<td class=\"table__num{}\">{}</td>", &[apart, &us.map_or_else(|| "–".to_owned(), milliseconds)]);
    }
    let rate = if told.errors == 0 {
        "0".to_owned()
    } else {
        format!("{} ({:.1} %)", told.errors, told.errors as f64 / told.count as f64 * 100.0)
    };
    m.put("<td class=\"table__num\">{}</td><td class=\"table__num\">{}</td>", &[&thousands_of(told.count), &rate]);
}

fn table(m: &mut Markup, name: &str, columns: &[(&str, bool)]) {
    m.put("<div class=\"table-wrap card\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table class=\"table\"><thead><tr>", &[name]);
    for (column, number) in columns {
        m.put(if *number { "<th scope=\"col\" class=\"table__num\">{}</th>" } else { "<th scope=\"col\">{}</th>" }, &[column]);
    }
    m.put("</tr></thead><tbody>", &[]);
}

fn milliseconds(us: u64) -> String {
    if us < 100_000 { format!("{:.1}", us as f64 / 1e3) } else { thousands_of(us / 1_000) }
}

/// A count in groups of three; more than four billion is written without.
fn thousands_of(n: impl TryInto<u64>) -> String {
    let n = n.try_into().unwrap_or_default();
    u32::try_from(n).map_or_else(|_| n.to_string(), thousands)
}

fn lasting(seconds: u64) -> String {
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    match (days, hours) {
        (0, 0) => format!("{minutes} min"),
        (0, _) => format!("{hours} h {minutes} min"),
        _ => format!("{days} days {hours} h"),
    }
}
