// What only the browser can do, in the words of offline/browser.rs: IndexedDB, requests, locks, news from device, other tabs and the service worker.
let tell = () => {};
let prompt, timer, waiting, reloading, channel;

if (typeof addEventListener === "function")
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    prompt = event;
    tell("installable");
  });

export function watch(listener) {
  tell = listener;
  for (const word of ["online", "offline", "focus"]) addEventListener(word, () => tell(word));
  document.addEventListener("visibilitychange", () => tell(document.hidden ? "hidden" : "focus"));
  addEventListener("appinstalled", () => tell("installed"));
  channel = new BroadcastChannel("fieldlight");
  channel.onmessage = (event) => tell(event.data);
  if (prompt) tell("installable");
  register().catch(() => {});
}

async function register() {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  workers.addEventListener("message", (event) => tell(event.data));
  const controlled = Boolean(workers.controller);
  workers.addEventListener("controllerchange", () => {
    waiting = undefined;
    if (reloading) location.reload();
    else if (controlled) tell("update");
  });
  const registration = await workers.register("/sw.js", { updateViaCache: "none" });
  const ready = (worker) => {
    if (worker?.state !== "installed" || !workers.controller) return;
    waiting = worker;
    tell("update");
  };
  ready(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => ready(worker));
  });
  setInterval(() => registration.update().catch(() => {}), 3_600_000);
}

export function update() {
  reloading = true;
  if (waiting) waiting.postMessage("skipWaiting");
  else location.reload();
}

export const install = () => prompt?.prompt();
export const post = (word) => channel?.postMessage(word);
export const reload = () => location.reload();
export const alarm = (ms) => {
  clearTimeout(timer);
  timer = setTimeout(() => tell("timer"), ms);
};
export const random = (bytes) => crypto.getRandomValues(bytes);
export const online = () => navigator.onLine;
export const persist = () => navigator.storage?.persist?.().catch(() => false);
export const flushLater = async () => (await navigator.serviceWorker?.ready)?.sync?.register("outbox");
export const recall = (key) => localStorage.getItem(key) ?? undefined;
export const keep = (key, value) => (value === undefined ? localStorage.removeItem(key) : localStorage.setItem(key, value));

const marker = () => caches.open("fieldlight-marker");
export const mark = async (user) => (await marker()).put("/.book", new Response(user));
export const marked = async () => (await (await marker()).match("/.book"))?.text();
export const unmark = async () => (await marker()).delete("/.book");

// The lock is held until the returned function is called; undefined when another tab has it.
export function hold(name) {
  if (!navigator.locks) return Promise.resolve(() => {});
  return new Promise((resolve, reject) => {
    const held = (lock) => (lock ? new Promise((release) => resolve(release)) : resolve(undefined));
    navigator.locks.request(name, { ifAvailable: true }, held).catch(reject);
  });
}

export async function ask(url, body, accept, timeout) {
  const headers = { accept, ...(body === undefined ? {} : { "content-type": "application/json" }) };
  const method = body === undefined ? "GET" : "POST";
  const signal = AbortSignal.timeout(timeout);
  const answer = await fetch(url, { method, body, headers, cache: "no-store", redirect: "error", signal });
  return [answer.status, new Uint8Array(await answer.arrayBuffer()), answer.headers.get("x-request-id") ?? ""];
}

export function position(timeout) {
  return new Promise((resolve, reject) => {
    if (!navigator.geolocation) return reject(2);
    const found = ({ coords }) => resolve(Float64Array.of(coords.latitude, coords.longitude, coords.accuracy));
    const options = { enableHighAccuracy: true, timeout, maximumAge: 0 };
    navigator.geolocation.getCurrentPosition(found, (error) => reject(error.code), options);
  });
}
