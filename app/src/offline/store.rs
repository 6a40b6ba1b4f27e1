//! The database of one user on this device: named records in four object stores, written in batches.

use super::browser;
use domain::ids::UserId;
use js_sys::{Array, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

/// The name of the database's record of itself.
pub const ABOUT: &str = "about";

/// The browser's storage failed: full, taken away, or not to be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken;

impl From<JsValue> for Broken {
    fn from(_: JsValue) -> Self {
        Self
    }
}

/// An object store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum In {
    /// Single records by name.
    Meta,
    /// Packed pages of the Book by number.
    Pages,
    /// Entries by id, as JSON.
    Outbox,
    /// What the server acknowledged, by entry id, as JSON.
    Receipts,
}

impl In {
    const fn name(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Pages => "pages",
            Self::Outbox => "outbox",
            Self::Receipts => "receipts",
        }
    }
}

/// Writes that happen together or not at all.
#[derive(Debug)]
pub struct Batch(Array);

impl Batch {
    /// An empty one.
    pub fn new() -> Self {
        Self(Array::new())
    }

    /// Puts a value as JSON.
    pub fn put<T: Serialize>(&mut self, at: In, key: &str, value: &T) {
        let json = serde_json::to_string(value).expect("plain data");
        self.add(at, key.into(), json.into());
    }

    /// Puts a packed page.
    pub fn put_page(&mut self, key: f64, bytes: &[u8]) {
        self.add(In::Pages, key.into(), Uint8Array::from(bytes).into());
    }

    /// Puts the highest number ever given to an entry.
    pub fn put_seq(&mut self, seq: u64) {
        self.add(In::Meta, "seq".into(), (seq as f64).into());
    }

    /// Deletes a record.
    pub fn delete(&mut self, at: In, key: impl Into<JsValue>) {
        self.add(at, key.into(), JsValue::UNDEFINED);
    }

    fn add(&mut self, at: In, key: JsValue, value: JsValue) {
        self.0.push(&Array::of3(&at.name().into(), &key, &value));
    }
}

/// The open database.
#[derive(Debug)]
pub struct Store(JsValue);

impl Store {
    /// Opens the database of a user, making it when there is none.
    pub async fn open(user: UserId) -> Result<Self, Broken> {
        Ok(Self(browser::open(&format!("fieldlight-{user}")).await?))
    }

    /// Every readable record of a store.
    pub async fn all<T: DeserializeOwned>(&self, at: In) -> Result<Vec<T>, Broken> {
        let (_, values) = self.read(at, None).await?;
        Ok(values.iter().filter_map(|v| serde_json::from_slice(v.as_string()?.as_bytes()).ok()).collect())
    }

    /// The database's record of itself, and the highest number ever given to an entry.
    pub async fn meta<T: DeserializeOwned>(&self) -> Result<(Option<T>, u64), Broken> {
        let (keys, values) = self.read(In::Meta, None).await?;
        let find = |key: &str| keys.iter().position(|k| k == key).map(|i| values.get(i as u32));
        let about = find(ABOUT).and_then(|v| serde_json::from_slice(v.as_string()?.as_bytes()).ok());
        Ok((about, find("seq").and_then(|v| v.as_f64()).unwrap_or_default() as u64))
    }

    /// A readable record of its name among those of the database itself.
    pub async fn record<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Broken> {
        let (keys, values) = self.read(In::Meta, None).await?;
        let found = keys.iter().position(|key| key == name).map(|at| values.get(at as u32));
        Ok(found.and_then(|value| serde_json::from_slice(value.as_string()?.as_bytes()).ok()))
    }

    /// The packed pages in order, those after a number when one is given.
    pub async fn pages(&self, after: Option<f64>) -> Result<Vec<(f64, Vec<u8>)>, Broken> {
        let (keys, values) = self.read(In::Pages, after).await?;
        Ok(keys.iter().zip(values.iter()).filter_map(|(k, v)| Some((k.as_f64()?, Uint8Array::from(v).to_vec()))).collect())
    }

    async fn read(&self, at: In, after: Option<f64>) -> Result<(Array, Array), Broken> {
        let both = Array::from(&browser::read(&self.0, at.name(), after).await?);
        Ok((both.get(0).into(), both.get(1).into()))
    }

    /// Writes so that it survives a power failure.
    pub async fn write(&self, batch: Batch) -> Result<(), Broken> {
        browser::write(&self.0, "strict", &batch.0).await?;
        Ok(())
    }

    /// Writes what can be had again from the server.
    pub async fn write_relaxed(&self, batch: Batch) -> Result<(), Broken> {
        browser::write(&self.0, "relaxed", &batch.0).await?;
        Ok(())
    }

    /// Writes entries under numbers that no other tab can take: `make` gets the last number given and answers with the writes, among them
    /// [`Batch::put_seq`]. On the disk when this returns.
    pub async fn append(&self, mut make: impl FnMut(u64) -> Batch + 'static) -> Result<(), Broken> {
        let make = Closure::new(move |last: f64| make(last as u64).0);
        browser::append(&self.0, &make).await?;
        Ok(())
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        browser::close(&self.0);
    }
}
