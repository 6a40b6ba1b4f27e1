// A file of 50 MB chosen at a desk: how soon its first rows are shown, and the longest task of the page meanwhile.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch, main, runs, signIn, url } from "./browser.mjs";

const BYTES = 50_000_000;
const HEAD = "date,branch,salesperson,customer,product,units_sold,gross_revenue,total_cost,document_no\n";
const DESK = { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1, isMobile: false, hasTouch: false };

main(async () => {
  const folder = mkdtempSync(join(tmpdir(), "preview-"));
  const file = join(folder, "sales.csv");
  writeFileSync(file, lines());
  const context = await launch({ context: DESK });
  await context.addInitScript(() => {
    window.tasks = [];
    new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
  });
  const page = await context.newPage();
  await signIn(page);
  const figures = { firstRowsMs: [], longestTaskMs: [] };
  for (let run = 0; run < runs; run++) {
    await page.goto(`${url}/office/imports/new`);
    await page.waitForFunction(() => performance.getEntriesByName("ready").length > 0);
    await page.waitForTimeout(1_000);
    await page.evaluate(() => (window.tasks = []));
    const start = Date.now();
    await page.setInputFiles("input[type=file]", file);
    await page.getByText(/rows looked at/).waitFor({ timeout: 30_000 });
    figures.firstRowsMs.push(Date.now() - start);
    await page.waitForTimeout(1_000);
    figures.longestTaskMs.push(Math.max(0, ...(await page.evaluate(() => window.tasks))));
  }
  await context.close();
  rmSync(folder, { recursive: true });
  return figures;
});

function lines() {
  const parts = [HEAD];
  for (let [at, bytes] = [0, 0]; bytes < BYTES; at++) {
    const day = `2026-${String(1 + (at % 11)).padStart(2, "0")}-${String(1 + (at % 28)).padStart(2, "0")}`;
    parts.push(`${day},Nairobi,Grace Wanjiru,Customer ${at % 4_000},Product ${at % 900},${1 + (at % 9)},${at % 70_000}.50,${at % 50_000}.25,T${at}\n`);
    bytes += parts.at(-1).length;
  }
  return parts.join("");
}
