//! Fetching what changed into the Book: pages are stored as they come, a Book that starts over replaces the old one only when it is whole.

use super::bag::Bag;
use super::browser;
use super::phone::Phone;
use super::push::refusal;
use super::store::{Batch, In};
use super::sync::Failure;
use super::team;
use domain::book::Book;
use domain::pack::{PageHead, encode_page, page_head};
use domain::sync::PullPage;
use std::rc::Rc;

const BOOK: &str = "application/vnd.fieldlight.book";
/// Stored pages after which one is made of all.
const PAGES_MAX: usize = 40;

/// Pulls until nothing more is ready, then lets go of entries whose rows are back.
pub async fn all(phone: &Rc<Phone>, bag: &Rc<Bag>) -> Result<(), Failure> {
    if !bag.has_book() {
        // no rows come to people without a Book: an acknowledged entry is done
        team::ask(phone, bag).await?;
        return settle(phone, bag, i64::MAX).await;
    }
    loop {
        let Some(page) = ask(bag).await? else { return close(phone, bag).await };
        let head = page_head(&page).map_err(|_| Failure::Unreachable)?;
        if head.caller.as_ref().is_some_and(|caller| caller.user != bag.user) {
            return Err(Failure::OtherUser);
        }
        let (more, version) = (head.more, head.head);
        if take(bag, head, &page).await? {
            phone.rows_changed();
            browser::post("changed");
        }
        if !more {
            return settle(phone, bag, version).await;
        }
    }
}

/// The next page; none for somebody who works without a Book.
async fn ask(bag: &Bag) -> Result<Option<Vec<u8>>, Failure> {
    let cursor = String::from(js_sys::encode_uri_component(&bag.cursor.borrow()));
    let cursor = if cursor.is_empty() { cursor } else { format!("&cursor={cursor}") };
    let url = format!("/api/v1/sync/pull?device={}{cursor}", bag.device());
    let answer = browser::get(&url, BOOK).await.ok_or(Failure::Unreachable)?;
    match answer.status {
        200 => Ok(Some(answer.body)),
        403 => Ok(None),
        _ => Err(refusal(&answer)),
    }
}

/// This person has no Book any more: its rows leave the device, the outbox stays.
async fn close(phone: &Phone, bag: &Bag) -> Result<(), Failure> {
    let pages = bag.shelf.borrow().all();
    bag.drop_pages(&pages).await?;
    bag.load_book().await?;
    phone.rows_changed();
    settle(phone, bag, i64::MAX).await
}

/// Stores a page and takes it into the Book; whether the screens have something new.
async fn take(bag: &Bag, head: PageHead, page: &[u8]) -> Result<bool, Failure> {
    let staging = head.fresh || !bag.shelf.borrow().staged().is_empty();
    if !staging && no_news(bag, &head, page) {
        *bag.cursor.borrow_mut() = head.cursor;
        return Ok(false);
    }
    let mut batch = Batch::new();
    if head.fresh {
        for key in bag.shelf.borrow_mut().restage() {
            batch.delete(In::Pages, key);
        }
    }
    let key = if staging { bag.shelf.borrow().next_staged() } else { bag.shelf.borrow().next_live() };
    batch.put_page(key, page);
    bag.store.write_relaxed(batch).await?;
    bag.shelf.borrow_mut().stored(key);
    *bag.cursor.borrow_mut() = head.cursor;
    match (staging, head.more) {
        (true, true) => Ok(false),
        (true, false) => replace(bag).await,
        (false, _) => absorb(bag, page).await,
    }
}

/// A page that ends a pull and brings nothing: it is not worth storing.
fn no_news(bag: &Bag, head: &PageHead, page: &[u8]) -> bool {
    let Some(book) = bag.book.borrow().clone() else { return false };
    let book = book.borrow();
    let same = head.company.as_ref().is_none_or(|c| c == book.company()) && head.caller.as_ref().is_none_or(|c| c == book.caller());
    if !same || head.more || !book.whole() || !head.gone.is_empty() || head.facts.is_some() {
        return false;
    }
    let PageHead { cursor, more, head, fresh, company, caller, gone, .. } = head.clone();
    let empty = PullPage {
        cursor,
        more,
        head,
        fresh,
        company,
        caller,
        clients: vec![],
        contacts: vec![],
        visits: vec![],
        bought: vec![],
        gone,
        facts: None,
    };
    encode_page(&empty) == page
}

async fn absorb(bag: &Bag, page: &[u8]) -> Result<bool, Failure> {
    let Some(book) = bag.book.borrow().clone() else { return Ok(false) };
    let absorbed = book.borrow_mut().absorb(page);
    bag.lay_over();
    match absorbed {
        Ok(_) => Ok(true),
        Err(_) => start_over(bag).await,
    }
}

/// The next generation is whole: it becomes the Book, and the pages before it go, in one transaction.
async fn replace(bag: &Bag) -> Result<bool, Failure> {
    let first = bag.shelf.borrow().staged().first().copied().unwrap_or_default();
    let pages = bag.store.pages(Some(first - 1.0)).await?;
    let Ok(Some(book)) = Book::open(pages.iter().map(|(_, bytes)| bytes.as_slice())) else { return start_over(bag).await };
    let mut batch = Batch::new();
    for key in bag.shelf.borrow_mut().promote() {
        batch.delete(In::Pages, key);
    }
    bag.put_about(&mut batch, book.company());
    bag.store.write(batch).await?;
    bag.place(Some(book));
    browser::persist();
    Ok(true)
}

/// Something stored or sent cannot be read: asks for everything next time, while the old Book stays open.
async fn start_over(bag: &Bag) -> Result<bool, Failure> {
    let useless = bag.shelf.borrow_mut().restage();
    bag.drop_pages(&useless).await?;
    bag.cursor.borrow_mut().clear();
    Err(Failure::Server)
}

async fn settle(phone: &Phone, bag: &Bag, head: i64) -> Result<(), Failure> {
    let gone = bag.outbox.borrow_mut().settle(head);
    if gone.is_empty() {
        return Ok(());
    }
    let mut batch = Batch::new();
    for id in gone {
        batch.delete(In::Outbox, id.to_string());
    }
    bag.store.write(batch).await?;
    bag.lay_over();
    phone.rows_changed();
    browser::post("changed");
    Ok(())
}

/// Makes one page of many.
pub async fn tidy(bag: &Bag) -> Result<(), Failure> {
    let Some(book) = bag.book.borrow().clone() else { return Ok(()) };
    {
        let shelf = bag.shelf.borrow();
        if shelf.live().len() <= PAGES_MAX || !shelf.staged().is_empty() {
            return Ok(());
        }
    }
    let page = book.borrow_mut().repack();
    bag.lay_over();
    let mut batch = Batch::new();
    let key = bag.shelf.borrow().next_staged();
    batch.put_page(key, &page);
    bag.shelf.borrow_mut().stored(key);
    for key in bag.shelf.borrow_mut().promote() {
        batch.delete(In::Pages, key);
    }
    bag.put_about(&mut batch, book.borrow().company());
    Ok(bag.store.write_relaxed(batch).await?)
}
