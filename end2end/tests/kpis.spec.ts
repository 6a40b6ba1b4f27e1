// The business in charts: figures equal the lines they are made of, a mark pressed in one chart narrows all others, and everything works by keyboard.
import { readFileSync } from "node:fs";
import { marks, narrowed, open, panel, stand, tile } from "../support/charts.ts";
import { day, DESK, expect, NO_SERVER, PHONE, status, test } from "../support/journey.ts";
import type { Office } from "../support/office.ts";
import { allFilters, live } from "../support/steps.ts";

test.use({ role: "manager" });

const DAYS = `from=${day(-40)}&to=${day(-10)}`;

type Line = { importId: string; line: number; date: string; documentNo: string | null; netSales: { minor: number } };

const money = (minor: number): string => `KES ${Math.round(minor / 100).toLocaleString("en-GB")}`;

/** The figures of some days, added up from the lines. */
async function sold(office: Office, more = ""): Promise<{ netSales: string; average: string }> {
  let [minor, cursor] = [0, ""];
  const documents = new Set<string>();
  do {
    const page = await office.get<{ items: Line[]; nextCursor: string | null }>(`/sales?${DAYS}${more}&limit=200${cursor && `&cursor=${cursor}`}`);
    for (const line of page.items) {
      minor += line.netSales.minor;
      documents.add([line.date, line.documentNo ?? `${line.importId} ${line.line}`].join());
    }
    cursor = page.nextCursor ?? "";
  } while (cursor);
  return { netSales: money(minor), average: money(minor / documents.size) };
}

test("the overview's figures are those of the lines behind them", async ({ page, office, look }) => {
  await open(page, `/kpis?${DAYS}`);
  const { netSales, average } = await sold(office);
  await expect(tile(page, "Net sales")).toHaveText(netSales);
  await expect(tile(page, "Average transaction")).toHaveText(average);
  await expect(tile(page, "Margin")).toHaveText(/^[\d.]+ %$/);
  await expect(page.getByRole("group", { name: "Figures" })).toContainText(/cost known for [\d.]+ % of net sales/);
  await expect(marks(page, "Branches").getByRole("option").first()).toHaveText(/Gross profit: KES [\d,]+/);
  await look(page, "overview");
});

test("budgets go by the company's calendar, every chart is drawn, and fits when the window gets narrow", async ({ page, office, look }) => {
  const days = `from=${day(-40)}&to=${day(-10)}`;
  const { total } = await office.get<{ total: { budgetToDate: number } }>(`/kpis/targets?${days}`);
  await open(page, `/kpis?${days}`);
  const target = page.getByRole("group", { name: "Figures" }).locator(".kpi--target");
  await expect(target).toContainText(`of KES ${Math.round(total.budgetToDate / 100).toLocaleString("en-GB")} for these days`);
  await expect(page.locator("chart-view .chart__canvas")).toHaveCount(4);
  await expect(page.locator("chart-view[failed]")).toHaveCount(0);
  await expect(page.locator("#trend .chart__legend")).toHaveText("Net salesGross profit");
  await page.locator("#trend .chart__draw").hover({ position: { x: 120, y: 100 } });
  await expect(page.locator("#trend .chart__tip")).toContainText("Net sales: KES");
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await look(page, "narrow");
});

test("charts that cannot be drawn say so, and what stands below them is there", DESK, async ({ page, watch }) => {
  watch.expect(/painter\.js/, /service worker: .*Failed to fetch/, /that draws charts cannot be loaded/);
  await page.context().route("**/painter.js", (route) => route.abort());
  await page.goto(`/kpis?${DAYS}`);
  await live(page);
  await expect(page.locator("chart-view[failed]")).toHaveCount(4, { timeout: 30_000 });
  await expect(page.locator("#branches")).toHaveCSS("display", "grid");
  await expect(marks(page, "Branches").getByRole("option").first()).toHaveText(/Gross profit: KES [\d,]+/);
  await page.getByRole("region", { name: "Branches", exact: true }).getByText("Table").click();
  await expect(page.getByRole("region", { name: "Branches", exact: true }).getByRole("row").nth(1)).toBeVisible();
});

test("what is printed from a dark page is light", DESK, async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await open(page, `/kpis?${DAYS}`);
  // the browser's own menu waits for nobody: the charts are ready for paper before it is opened
  await expect(page.locator("chart-view .chart__paper")).toHaveCount(4);
  await expect(page.locator("chart-view .chart__paper").first()).toBeHidden();
  // a sheet that does not know its size is printed in part
  const [wide, drawn] = await page.locator("#branches .chart__paper").evaluate((sheet: HTMLCanvasElement) => [sheet.width, parseFloat(sheet.style.width) * devicePixelRatio]);
  expect(Math.abs(wide - drawn)).toBeLessThan(2);
  const ink = (of: string) => page.locator(`#branches .${of}`).evaluate((sheet: HTMLCanvasElement) => {
    const pen = Object.assign(document.createElement("canvas"), { width: sheet.width, height: sheet.height }).getContext("2d")!;
    pen.drawImage(sheet, 0, 0);
    const { data } = pen.getImageData(0, 0, sheet.width, sheet.height);
    const drawn = Array.from({ length: data.length / 4 }, (_, at) => data.subarray(4 * at, 4 * at + 4)).filter((pixel) => pixel[3] > 200);
    return drawn.reduce((sum, [red, green, blue]) => sum + red + green + blue, 0) / drawn.length / 3;
  });
  expect(await ink("chart__canvas")).toBeGreaterThan(await ink("chart__paper"));
  await page.emulateMedia({ colorScheme: "dark", media: "print" });
  await expect(page.locator("chart-view .chart__paper").first()).toBeVisible();
  await expect(page.locator("chart-view .chart__canvas").first()).toBeHidden();
  await page.emulateMedia({ colorScheme: "light", media: "screen" });
  await expect(page.locator("chart-view .chart__paper")).toHaveCount(0);
});

test("a bar that is pressed narrows all other charts, and lets go again", async ({ page, look }) => {
  await open(page, `/kpis?${DAYS}`);
  const all = await tile(page, "Net sales").innerText();
  const branches = await marks(page, "Branches").getByRole("option").count();
  await page.locator("#branches .chart__draw").click({ position: { x: 200, y: 30 } });
  const chip = narrowed(page).getByRole("button", { name: /^Remove / });
  await expect(chip).toHaveCount(1);
  await expect(tile(page, "Net sales")).not.toHaveText(all);
  await expect(marks(page, "Branches").getByRole("option"), "its own chart keeps all of them").toHaveCount(branches);
  await expect(marks(page, "Branches").getByRole("option", { selected: true })).toHaveCount(1);
  await look(page, "narrowed");
  await chip.click();
  await expect(tile(page, "Net sales")).toHaveText(all);
});

test("the address filters, is remembered, and says what it keeps", DESK, async ({ page, office }) => {
  const [branch] = (await office.get<{ rows: { branch: string; netSales: number }[] }>("/kpis/branches")).rows;
  await open(page, `/kpis?${DAYS}&branch=${encodeURIComponent(branch.branch)}`);
  const rows = await office.get<{ rows: { netSales: number }[] }>(`/kpis/summary?${DAYS}&branch=${encodeURIComponent(branch.branch)}`);
  await expect(tile(page, "Net sales")).toHaveText(money(rows.rows[0].netSales));
  await expect(narrowed(page)).toContainText(`Branch: ${branch.branch}`);
  await expect(page.getByLabel("Branch", { exact: true })).toHaveValue(branch.branch);
  await page.getByRole("navigation", { name: "KPIs" }).getByRole("link", { name: "Products" }).click();
  await expect(panel(page, "Products: ABC")).toBeVisible();
  expect(new URL(page.url()).searchParams.get("branch")).toBe(branch.branch);
  await page.goto("/kpis");
  await expect(narrowed(page)).toContainText(`Branch: ${branch.branch}`);
  await allFilters(page);
  await page.getByLabel("Branch", { exact: true }).selectOption("");
  await expect(narrowed(page)).toHaveCount(0);
});

test("the keyboard does the same", DESK, async ({ page }) => {
  await open(page, `/kpis?${DAYS}`);
  const all = await tile(page, "Net sales").innerText();
  await stand(marks(page, "Product lines"));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const at = await marks(page, "Product lines").getAttribute("aria-activedescendant");
  expect(at).toBe("lines-2");
  await page.keyboard.press("Enter");
  await expect(narrowed(page).getByRole("button", { name: /^Remove / })).toHaveCount(1);
  await expect(tile(page, "Net sales")).not.toHaveText(all);
  await expect(marks(page, "Product lines"), "the focus stays").toBeFocused();
  await page.keyboard.press("Escape");
  await expect(tile(page, "Net sales")).toHaveText(all);
});

test("every chart has its table, its lines and its files", async ({ page, look }) => {
  await open(page, `/kpis/branches?${DAYS}`);
  const branches = panel(page, "Branches");
  await branches.getByText("Table").click();
  const rows = branches.getByRole("row");
  await expect(rows.nth(1)).toContainText("KES");
  await look(page, "branches");
  const [csv] = await Promise.all([page.waitForEvent("download"), branches.getByRole("button", { name: "CSV" }).click()]);
  expect(csv.suggestedFilename()).toBe(`branches-${day(-40)}-${day(-10)}.csv`);
  const lines = readFileSync(await csv.path(), "utf8").split("\r\n");
  const head = lines.findIndex((line) => line.startsWith("Branch,Net sales,Gross profit,Margin,Cost known for"));
  expect(lines.slice(0, head).join("\n")).toMatch(/Report,Branches\nPeriod,[^\n]+ – [^\n]+\nCurrency,KES\n$/);
  expect(lines.length - head - 1).toBe(await rows.count());
  const [xlsx] = await Promise.all([page.waitForEvent("download"), branches.getByRole("link", { name: "Excel" }).click()]);
  expect(readFileSync(await xlsx.path()).subarray(0, 2).toString()).toBe("PK");
  expect(xlsx.suggestedFilename()).toMatch(/^branches-/);
  const [png] = await Promise.all([page.waitForEvent("download"), branches.getByRole("button", { name: "PNG" }).click()]);
  expect(readFileSync(await png.path()).subarray(1, 4).toString()).toBe("PNG");
  await branches.getByRole("row").nth(1).getByRole("button").click();
  await expect(narrowed(page).getByRole("button", { name: /^Remove / })).toHaveCount(1);
  await branches.getByRole("link", { name: /^Lines behind/ }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Sales lines" })).toBeVisible();
  expect(new URL(page.url()).searchParams.get("only")).toMatch(/^branch:./);
});

test("customers, products and salespeople have their pages", async ({ page, look }) => {
  for (const [room, chart] of [["people", "Salespeople"], ["products", "Products: ABC"], ["customers", "New, kept and lost customers"]]) {
    await open(page, `/kpis/${room}?${DAYS}`);
    await expect(marks(page, chart).getByRole("option").first()).toBeAttached();
    await look(page, room);
  }
});

test("nothing sold is said, and is no zero", async ({ page, look }) => {
  await page.goto("/kpis?from=2001-01-01&to=2001-01-31");
  await live(page);
  await expect(page.getByText("No sales in this selection")).toHaveCount(5);
  await expect(page.getByRole("main")).not.toContainText("KES 0");
  await look(page, "empty");
});

test("where the cube is too large the server answers, with the same figures", DESK, async ({ page, office, watch }) => {
  watch.expect(status(413));
  await page.route("**/api/v1/kpis/cube", (route) => route.fulfill({ status: 413, body: "{}" }));
  await open(page, `/kpis?${DAYS}`);
  await expect(tile(page, "Net sales")).toHaveText((await sold(office)).netSales);
  await stand(marks(page, "Branches"));
  await page.keyboard.press("Enter");
  await expect(narrowed(page).getByRole("button", { name: /^Remove / })).toHaveCount(1);
  await expect(tile(page, "Net sales")).not.toHaveText((await sold(office)).netSales);
  await allFilters(page);
  await expect(page.getByLabel("Branch", { exact: true }).getByRole("option")).toHaveCount(1 + (await marks(page, "Branches").getByRole("option").count()));
});

test("without the server it says so", DESK, async ({ page, server, watch }) => {
  watch.expect(NO_SERVER);
  await open(page, `/kpis?${DAYS}`);
  await server.kill();
  // what is here can still be asked
  await page.getByRole("navigation", { name: "KPIs" }).getByRole("link", { name: "Branches" }).click();
  await expect(marks(page, "Branches by product line").getByRole("option").first()).toBeAttached();
  const again = async () => {
    await page.getByRole("link", { name: "More" }).first().click();
    await page.getByRole("link", { name: /^KPIs/ }).click();
  };
  await again();
  await expect(page.getByText(/^No connection, trying again. These are the figures as of \d\d:\d\d/)).toBeVisible();
  await expect(tile(page, "Net sales")).toHaveText(/KES [\d,]+/);
  // where nothing is kept
  await page.evaluate(() => caches.delete("cubes"));
  await again();
  await expect(page.getByText("The server cannot be reached. Check the network, then try again.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await server.start();
  // it tries by itself as well
  await expect(tile(page, "Net sales")).toHaveText(/KES [\d,]+/);
});

test.describe("a rep", () => {
  test.use({ role: "rep" });

  test("sees own figures only, and takes none out", PHONE, async ({ page, office }) => {
    await open(page, `/kpis?${DAYS}`);
    await expect(tile(page, "Net sales")).toHaveText((await sold(office)).netSales);
    expect((await sold(office)).netSales).not.toBe((await sold(office.as("manager"))).netSales);
    await expect(page.getByLabel("Salesperson")).toHaveCount(0);
    await expect(panel(page, "Branches")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "CSV" })).toHaveCount(0);
  });
});
