// The service worker: starts the app without a network, keeps versions apart, and sends what waits when no page is open.
const VERSION = "/*VERSION*/";
const PRECACHE = /*PRECACHE*/[];
const CACHE = `fieldlight-${VERSION}`;
// Written by the page: whose Book is stored on this device.
const MARKER = "fieldlight-marker";
const SHELL = "/shell";
const PATIENCE_MS = 3000;
const PUSH_MAX = 50;

// The first rule that fits answers; what fits none is left to the browser.
const RULES = [
  { fits: ({ request }) => request.method !== "GET", answer: null },
  { fits: ({ url }) => url.origin !== location.origin, answer: null },
  { fits: ({ url }) => /^\/(api|graphql|health|ready|metrics|shell|sw\.js)(\/|$)/.test(url.pathname), answer: null },
  { fits: ({ url }) => url.pathname.startsWith("/pkg/"), answer: stored },
  { fits: ({ url }) => PRECACHE.includes(url.pathname), answer: stored },
  { fits: ({ request, url }) => request.mode === "navigate" && REP_SCREEN.test(url.pathname), answer: local },
  { fits: ({ request }) => request.mode === "navigate", answer: patient },
];
const REP_SCREEN = /^\/((clients|prospects|visits|more|outbox)(\/.*)?)?$/;

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", (event) => event.data === "skipWaiting" && skipWaiting());
addEventListener("message", (event) => event.data.keep && event.waitUntil(keep(event.data.keep)));
addEventListener("sync", (event) => event.tag === "outbox" && event.waitUntil(flush()));
addEventListener("fetch", (event) => {
  const asked = { request: event.request, url: new URL(event.request.url) };
  const rule = RULES.find(({ fits }) => fits(asked));
  if (rule?.answer) event.respondWith(rule.answer(event.request));
});

async function install() {
  const cache = await caches.open(CACHE);
  const shell = await fetch(SHELL, { cache: "reload" });
  const html = await shell.clone().text();
  // Between two versions of the server shell and package may not belong together: the browser tries again later.
  if (!shell.ok || (PRECACHE.length && !html.includes(PRECACHE[0]))) throw new Error("the app shell is of another version");
  // Hashed files may come from the browser's own cache, all others must be fresh.
  const fresh = (path) => new Request(path, { cache: path.startsWith("/pkg/") ? "default" : "reload" });
  await Promise.all([cache.put(SHELL, shell), cache.addAll(PRECACHE.map(fresh))]);
}

async function activate() {
  const old = (await caches.keys()).filter((name) => name.startsWith("fieldlight-") && name !== CACHE && name !== MARKER);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
}

// Files that never change under their name, and those that change only with the version.
async function stored(request) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(request, { ignoreSearch: true });
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok && new URL(request.url).pathname.startsWith("/pkg/")) await cache.put(request, answer.clone());
  return answer;
}

// Files a page came with before this worker answered for it: it is to open without a network too.
const keep = (paths) => Promise.allSettled([...new Set(paths)].map((path) => stored(new Request(path))));

// A rep's screens start from the phone, network or not; without a stored Book they are asked for like all others.
async function local(request) {
  return ((await owner()) && (await shell())) || patient(request);
}

// Everything else: the server's page, unless it takes too long.
async function patient(request) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  const page = fetch(request);
  page.catch(() => {}); // it may fail after the shell was given
  const answer = await Promise.race([page, late]).catch(() => undefined);
  const unreachable = !answer || [502, 503, 504].includes(answer.status);
  return (unreachable && (await shell())) || answer || page;
}

const shell = async () => (await caches.open(CACHE)).match(SHELL);
const owner = async () => (await (await caches.open(MARKER)).match("/.book"))?.text();

// Background Sync: open pages send for themselves; with none open the finished entries are posted from here. What the server answers is not
// written down: the next page sends the same entries again and gets the same receipts.
async function flush() {
  const pages = await clients.matchAll({ type: "window" });
  if (pages.length) return pages.forEach((page) => page.postMessage("flush"));
  const user = await owner();
  if (user) await navigator.locks.request(`fieldlight-${user}`, () => post(user));
}

async function post(user) {
  const [about, entries] = await read(`fieldlight-${user}`);
  if (!about) return;
  const waiting = entries.filter(({ state }) => state.state === "waiting").sort((a, b) => a.seq - b.seq);
  for (let from = 0; from < waiting.length; from += PUSH_MAX) {
    const body = push(about, user, waiting.slice(from, from + PUSH_MAX));
    const headers = { "content-type": "application/json", accept: "application/json" };
    const answer = await fetch("/api/v1/sync/push", { method: "POST", headers, body });
    if (answer.status >= 500) throw new Error(`the server answered ${answer.status}`);
    if (!answer.ok || (await answer.json()).data?.stopped) return;
  }
}

// An entry's body is finished JSON and goes out as it is.
function push(about, user, entries) {
  const head = ({ id, seq, schema, madeAt }) => JSON.stringify({ id, seq, schema, madeAt }).slice(0, -1);
  const list = entries.map((entry) => `${head(entry)},${entry.body.trimStart().slice(1)}`).join(",");
  const sentAt = new Date(Date.now() + about.shiftMs).toISOString();
  return `${JSON.stringify({ device: about.device, user, sentAt }).slice(0, -1)},"entries":[${list}]}`;
}

function read(name) {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open(name);
    // there is no such database: leave none behind
    open.onupgradeneeded = () => open.transaction.abort();
    open.onerror = () => resolve([undefined, []]);
    open.onsuccess = () => {
      const tx = open.result.transaction(["meta", "outbox"]);
      const about = tx.objectStore("meta").get("about");
      const entries = tx.objectStore("outbox").getAll();
      tx.onabort = () => reject(tx.error);
      tx.oncomplete = () => {
        open.result.close();
        resolve([about.result && JSON.parse(about.result), entries.result.map((entry) => JSON.parse(entry))]);
      };
    };
  });
}
