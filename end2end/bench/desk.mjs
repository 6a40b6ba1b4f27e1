// The figures at a desk: what they download, how much work a press on a mark is and how soon all charts show it, and Lighthouse's desktop preset.
import desktop from "lighthouse/core/config/desktop-config.js";
import { launch, main, runs, signIn, url } from "./browser.mjs";
import { cookieOf, freePort, judge } from "./judge.mjs";

const DESK = { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1, isMobile: false, hasTouch: false };
const PRESSES = 12;
const CHARTS = "chart-view canvas";

main(async () => {
  const port = await freePort();
  const context = await launch({ args: [`--remote-debugging-port=${port}`], context: DESK });
  await context.addInitScript(observe);
  const page = await context.newPage();
  const figures = { cubeBytes: [] };
  page.on("requestfinished", async (request) => {
    const answer = await request.response();
    if (request.url().includes("/kpis/cube") && answer?.status() === 200) figures.cubeBytes.push((await request.sizes()).responseBodySize);
  });
  await signIn(page);
  await page.goto(`${url}/kpis`);
  await page.locator(CHARTS).first().waitFor();
  await page.waitForTimeout(6_000);
  const devtools = await context.newCDPSession(page);
  // in time the thread works: on a machine of two cores it waits for the others, among them what draws the charts
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  for (const [rate, name] of [[1, "press"], [4, "slowPress"]]) {
    await devtools.send("Emulation.setCPUThrottlingRate", { rate });
    const all = [];
    for (let at = 0; at < PRESSES; at++) all.push(await press(page, devtools, at));
    figures[`${name}WorkMs`] = all.map(({ work }) => work);
    figures[`${name}PaintMs`] = all.map(({ paint }) => paint);
    figures.charts = [Math.max(...all.map(({ charts }) => charts))];
  }
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  const cookie = await cookieOf(context);
  await page.goto("about:blank");
  for (let run = 0; run < runs; run++) await judge("kpis", `${url}/kpis`, port, cookie, figures, desktop);
  await context.close();
  return figures;
});

// Runs in the page before its own scripts: when a mark was pressed, and when what followed was painted.
function observe() {
  const bench = (window.bench = { at: 0, painted: [] });
  const channel = new MessageChannel();
  channel.port1.onmessage = ({ data }) => data === bench.at && bench.painted.push(performance.now() - bench.at);
  addEventListener("pointerup", (event) => ((bench.at = event.timeStamp), (bench.painted = [])), { capture: true });
  new PerformanceObserver((list) => {
    for (const _ of list.getEntriesByName("chart")) {
      const pressed = bench.at;
      if (pressed) requestAnimationFrame(() => channel.port2.postMessage(pressed));
    }
  }).observe({ type: "mark" });
}

// Presses a bar of the ranking: the page's work until it is quiet again, and when the last chart that changed was painted.
async function press(page, devtools, at) {
  const chart = page.locator("#lines .chart__draw");
  await chart.scrollIntoViewIfNeeded();
  const box = await chart.boundingBox();
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * [0.15, 0.4, 0.65][at % 3]);
  await page.waitForTimeout(500);
  const before = await spent(devtools);
  await page.mouse.down();
  await page.mouse.up();
  await page.waitForTimeout(1_200);
  const work = (await spent(devtools)) - before;
  const painted = await page.evaluate(() => window.bench.painted);
  if (!painted.length) throw new Error("a press on a mark changed no chart");
  return { work, paint: painted.at(-1), charts: painted.length };
}

// Milliseconds of processor time in tasks of the page's main thread.
async function spent(devtools) {
  const { metrics } = await devtools.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value * 1000;
}
