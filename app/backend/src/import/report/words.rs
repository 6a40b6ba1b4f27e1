//! A report in words, for the command line.

use super::{Money, Report, counted};

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let t = &self.tally;
        let done = if self.dry_run { " (dry run, nothing written)" } else { "" };
        let form = self.sheet.as_ref().map_or_else(|| self.encoding.clone(), ToString::to_string);
        let names = self.header_row.map(|line| format!(", columns named in line {line}")).unwrap_or_default();
        writeln!(f, "{} from {} ({}, {form}{names}): {}{done}", self.kind.title(), self.file_name, self.source, t.headline())?;
        let (rows, twice) = (if t.rows == 1 { "row" } else { "rows" }, if t.duplicates == 1 { "duplicate" } else { "duplicates" });
        writeln!(f, "  {:>9} {rows} in the file", t.rows)?;
        let counts = [(t.new, "new"), (t.changed, "changed"), (t.unchanged, "unchanged"), (t.rejected, "rejected"), (t.duplicates, twice)];
        for (count, word) in counts {
            writeln!(f, "  {count:>9} {word}")?;
        }
        if self.seen_before {
            writeln!(f, "This very file was brought in before.")?;
        }
        if let Some(money) = &self.money {
            money.fmt(f)?;
        }
        self.details(f)?;
        let end = match (self.dry_run, self.id) {
            (true, _) => "Nothing was written.",
            (false, None) => "There was nothing to write.",
            (false, Some(_)) => "Counted again in the database: it adds up.",
        };
        writeln!(f, "SHA-256 {}. {end}", self.sha256)
    }
}

impl std::fmt::Display for Money {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { currency, file, brought_in, unchanged, rejected, rounding, .. } = self;
        writeln!(
            f,
            "Money: {currency} {file} in the file = {brought_in} brought in + {unchanged} unchanged + {rejected} rejected + {rounding} rounding"
        )?;
        let (parts, replace) = (
            if self.parts == 1 { "document or day" } else { "documents or days" },
            if self.replaced == 1 { "replaces" } else { "replace" },
        );
        writeln!(f, "  {:>9} {parts}, {} of them {replace} what was known", self.parts, self.replaced)?;
        if self.replaced_lines > 0 {
            let (lines, are) = if self.replaced_lines == 1 { ("line", "is") } else { ("lines", "are") };
            writeln!(f, "  {:>9} {lines} that came to {currency} {} {are} replaced", self.replaced_lines, self.replaced_net)?;
        }
        if self.repeated > 0 {
            let say = if self.repeated == 1 { "row says" } else { "rows say" };
            writeln!(f, "  {:>9} {say} the same as an earlier one: each counts", self.repeated)?;
        }
        if self.unreadable > 0 {
            let have = if self.unreadable == 1 { "row has" } else { "rows have" };
            writeln!(f, "  {:>9} rejected {have} an amount that cannot be read: no total holds it", self.unreadable)?;
        }
        Ok(())
    }
}

impl Money {
    /// What is replaced, the first of it.
    fn replaced(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for part in &self.replaced_parts {
            let (lines, now) = (counted(part.lines_before, "line"), counted(part.lines_now, "line"));
            let (before, after, currency) = (&part.net_before, &part.net_now, &self.currency);
            match &part.document {
                Some(number) => {
                    let (from, to) = (part.day_before, part.day_now);
                    writeln!(
                        f,
                        "Replaced: document {number} of {from}, {lines}, {currency} {before}: now of {to}, {now}, {currency} {after}"
                    )?;
                }
                None => writeln!(f, "Replaced: day {}, {lines}, {currency} {before}: now {now}, {currency} {after}", part.day_before)?,
            }
        }
        let left = self.replaced.saturating_sub(self.replaced_parts.len() as u64);
        if left > 0 { writeln!(f, "… and {left} more replaced: see the file of what is replaced") } else { Ok(()) }
    }
}

impl Report {
    fn details(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let t = &self.tally;
        for w in &t.warnings {
            let lines: Vec<String> = w.lines.iter().map(ToString::to_string).collect();
            let more = if w.rows > w.lines.len() as u64 { ", …" } else { "" };
            let word = if w.rows == 1 { "line" } else { "lines" };
            let places = if lines.is_empty() { String::new() } else { format!(" ({word} {}{more})", lines.join(", ")) };
            writeln!(f, "Note: {} {}{places}", counted(w.rows, "row"), w.message)?;
        }
        if !self.reps_added.is_empty() {
            writeln!(f, "Reps added: {}", self.reps_added.join(", "))?;
        }
        if self.clients_added + self.products_added > 0 {
            let (clients, products) = (counted(self.clients_added, "client"), counted(self.products_added, "product"));
            writeln!(f, "Added with them: {clients}, {products}")?;
        }
        if !self.unused_columns.is_empty() {
            writeln!(f, "Columns not used: {}", self.unused_columns.join(", "))?;
        }
        if let Some(money) = &self.money {
            money.replaced(f)?;
        }
        for r in &t.rejects {
            let column = if r.column.is_empty() { String::new() } else { format!("{} = ", r.column) };
            writeln!(f, "Rejected: line {}, {column}“{}”: {}", r.line, r.value, r.reason)?;
        }
        more(f, t.rejected, t.rejects.iter().map(|r| r.line), "rejected")?;
        for r in &t.repeats {
            let how = if r.identical { "the same in every column" } else { "other columns differ, the first was kept" };
            writeln!(f, "Duplicate: line {} repeats line {} ({}): {how}", r.line, r.first_line, r.key)?;
        }
        more(f, t.duplicates, t.repeats.iter().map(|r| r.line), "repeated")
    }
}

fn more(f: &mut std::fmt::Formatter<'_>, all: u64, shown: impl Iterator<Item = u64>, word: &str) -> std::fmt::Result {
    let mut lines: Vec<u64> = shown.collect();
    lines.dedup();
    let left = all.saturating_sub(lines.len() as u64);
    if left > 0 { writeln!(f, "… and {} {word}: see the file of rejects", counted(left, "more row")) } else { Ok(()) }
}
