// The largest Book on a phone: first screen and list from the stored shell with the server stopped, and how soon a save is safe.
import { launch, main, runs, signIn, stopServer, url } from "./browser.mjs";

const STROKES = 20;
const LIST_ROW = "main li a.row";

main(async () => {
  let context = await launch();
  await context.addInitScript(observe);
  let page = await context.newPage();
  await signIn(page);
  const firstDownloadMs = [await bookOnPhone(page)];
  await shellOnPhone(page);
  await stopServer();

  const [firstUsefulMs, bookOpenMs] = [[], []];
  for (let run = 0; run < runs; run++) {
    page = await anew(page);
    await page.goto(`${url}/`);
    firstUsefulMs.push(await usefulAt(page));
    bookOpenMs.push(...(await page.evaluate(() => performance.getEntriesByName("book-open").map(({ duration }) => duration))));
  }
  const [saveMs, tapMs] = [[], []];
  for (let run = 0; run < runs; run++) {
    const [heard, tapped] = await save(page, run);
    saveMs.push(heard);
    tapMs.push(tapped);
  }
  const strokeMs = await strokes(page, context);

  const coldUsefulMs = [];
  for (let run = 0; run < runs; run++) {
    await context.close();
    context = await launch();
    await context.addInitScript(observe);
    page = await context.newPage();
    await page.goto(`${url}/`);
    coldUsefulMs.push(await usefulAt(page));
  }
  await context.close();
  const slow = [...strokeMs].sort((a, b) => a - b)[Math.ceil(STROKES * 0.95) - 1];
  return { firstDownloadMs, firstUsefulMs, coldUsefulMs, bookOpenMs, strokeMs, strokeSlowMs: [slow], saveMs, tapMs };
});

// Runs in the page before its own scripts: when what was drawn, and when a save was on the disk.
function observe() {
  const bench = (window.bench = { useful: 0, key: 0, painted: [], tap: 0, heard: 0, saved: [] });
  const afterPaint = (then) =>
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => then(performance.now());
      channel.port2.postMessage(0);
    });
  let drawn = false;
  new MutationObserver(() => {
    if (!drawn && document.querySelector("main .rows a.row")) {
      drawn = true;
      afterPaint((at) => (bench.useful = at));
    }
    const key = bench.key;
    if (key) afterPaint((at) => key === bench.key && bench.painted.push(at - key));
  }).observe(document, { childList: true, subtree: true, characterData: true });
  addEventListener("keydown", (event) => ((bench.key = event.timeStamp), (bench.painted = [])), { capture: true });
  // the browser hands a tap over with its next frame: the app can begin no sooner
  addEventListener("click", (event) => ((bench.tap = event.timeStamp), (bench.heard = performance.now())), { capture: true });
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    const tx = begin.call(this, stores, mode, options);
    if (mode === "readwrite" && options?.durability === "strict") tx.addEventListener("complete", () => bench.saved.push([performance.now() - bench.heard, performance.now() - bench.tap]));
    return tx;
  };
}

async function anew(page) {
  const next = await page.context().newPage();
  await page.close();
  return next;
}

async function usefulAt(page) {
  await page.waitForFunction(() => window.bench.useful > 0, undefined, { timeout: 30_000 });
  return page.evaluate(() => window.bench.useful);
}

// Milliseconds from the first signed-in page to the whole Book on the phone.
async function bookOnPhone(page) {
  const start = Date.now();
  const stored = async () => (await page.evaluate(async () => (await (await caches.open("fieldlight-marker")).match("/.book"))?.text())) !== undefined;
  while (!(await stored())) {
    if (Date.now() - start > 120_000) throw new Error("the Book did not arrive within two minutes");
    await page.waitForTimeout(50);
  }
  return Date.now() - start;
}

async function shellOnPhone(page) {
  const ready = page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 });
  await ready.catch(() => {
    throw new Error("no service worker took over within a minute");
  });
}

// A check-in from elsewhere: the last tap names the reason and saves.
async function save(page, run) {
  await page.goto(`${url}/clients`);
  await page.locator(LIST_ROW).nth(run).click();
  await page.getByRole("button", { name: "Check in", exact: true }).click();
  const reason = page.getByRole("button", { name: "Met somewhere else" });
  await reason.waitFor();
  await page.evaluate(() => (window.bench.saved = []));
  await reason.tap();
  await page.waitForFunction(() => window.bench.saved.length > 0);
  return page.evaluate(() => window.bench.saved[0]);
}

// Types the beginnings of clients' names on a processor four times slower; each stroke narrows the list or widens it again.
async function strokes(page, context) {
  await page.goto(`${url}/clients`);
  await page.waitForSelector(LIST_ROW);
  const names = await page.locator(`${LIST_ROW} .row__title`).allTextContents();
  const field = page.locator("input[name=q]");
  await field.focus();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.waitForTimeout(1_000);
  const times = [];
  for (let name = 0; times.length < STROKES; name++) {
    for (const letter of names[name].slice(0, 5)) {
      if (times.length < STROKES) times.push(await stroke(page, letter));
    }
    await field.fill("");
    await page.waitForTimeout(700);
  }
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  return times;
}

// From the key to the last paint that followed it, before the address is brought up to date 300 ms later.
async function stroke(page, letter) {
  await page.keyboard.press(letter);
  await page.waitForTimeout(700);
  const painted = await page.evaluate(() => window.bench.painted);
  if (!painted.length) throw new Error(`the stroke ${JSON.stringify(letter)} changed nothing on the screen`);
  return painted.filter((ms) => ms < 290).at(-1) ?? painted[0];
}
