//! Which row of a table names its columns, where a title stands above it.

/// Rows at the beginning that are looked at.
pub const LOOKED_AT: usize = 20;

/// Where the row stands that names the columns below titles: rows of one text, or none. `None` where the first row names them, or nothing can be told.
/// `rows` are those that are not empty, each with its line.
pub fn below_titles<'a, C>(rows: impl Iterator<Item = (u64, C)>) -> Option<u64>
where
    C: IntoIterator<Item = &'a str>,
{
    let mut rows = rows.take(LOOKED_AT).map(|(line, cells)| (line, cells.into_iter().map(str::trim).collect::<Vec<_>>()));
    let mut titles = 0;
    let (line, names) = rows.by_ref().find(|(_, cells)| {
        let title = is_title(cells, titles > 0);
        titles += usize::from(title);
        !title
    })?;
    let below = rows.next()?.1;
    let named = names.iter().filter(|name| !name.is_empty());
    let all_words = named.clone().all(|name| name.chars().any(char::is_alphabetic));
    let table = named.count() > 1 && all_words && (2..=names.len()).contains(&below.len());
    (titles > 0 && table).then_some(line)
}

/// Nothing, one phrase by itself, or one text before cells that are empty. One word by itself may be the name of the only column, unless it is below a title.
fn is_title(cells: &[&str], below: bool) -> bool {
    let filled: Vec<&&str> = cells.iter().filter(|cell| !cell.is_empty()).collect();
    match (filled.as_slice(), cells.len()) {
        ([], _) => true,
        ([text], 1) => below || text.split_whitespace().count() > 1,
        ([_], 2) => false,
        ([_], _) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::below_titles;

    #[test]
    fn the_names_of_columns_are_looked_for_below_titles_only() {
        for (rows, want) in [
            (&["Sales of March", "day;no;sum", "1;2;3"][..], Some(2)),
            (&["Sales of March;;", ";;", "day;no;sum", "1;2;3"], Some(3)),
            (&["Sales of March", "Nakuru", "day;no;sum", "1;2;3"], Some(3)),
            (&["Report;;", "Printed 3 March;;", "day;no;sum", "1;2"], Some(3)),
            (&["day;no;sum", "1;2;3"], None),
            (&["name", "A;B", "C;D"], None),
            (&[";name", "x1;A", "x2;B"], None),
            (&["Sales of March", "1;2;3", "4;5;6"], None),
            (&["Sales of March", "Printed;2026-03-31", "day;no;sum", "1;2;3"], None),
            (&["Sales of March", "day;no;sum"], None),
            (&["New Farm Ltd", "Mutua and Sons"], None),
            (&[], None),
        ] {
            let numbered = (1..).zip(rows.iter().map(|row| row.split(';')));
            assert_eq!(below_titles(numbered), want, "{rows:?}");
        }
    }
}
