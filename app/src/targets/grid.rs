//! The grid of budgets: reps down, months across, an amount in each cell; its totals, and what of it has changed.

use super::api_office::BudgetsAsked;
use domain::Day;
use domain::ids::RepId;
use domain::money::Currency;
use domain::targets::budgets::{Placed, amount, entered, pasted, shown};
use leptos::prelude::*;

/// What stands in a cell and is not saved: whose, the month's first day, as typed.
pub type Typed = (RepId, Day, String);

/// A cell.
#[derive(Clone, Copy)]
pub struct Cell {
    /// As typed.
    pub text: RwSignal<String>,
    /// As it is saved.
    saved: Option<i64>,
}

/// The grid.
#[derive(Clone, Copy)]
pub struct Grid {
    /// Of all amounts.
    pub currency: Currency,
    cells: StoredValue<Vec<Vec<Cell>>>,
    reps: StoredValue<Vec<(RepId, String)>>,
    months: StoredValue<Vec<Day>>,
    /// What of a block from a spreadsheet was not taken, in words that name the cell.
    pub refused: RwSignal<Vec<String>>,
}

impl Grid {
    /// As saved.
    #[must_use]
    pub fn new(asked: &BudgetsAsked) -> Self {
        let known: std::collections::HashMap<(RepId, Day), i64> =
            asked.budgets.iter().map(|(rep, month, minor)| ((*rep, *month), *minor)).collect();
        let cell = |rep: RepId, month: Day| {
            let saved = known.get(&(rep, month)).copied();
            Cell { text: RwSignal::new(saved.map(|minor| shown(minor, asked.currency)).unwrap_or_default()), saved }
        };
        let cells = asked.reps.iter().map(|rep| asked.months.iter().map(|month| cell(rep.id, *month)).collect()).collect();
        Self {
            currency: asked.currency,
            cells: StoredValue::new(cells),
            reps: StoredValue::new(asked.reps.iter().map(|rep| (rep.id, rep.name.clone())).collect()),
            months: StoredValue::new(asked.months.clone()),
            refused: RwSignal::default(),
        }
    }

    /// Rows and columns.
    #[must_use]
    pub fn size(self) -> (usize, usize) {
        (self.reps.with_value(Vec::len), self.months.with_value(Vec::len))
    }

    /// The cell at a place.
    ///
    /// # Panics
    /// Outside the grid.
    #[must_use]
    pub fn cell(self, row: usize, column: usize) -> Cell {
        self.cells.with_value(|cells| cells[row][column])
    }

    /// A rep's name.
    #[must_use]
    pub fn rep(self, row: usize) -> String {
        self.reps.with_value(|reps| reps.get(row).map(|rep| rep.1.clone())).unwrap_or_default()
    }

    /// A month: `Nov 2026`.
    #[must_use]
    pub fn month(self, column: usize) -> String {
        let month = self.months.with_value(|months| months.get(column).copied());
        month.map(|month| month.short(Day(0)).trim_start_matches("1 ").to_owned()).unwrap_or_default()
    }

    /// The cell in words.
    #[must_use]
    pub fn place(self, row: usize, column: usize) -> String {
        match (self.rep(row), self.month(column)) {
            (rep, _) if rep.is_empty() => format!("Row {}", row + 1),
            (rep, month) if month.is_empty() => format!("{rep}, column {}", column + 1),
            (rep, month) => [&rep, ", ", &month].concat(),
        }
    }

    /// What a cell holds now: an amount, nothing, or what is wrong with it.
    pub fn read(self, row: usize, column: usize) -> Result<Option<i64>, String> {
        self.cell(row, column).text.with(|text| amount(text, self.currency))
    }

    /// Writes a cell without separators while somebody writes in it, and gives it as it stands then.
    pub fn open(self, row: usize, column: usize) -> String {
        self.write(row, column, entered)
    }

    /// Writes a cell as amounts are shown.
    pub fn close(self, row: usize, column: usize) {
        // a field that is taken away with the page is left too
        if self.cells.try_with_value(|_| ()).is_some() {
            self.write(row, column, shown);
        }
    }

    /// What holds no amount stays as it was typed.
    fn write(self, row: usize, column: usize, as_words: fn(i64, Currency) -> String) -> String {
        let text = self.cell(row, column).text;
        if let Ok(Some(minor)) = untrack(|| self.read(row, column)) {
            text.set(as_words(minor, self.currency));
        }
        text.get_untracked()
    }

    /// The column a day lies in.
    #[must_use]
    pub fn column(self, day: Day) -> Option<usize> {
        self.months.with_value(|months| months.iter().position(|month| *month == day.month_start()))
    }

    /// Whether a cell differs from what is saved.
    #[must_use]
    pub fn is_changed(self, row: usize, column: usize) -> bool {
        self.read(row, column) != Ok(self.cell(row, column).saved)
    }

    /// The sum of a row; cells that hold no amount do not count.
    #[must_use]
    pub fn of_row(self, row: usize) -> Memo<i64> {
        let columns = self.size().1;
        Memo::new(move |_| (0..columns).filter_map(|column| self.read(row, column).ok().flatten()).sum())
    }

    /// The sum of a column.
    #[must_use]
    pub fn of_column(self, column: usize) -> Memo<i64> {
        let rows = self.size().0;
        Memo::new(move |_| (0..rows).filter_map(|row| self.read(row, column).ok().flatten()).sum())
    }

    fn places(self) -> impl Iterator<Item = (usize, usize)> {
        let (rows, columns) = self.size();
        (0..rows).flat_map(move |row| (0..columns).map(move |column| (row, column)))
    }

    /// How many cells differ from what is saved.
    #[must_use]
    pub fn changed(self) -> usize {
        self.places().filter(|(row, column)| self.is_changed(*row, *column)).count()
    }

    /// What is wrong, cell by cell.
    #[must_use]
    pub fn wrong(self) -> Memo<Vec<String>> {
        let words = move |(row, column): (usize, usize)| {
            let why = self.read(row, column).err()?;
            let text = self.cell(row, column).text.get();
            Some([&self.place(row, column), ": “", &text, "” ", &why, "."].concat())
        };
        Memo::new(move |_| self.places().filter_map(words).collect())
    }

    /// What is to be saved.
    #[must_use]
    pub fn changes(self) -> Vec<(RepId, Day, Option<i64>)> {
        let change = |(row, column): (usize, usize)| {
            let minor = untrack(|| self.read(row, column)).ok()?;
            let (rep, month) = (self.reps.with_value(|reps| reps[row].0), self.months.with_value(|months| months[column]));
            (minor != self.cell(row, column).saved).then_some((rep, month, minor))
        };
        self.places().filter_map(change).collect()
    }

    /// What is typed and not saved, right or wrong.
    #[must_use]
    pub fn typed(self) -> Vec<Typed> {
        let typed = |(row, column): (usize, usize)| {
            let (rep, month) = (self.reps.with_value(|reps| reps[row].0), self.months.with_value(|months| months[column]));
            self.is_changed(row, column).then(|| (rep, month, self.cell(row, column).text.get()))
        };
        self.places().filter_map(typed).collect()
    }

    /// Types what differs into the cells that stand as they are saved; gives how many.
    pub fn type_in(self, typed: Vec<Typed>) -> usize {
        let mut count = 0;
        for (rep, month, text) in typed {
            let row = self.reps.with_value(|reps| reps.iter().position(|(of, _)| *of == rep));
            let column = self.months.with_value(|months| months.iter().position(|of| *of == month));
            let Some((row, column)) = row.zip(column).filter(|(row, column)| untrack(|| !self.is_changed(*row, *column))) else { continue };
            let cell = self.cell(row, column);
            // what was saved meanwhile stays as it is written there
            if amount(&text, self.currency) != Ok(cell.saved) {
                cell.text.set(text);
                count += 1;
            }
        }
        count
    }

    /// As it is saved.
    pub fn reset(self) {
        self.refused.set(Vec::new());
        for (row, column) in self.places() {
            let Cell { text, saved } = self.cell(row, column);
            text.set(saved.map(|minor| shown(minor, self.currency)).unwrap_or_default());
        }
    }

    /// Lays a block from a spreadsheet over the grid, all of it or nothing; gives how many cells it filled.
    pub fn paste(self, block: &str, at: (usize, usize)) -> Option<usize> {
        match pasted(block, at, self.size(), self.currency) {
            Ok(taken) => {
                self.refused.set(Vec::new());
                taken.iter().for_each(|placed| self.put(*placed));
                Some(taken.len())
            }
            Err(refused) => {
                let words = refused.into_iter().map(|r| [&self.place(r.row, r.column), ": ", &r.words, "."].concat());
                self.refused.set(words.collect());
                None
            }
        }
    }

    fn put(self, (row, column, minor): Placed) {
        self.cell(row, column).text.set(minor.map(|minor| shown(minor, self.currency)).unwrap_or_default());
    }
}
