//! Reports of imports, drawn where they are made: what became of every row, and how the money adds up.

use super::api::{Kept, Run, Wanted};
use super::withdrawn_ssr::taken_back;
use super::{PATH, on_page};
use crate::ask::Drawn;
use crate::markup::Markup;
use crate::problem::Problem;
use crate::session::Seen;
use crate::ui::Glyph;
use crate::words::moment;
use backend::import::report::{counted, headline};
use backend::import::runs::{Asked, Standing};
use backend::import::{Imported, KeptFile, Listed};
use uuid::Uuid;

/// What the page asks for, as the backend takes it.
pub fn asked(wanted: Wanted) -> Result<Asked, Problem> {
    let kept = |file: Kept| KeptFile { sha256: file.sha256, name: file.name };
    let mut files = wanted.files.into_iter().map(kept);
    let file = files.next().ok_or_else(|| Problem::Rejected("Choose a file first.".into()))?;
    Ok(Asked { kind: wanted.kind, file, beside: files.collect(), mapping: Some(wanted.mapping), dry_run: wanted.dry_run })
}

/// A run, with its report drawn once it is done.
pub fn run(id: Uuid, standing: Standing) -> Run {
    match standing {
        Standing::Running(sofar) => Run::Running(sofar.read, sofar.written, sofar.of),
        Standing::Refused(wrong) if wrong.0.iter().any(|r| (r.field.as_str(), r.code.as_str()) == ("replaces", "not_said")) => {
            Run::Unsaid(on_page(&wrong.to_string()))
        }
        Standing::Refused(wrong) => Run::Refused(wrong.to_string()),
        Standing::Failed(reference) => Run::Refused(Problem::Failed(reference).words()),
        Standing::Done(report) => {
            let mut m = Markup::default();
            let json = serde_json::to_value(&*report).unwrap_or_default();
            body(&mut m, &json, (&["runs/", &id.to_string()].concat(), &report.lists()));
            let taken = report.tally.new + report.tally.changed;
            Run::Done(m.done(), taken, report.tally.rejected, report.id)
        }
    }
}

/// Every import, the latest first.
pub fn list(imports: &[Imported], seen: Seen<'_>) -> Drawn {
    let mut m = Markup::default();
    if imports.is_empty() {
        m.empty(Glyph::Download, "Nothing was brought in yet", "Bring in your clients, your products and last year’s sales: CSV or Excel.");
        m.put("<a class=\"button\" href=\"{}/new\">Bring a file in</a></div>", &[PATH]);
    } else {
        m.put(
            "<div class=\"table-wrap card\" tabindex=\"0\" role=\"region\" aria-label=\"Imports\"><table class=\"table table--entries\"><thead><tr><th scope=\"col\">When</th>\
             <th scope=\"col\">What</th><th scope=\"col\">File</th><th scope=\"col\" class=\"table__num\">Rows</th><th scope=\"col\" class=\"table__num\">New</th><th scope=\"col\" class=\"table__num\">Changed</th>\
             <th scope=\"col\" class=\"table__num\">Unchanged</th><th scope=\"col\" class=\"table__num\">Refused</th>\
             <th scope=\"col\" class=\"table__num\">Money</th><th scope=\"col\">State</th></tr></thead><tbody>",
            &[],
        );
        imports.iter().for_each(|import| row(&mut m, import, seen));
        m.put("</tbody></table></div>", &[]);
    }
    let count = match imports.len() {
        1 => "1 import".to_owned(),
        n => format!("{n} imports"),
    };
    Drawn { title: "Imports".into(), sub: count, html: m.done() }
}

fn row(m: &mut Markup, import: &Imported, seen: Seen<'_>) {
    let report = &import.report;
    let number = |field: &str| report[field].as_u64().unwrap_or_default();
    let money = &report["money"];
    let brought = money["broughtIn"].as_str().map(|sum| [money["currency"].as_str().unwrap_or_default(), " ", &grouped(sum)].concat());
    m.put(
        "<tr><td>{}</td><td>{}</td><td class=\"table__lead\"><a href=\"{}/{}\">{}</a></td>",
        &[&moment(import.at, seen.today, seen.company), &import.kind, PATH, &import.id.to_string(), &import.file_name],
    );
    let fields = [("rows", "Rows"), ("new", "New"), ("changed", "Changed"), ("unchanged", "Unchanged"), ("rejected", "Refused")];
    for (field, name) in fields {
        m.put("<td class=\"table__num\" data-name=\"{}\">{}</td>", &[name, &count(number(field))]);
    }
    m.put("<td class=\"table__num\">{}</td><td class=\"table__main\">", &[&brought.unwrap_or_default()]);
    state(m, import);
    m.put("</td></tr>", &[]);
}

fn state(m: &mut Markup, import: &Imported) {
    let (tone, words) = match (import.state.as_str(), import.kind.as_str()) {
        ("published", "sales" | "budgets" | "opportunities") => ("good", "in the figures"),
        ("published", _) => ("good", "brought in"),
        ("withdrawn", _) => ("plain", "taken back"),
        _ => ("info", "under way"),
    };
    m.put("<span class=\"tag tag--{}\">{}</span>", &[tone, words]);
}

/// One import with its report, and the way to the lists that are kept of it.
pub fn one(import: &Imported, lists: &[Listed], seen: Seen<'_>) -> Drawn {
    let mut m = Markup::default();
    m.put("<p class=\"office__lead\">", &[]);
    state(&mut m, import);
    m.put(" {}, {}</p>", &[&moment(import.at, seen.today, seen.company), &["read as ", import.source.as_str()].concat()]);
    let number = |field: &str| import.report[field].as_u64().unwrap_or_default();
    m.put("<p class=\"strong\">{}</p>", &[&headline(number("new"), number("changed"), number("unchanged"))]);
    import.withdrawn.iter().for_each(|done| taken_back(&mut m, done));
    body(&mut m, &import.report, (&import.id.to_string(), lists));
    m.put("<p class=\"muted small\">SHA-256 {}</p>", &[&import.sha256]);
    if import.state == "published" {
        m.put("<button type=\"button\" class=\"button button--danger\" data-do=\"withdraw\">Take this import back</button>", &[]);
    }
    Drawn { title: import.file_name.clone(), sub: import.kind.clone(), html: m.done() }
}

/// The report: counts, money, what was refused, what is worth knowing. Read from JSON, so that reports of earlier versions are shown too.
fn body(m: &mut Markup, report: &serde_json::Value, (place, lists): (&str, &[Listed])) {
    let number = |field: &str| report[field].as_u64().unwrap_or_default();
    m.put("<dl class=\"tally card\">", &[]);
    for (field, words) in [
        ("rows", if number("rows") == 1 { "row in the file" } else { "rows in the file" }),
        ("new", "new"),
        ("changed", "changed"),
        ("unchanged", "unchanged"),
        ("rejected", "refused"),
        ("duplicates", if number("duplicates") == 1 { "duplicate" } else { "duplicates" }),
    ] {
        m.put("<div class=\"tally__one\"><dt>{}</dt><dd>{}</dd></div>", &[words, &count(number(field))]);
    }
    m.put("</dl>", &[]);
    money(m, &report["money"]);
    if report["seenBefore"].as_bool().unwrap_or_default() {
        m.put("<p class=\"muted\">This very file was brought in before.</p>", &[]);
    }
    added(m, report);
    table(
        m,
        ("Refused rows", "the first of them"),
        &report["rejects"],
        &[("line", "Line"), ("column", "Column"), ("value", "What stands there"), ("reason", "What to do")],
    );
    table(m, ("Rows said twice", "the first of them"), &report["repeats"], &[("line", "Line"), ("firstLine", "First on"), ("key", "Id")]);
    super::replaced_ssr::replaced(m, &report["money"]);
    for what in lists {
        let words = match what {
            Listed::Rejects => "All rows not taken in",
            Listed::Replaced => "All that is replaced",
        };
        m.put(
            "<div><a class=\"button button--quiet button--small\" href=\"/api/v1/imports/{}/{}\" rel=\"external\" download=\"{}.csv\">",
            &[place, what.code(), what.code()],
        );
        m.icon(Glyph::Download);
        m.put("{}</a></div>", &[words]);
    }
}

/// File = brought in + unchanged + rejected + rounding, as a sum one can read.
fn money(m: &mut Markup, money: &serde_json::Value) {
    let Some(currency) = money["currency"].as_str() else { return };
    m.section("The money adds up", currency);
    m.put("<dl class=\"sum card\">", &[]);
    for (field, words, sign) in [
        ("broughtIn", "brought in", ""),
        ("unchanged", "there already, unchanged", "+"),
        ("rejected", "in refused rows", "+"),
        ("rounding", "lost or won by rounding each line", "+"),
        ("file", "in the file, added up from its cells", "="),
    ] {
        let (sign, amount) = added_up(sign, grouped(money[field].as_str().unwrap_or("0")));
        m.put("<div class=\"sum__row\"><dt>{}</dt><dd><span class=\"sum__sign\">{}</span>{}</dd></div>", &[words, sign, &amount]);
    }
    m.put("</dl>", &[]);
    let number = |field: &str| money[field].as_u64().unwrap_or_default();
    let replace = if number("replaced") == 1 { "replaces" } else { "replace" };
    let mut notes =
        vec![format!("Documents or days: {}; {} of them {replace} what was known.", count(number("parts")), count(number("replaced")))];
    if let (lines @ 1.., Some(net)) = (number("replacedLines"), money["replacedNet"].as_str()) {
        notes.push(format!("This replaces {} that came to {currency} {}.", grouped_of(lines, "line"), grouped(net)));
    }
    if number("repeated") > 0 {
        let say = if number("repeated") == 1 { "says" } else { "say" };
        notes.push(format!("{} {say} the same as an earlier one: each counts.", grouped_of(number("repeated"), "row")));
    }
    if number("unreadable") > 0 {
        let have = if number("unreadable") == 1 { "has" } else { "have" };
        notes.push(format!("{} {have} an amount that cannot be read: no total holds it.", grouped_of(number("unreadable"), "refused row")));
    }
    m.put("<p class=\"muted small\">{}</p></section>", &[&notes.join(" ")]);
}

/// What is added below zero is taken off: one sign, not two.
fn added_up(sign: &str, amount: String) -> (&str, String) {
    match amount.strip_prefix('−') {
        Some(rest) if sign == "+" => ("−", rest.to_owned()),
        _ => (sign, amount),
    }
}

fn added(m: &mut Markup, report: &serde_json::Value) {
    let texts = |field: &str| -> Vec<&str> { report[field].as_array().into_iter().flatten().filter_map(|text| text.as_str()).collect() };
    let mut lines: Vec<String> = Vec::new();
    for warning in report["warnings"].as_array().into_iter().flatten() {
        let rows = warning["rows"].as_u64().unwrap_or_default();
        lines.push(format!("{} {}", grouped_of(rows, "row"), warning["message"].as_str().unwrap_or_default()));
    }
    let others: Vec<&str> = report["sheet"]["others"].as_array().into_iter().flatten().filter_map(|text| text.as_str()).collect();
    if let (Some(name), false) = (report["sheet"]["name"].as_str(), others.is_empty()) {
        lines.push(format!("Of the workbook only sheet “{name}” was read, not “{}”", others.join("”, “")));
    }
    let (reps, unused) = (texts("repsAdded"), texts("unusedColumns"));
    if !reps.is_empty() {
        lines.push(format!("Reps added: {}", reps.join(", ")));
    }
    for (field, what) in [("clientsAdded", "client"), ("productsAdded", "product")] {
        if let Some(n) = report[field].as_u64().filter(|n| *n > 0) {
            lines.push(format!("{} added with them", grouped_of(n, what)));
        }
    }
    if !unused.is_empty() {
        lines.push(format!("Columns not used: {}", unused.join(", ")));
    }
    if !lines.is_empty() {
        m.put("<ul class=\"notes\">", &[]);
        lines.iter().for_each(|line| m.put("<li>{}</li>", &[line]));
        m.put("</ul>", &[]);
    }
}

/// A table of rows of a report, if there are any.
pub fn table(m: &mut Markup, (title, aside): (&str, &str), rows: &serde_json::Value, columns: &[(&str, &str)]) {
    let Some(rows) = rows.as_array().filter(|rows| !rows.is_empty()) else { return };
    m.section(title, aside);
    m.put(
        "<div class=\"table-wrap card\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table class=\"table table--words\"><thead><tr>",
        &[title],
    );
    columns.iter().for_each(|(_, name)| m.put("<th scope=\"col\">{}</th>", &[name]));
    m.put("</tr></thead><tbody>", &[]);
    for row in rows {
        m.put("<tr>", &[]);
        for (field, _) in columns {
            let cell = &row[*field];
            let text = cell.as_str().map_or_else(|| cell.as_u64().map(count).unwrap_or_default(), on_page);
            m.put("<td>{}</td>", &[&text]);
        }
        m.put("</tr>", &[]);
    }
    m.put("</tbody></table></div></section>", &[]);
}

/// `1 row`, `2,014 rows`.
pub fn grouped_of(n: u64, one: &str) -> String {
    if n == 1 { counted(n, one) } else { format!("{} {one}s", count(n)) }
}

/// `2,014`.
pub fn count(n: u64) -> String {
    grouped(&n.to_string())
}

/// `1234567.5` as `1,234,567.5`.
pub fn grouped(number: &str) -> String {
    let (sign, rest) = number.strip_prefix('-').map_or(("", number), |rest| ("−", rest));
    let (whole, part) = rest.split_once('.').map_or((rest, None), |(whole, part)| (whole, Some(part)));
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(part) = part {
        out.push('.');
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{added_up, grouped};

    #[test]
    fn an_amount_below_zero_has_one_sign() {
        let row = |sign, amount: &str| {
            let (sign, amount) = added_up(sign, grouped(amount));
            [sign, &amount].concat()
        };
        assert_eq!([row("+", "-100.00"), row("+", "1200"), row("", "-5"), row("=", "-95.00")], ["−100.00", "+1,200", "−5", "=−95.00"]);
    }

    #[test]
    fn amounts_are_read_in_groups_of_three() {
        assert_eq!(["0", "1234", "-1234567.934", "999"].map(grouped), ["0", "1,234", "−1,234,567.934", "999"]);
    }
}
