//! Where the next page of a list begins: opaque to the caller, a row count or the last row's version and id to us.

use backend::sync::Since;
use domain::{Instant, Rejections};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Most rows of one page.
const LIMIT_MAX: u32 = 500;
/// Rows of a page where the caller does not say.
const LIMIT: u32 = 50;

/// Which page of a list.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Page {
    /// `nextCursor` of the page before.
    cursor: Option<String>,
    limit: Option<u32>,
    /// Only what changed at or after this instant, as full records in the order they changed.
    pub updated_since: Option<Instant>,
}

/// One page of a list as it is sent.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Items<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Ask with this for the next page; null at the end.
    pub next_cursor: Option<String>,
}

impl Page {
    /// Rows wanted.
    pub fn limit(&self) -> Result<u32, Rejections> {
        let limit = self.limit.unwrap_or(LIMIT);
        let words = || Rejections::one("limit", "out_of_range", format!("Rows of a page: write 1 to {LIMIT_MAX}."));
        (1..=LIMIT_MAX).contains(&limit).then_some(limit).ok_or_else(words)
    }

    /// Rows to skip in an ordered list.
    pub fn offset(&self) -> Result<u32, Rejections> {
        let Some(cursor) = &self.cursor else { return Ok(0) };
        cursor.strip_prefix('o').and_then(|n| n.parse().ok()).ok_or_else(stale)
    }

    /// The page in the order of changes.
    pub fn since(&self) -> Result<Since, Rejections> {
        Ok(Since { updated_since: self.updated_since, after: self.after()?, limit: self.limit()? })
    }

    /// The cursor as it came, for lists with a place of their own.
    pub fn opaque(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    fn after(&self) -> Result<Option<(i64, Uuid)>, Rejections> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        let row = cursor.strip_prefix('v').and_then(|row| row.split_once('-'));
        let row = row.and_then(|(version, id)| Some((version.parse().ok()?, id.parse().ok()?)));
        row.map(Some).ok_or_else(stale)
    }
}

impl<T> Items<T> {
    /// All there are.
    pub fn all(items: Vec<T>) -> Self {
        Self { items, next_cursor: None }
    }

    /// A page of an ordered list: the next one begins after its last row while rows are left.
    pub fn ordered(items: Vec<T>, offset: u32, total: u32) -> Self {
        let end = offset.saturating_add(u32::try_from(items.len()).unwrap_or(u32::MAX));
        let next_cursor = (end < total && !items.is_empty()).then(|| format!("o{end}"));
        Self { items, next_cursor }
    }

    /// A page in the order of changes: a full page may have another behind it.
    pub fn changed(items: Vec<T>, limit: u32, key: impl Fn(&T) -> (i64, Uuid)) -> Self {
        let full = items.len() >= limit as usize;
        let last = items.last().filter(|_| full).map(key);
        Self { next_cursor: last.map(|(version, id)| format!("v{version}-{}", id.simple())), items }
    }
}

/// A cursor that is not of this list.
pub fn stale() -> Rejections {
    Rejections::one("cursor", "invalid", "Write the nextCursor of the page before, of the same list.")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn page(cursor: &str) -> Page {
        Page { cursor: Some(cursor.into()), ..Page::default() }
    }

    #[test]
    fn a_cursor_leads_to_the_row_after_the_last() {
        let id = Uuid::from_u128(5);
        let next = Items::changed(vec![(7_i64, id)], 1, |row| *row).next_cursor.unwrap();
        assert_eq!(page(&next).after().unwrap(), Some((7, id)));
        let next = Items::ordered(vec![1, 2], 4, 9).next_cursor.unwrap();
        assert_eq!(page(&next).offset().unwrap(), 6);
        assert_eq!(Items::ordered(vec![1], 8, 9).next_cursor, None);
        assert_eq!(Items::changed(vec![(7_i64, id)], 2, |row| *row).next_cursor, None);
    }

    #[test]
    fn another_lists_cursor_and_a_page_too_large_are_refused() {
        assert!(page("o5").after().is_err());
        assert!(page("v1-zz").after().is_err());
        assert!(page("v1-2").offset().is_err());
        for (limit, good) in [(None, true), (Some(0), false), (Some(1), true), (Some(500), true), (Some(501), false)] {
            assert_eq!(Page { limit, ..Page::default() }.limit().is_ok(), good, "{limit:?}");
        }
    }
}
