//! Packed pages: rows as columns, coded so that a transport compressor finds little left to do and a phone reads them without parsing.
//!
//! A page is `FLB` + schema number, a JSON head, then the columns of clients, contacts, visits and purchases. What a finished visit keeps only for the server
//! (positions, the address at check-in, ids of other systems) is not packed: a phone shows distances, not places it has been.

mod bought;
mod clients;
pub(crate) mod column;
mod contacts;
mod refs;
pub(crate) mod visits;

use crate::bought::BoughtBy;
use crate::company::Company;
use crate::people::Caller;
use crate::sync::{Gone, PullPage};
use crate::targets::Facts;
use column::{Reader, Writer};
use serde::{Deserialize, Serialize};
pub(crate) use visits::VisitColumns;

const MAGIC: &[u8; 4] = b"FLB\x01";

/// Why a page cannot be read: cut off, damaged, or of a later schema. The Book is then pulled anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the stored page is damaged or of a later version")
    }
}

impl std::error::Error for Unreadable {}

/// Everything of a page but its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PageHead {
    /// As [`PullPage::cursor`].
    pub cursor: String,
    /// As [`PullPage::more`].
    pub more: bool,
    /// As [`PullPage::head`].
    pub head: i64,
    /// As [`PullPage::fresh`].
    pub fresh: bool,
    /// As [`PullPage::company`].
    pub company: Option<Company>,
    /// As [`PullPage::caller`].
    pub caller: Option<Caller>,
    /// As [`PullPage::gone`].
    pub gone: Vec<Gone>,
    /// As [`PullPage::facts`], written as [`Facts::numbers`].
    #[serde(default)]
    pub facts: Option<Vec<i64>>,
}

/// A page opened for reading: clients and contacts as rows, visits still as columns.
#[derive(Debug)]
pub(crate) struct Opened {
    pub head: PageHead,
    pub clients: Vec<crate::clients::Client>,
    pub contacts: Vec<crate::contacts::Contact>,
    pub visits: VisitColumns,
    pub bought: Vec<BoughtBy>,
}

/// Packs a page.
#[must_use]
pub fn encode_page(page: &PullPage) -> Vec<u8> {
    let head = PageHead {
        cursor: page.cursor.clone(),
        more: page.more,
        head: page.head,
        fresh: page.fresh,
        company: page.company.clone(),
        caller: page.caller.clone(),
        gone: page.gone.clone(),
        facts: page.facts.as_ref().map(Facts::numbers),
    };
    let mut w = Writer::default();
    w.raw(MAGIC);
    w.bytes(&serde_json::to_vec(&head).expect("plain data"));
    clients::write(&mut w, &page.clients);
    contacts::write(&mut w, &page.contacts, &page.clients);
    visits::write(&mut w, &page.visits, &page.clients);
    bought::write(&mut w, &page.bought, &page.clients);
    w.into_bytes()
}

/// Reads a page into rows again; what [`encode_page`] leaves out is absent.
///
/// # Errors
/// When it is not a whole page of a known schema.
pub fn decode_page(bytes: &[u8]) -> Result<PullPage, Unreadable> {
    let opened = open(bytes)?;
    let visits = (0..opened.visits.len()).map(|row| opened.visits.row(row)).collect();
    let PageHead { cursor, more, head, fresh, company, caller, gone, facts } = opened.head;
    Ok(PullPage {
        cursor,
        more,
        head,
        fresh,
        company,
        caller,
        clients: opened.clients,
        contacts: opened.contacts,
        visits,
        bought: opened.bought,
        gone,
        facts: facts.and_then(|f| Facts::of_numbers(&f)),
    })
}

/// The head alone, without touching the rows.
///
/// # Errors
/// As [`decode_page`].
pub fn page_head(bytes: &[u8]) -> Result<PageHead, Unreadable> {
    let mut r = Reader::new(bytes);
    head(&mut r)
}

pub(crate) fn open(bytes: &[u8]) -> Result<Opened, Unreadable> {
    let mut r = Reader::new(bytes);
    let head = head(&mut r)?;
    let clients = clients::read(&mut r)?;
    let contacts = contacts::read(&mut r, &clients)?;
    let visits = visits::read(&mut r, &clients)?;
    // pages of a time when a Book held no purchases end here
    let bought = if r.is_done() { vec![] } else { bought::read(&mut r, &clients)? };
    Ok(Opened { head, clients, contacts, visits, bought })
}

fn head(r: &mut Reader<'_>) -> Result<PageHead, Unreadable> {
    if r.raw(MAGIC.len())? != MAGIC {
        return Err(Unreadable);
    }
    serde_json::from_slice(r.bytes()?).map_err(|_| Unreadable)
}

#[cfg(test)]
mod tests;
