// IndexedDB in batches: one transaction for many reads or writes, flushed to the disk where that is asked for.
const STORES = ["meta", "pages", "outbox", "receipts"];

const result = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

class Store {
  constructor(name) {
    this.name = name;
  }

  async connect() {
    const request = indexedDB.open(this.name, 1);
    request.onupgradeneeded = () => STORES.forEach((store) => request.result.createObjectStore(store));
    this.db = await result(request);
    this.db.onversionchange = this.db.onclose = () => this.disconnect();
  }

  disconnect() {
    this.db?.close();
    this.db = undefined;
  }

  // A phone that slept may have lost its connection: then once more with a new one.
  async transaction(mode, durability, again = true) {
    if (!this.db) await this.connect();
    try {
      return this.db.transaction(STORES, mode, { durability });
    } catch (error) {
      this.disconnect();
      if (!again) throw error;
      return this.transaction(mode, durability, false);
    }
  }
}

const finished = (tx) =>
  new Promise((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error);
  });

export async function open(name) {
  performance.mark("book-opening");
  const store = new Store(name);
  await store.connect();
  return store;
}

// How long it took, for the browser's timeline and `cargo xtask bench`.
export const opened = () => performance.measure("book-open", "book-opening");

export const close = (store) => store.disconnect();

// [keys, values] of one object store, those after a key when one is given.
export async function read(store, name, after) {
  const tx = await store.transaction("readonly", "relaxed");
  const range = after === undefined ? undefined : IDBKeyRange.lowerBound(after, true);
  const from = tx.objectStore(name);
  return Promise.all([result(from.getAllKeys(range)), result(from.getAll(range))]);
}

// [store, key, value] each; without a value the key is deleted.
export async function write(store, durability, changes) {
  const tx = await store.transaction("readwrite", durability);
  const done = finished(tx);
  put(tx, changes);
  return done;
}

// As `write`, for entries that need numbers no other tab takes: `make` gets the last number given and answers with the changes.
export async function append(store, make) {
  const tx = await store.transaction("readwrite", "strict");
  const done = finished(tx);
  tx.objectStore("meta").get("seq").onsuccess = ({ target }) => put(tx, make(target.result ?? 0));
  return done;
}

function put(tx, changes) {
  for (const [name, key, value] of changes) {
    const to = tx.objectStore(name);
    if (value === undefined) to.delete(key);
    else to.put(value, key);
  }
  tx.commit?.();
}
