// Why a figure moved: the parts add up to the change and lead to names and their lines; budgets beside sales; several marks pressed at once.
import type { Page } from "@playwright/test";
import { kpi, marks, narrowed, open, panel, stand } from "../support/charts.ts";
import { day, DESK, expect, status, test } from "../support/journey.ts";
import { allFilters, live } from "../support/steps.ts";

test.use({ role: "manager" });

const DAYS = `from=${day(-40)}&to=${day(-10)}`;

/** Minor units of an amount in words. */
const minor = (text: string): number => Math.round(Number(text.replace(/[^\d.−-]/g, "").replace("−", "-")) * 100);

async function addsUp(page: Page): Promise<number> {
  const why = panel(page, "Why did it move?");
  await expect(why.getByText(/The parts add up to .*, the change, to the cent\./)).toBeVisible({ timeout: 30_000 });
  const parts = await why.locator(".why__part > summary .why__amount").allInnerTexts();
  const change = minor(await why.locator(".why__total b").innerText());
  expect(parts.length).toBeGreaterThan(5);
  expect(parts.map(minor).reduce((sum, part) => sum + part, 0)).toBe(change);
  return change;
}

test("the parts of a change add up to it, and a name leads to its lines", async ({ page, office, look }) => {
  await open(page, `/kpis?${DAYS}`);
  await kpi(page, "Net sales").getByRole("link", { name: "Why did net sales move, Net sales on the days before?" }).click();
  await expect(page).toHaveURL(/\/kpis\/why\?.*measure=netSales&against=before/);
  const change = await addsUp(page);
  const sum = async (from: string, to: string) =>
    (await office.get<{ rows: { netSales: number }[] }>(`/kpis/summary?from=${from}&to=${to}`)).rows[0].netSales;
  expect(change).toBe((await sum(day(-40), day(-10))) - (await sum(day(-71), day(-41))));
  const won = panel(page, "Why did it move?").locator(".why__part").filter({ hasText: "Customers won" });
  await won.locator("summary").click();
  await expect(won).toContainText("bought only now");
  await look(page, "why");
  const row = panel(page, "Why did it move?").locator(".why__part").filter({ hasText: "Volume" });
  await row.locator("summary").click();
  await row.getByRole("link", { name: /^Lines of .*, now$/ }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Sales lines" })).toBeVisible();
  await expect(page.getByText(/· Customer: /)).toBeVisible();
});

test("every change leads to its own split, whatever was split before", DESK, async ({ page, office }) => {
  await open(page, `/kpis?${DAYS}`);
  const sums = async (from: string, to: string) =>
    (await office.get<{ rows: { netSales: number; grossProfit: number }[] }>(`/kpis/summary?from=${from}&to=${to}`)).rows[0];
  const [now, before] = [await sums(day(-40), day(-10)), await sums(day(-71), day(-41))];
  for (const [name, words, change] of [
    ["Gross profit", "Why did gross profit move, Gross profit on the days before?", now.grossProfit - before.grossProfit],
    ["Net sales", "Why did net sales move, Net sales on the days before?", now.netSales - before.netSales],
    ["Margin", "Why did gross profit move, Margin on the days before?", now.grossProfit - before.grossProfit],
  ] as const) {
    await kpi(page, name).getByRole("link", { name: words }).click();
    await expect(page.getByRole("heading", { name: "Why did it move?" })).toBeVisible();
    await expect.poll(() => addsUp(page)).toBe(change);
    await page.goBack();
    await expect(page.getByRole("group", { name: "Figures" })).toBeVisible();
  }
});

test("gross profit has its cost, a part that is pressed stands alone, and filters hold", DESK, async ({ page }) => {
  await open(page, `/kpis/why?${DAYS}&measure=grossProfit&against=before`);
  await addsUp(page);
  const why = panel(page, "Why did it move?");
  await expect(why.locator(".why__part").filter({ hasText: "Cost" }).first()).toBeVisible();
  await expect(why).toContainText(/Over the lines whose cost is known: [\d.]+ % of net sales before/);
  await stand(why.getByRole("listbox"));
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(why.locator(".why__part")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await allFilters(page);
  await page.getByLabel("Product line", { exact: true }).selectOption({ index: 1 });
  await addsUp(page);
  await page.getByRole("navigation", { name: "What is split" }).getByRole("link", { name: "A year earlier" }).click();
  await expect(page).toHaveURL(/productLine=.*against=year/);
});

test("the server splits where the cube is too large, with the same parts", DESK, async ({ page, watch }) => {
  await open(page, `/kpis/why?${DAYS}&measure=netSales&against=before`);
  const here = await addsUp(page);
  watch.expect(status(413));
  await page.route("**/api/v1/kpis/cube", (route) => route.fulfill({ status: 413, body: "{}" }));
  await open(page, `/kpis/why?${DAYS}&measure=netSales&against=before`);
  expect(await addsUp(page)).toBe(here);
});

test("days with nothing before them have nothing to compare with", async ({ page, look }) => {
  await page.goto("/kpis/why?period=all&measure=netSales&against=year");
  await live(page);
  await expect(page.getByText(/There is nothing to compare with: the first day with data is/)).toBeVisible();
  await look(page, "why-nothing");
  // and the figures say it where they would be compared
  await open(page, "/kpis?period=all");
  await expect(kpi(page, "Net sales")).toContainText(/– on the days before: data begins \d+ \w+ \d{4}/);
  await look(page, "begins");
});

test("attainment says what is needed, and is no number under a filter of products, as is the average transaction", async ({ page, office, look }) => {
  await open(page, "/kpis?period=month");
  const target = kpi(page, "Target attainment");
  await expect(target.locator(".kpi__value")).toHaveText(/^[\d.]+ %$/);
  await expect(target).toContainText(/Projected end: KES [\d,]+, [\d.]+ % of budget/);
  await expect(panel(page, "Cumulative net sales").getByRole("option").last()).toHaveText(/Budget: KES/);
  await look(page, "attainment");
  const budgets = await office.get<{ items: { amount: { minor: number } }[] }>(`/budgets?from=${day(0).slice(0, 8)}01&to=${day(0).slice(0, 8)}01`);
  const whole = budgets.items.reduce((sum, budget) => sum + budget.amount.minor, 0);
  await expect(panel(page, "Cumulative net sales").getByRole("option").last()).toContainText(`Budget: KES ${Math.round(whole / 100).toLocaleString("en-GB")}`);
  await allFilters(page);
  await page.getByLabel("Product line", { exact: true }).selectOption({ index: 1 });
  await expect(target).toContainText("Budgets are set per rep and month; clear the product line filter");
  await expect(target.locator(".kpi__value")).toHaveText("–");
  // a document may be of several product lines
  await expect(kpi(page, "Average transaction")).toContainText("of whole documents: clear the product line filter");
  await expect(kpi(page, "Average transaction").locator(".kpi__value")).toHaveText("–");
  await page.getByLabel("Product line", { exact: true }).selectOption("");
  await page.getByRole("navigation", { name: "KPIs" }).getByRole("link", { name: "Salespeople" }).click();
  await page.getByText("Attainment", { exact: true }).click();
  await expect(marks(page, "Salespeople").getByRole("option").first()).toHaveText(/Attainment: [\d.]+ %/);
  await look(page, "attainment-people");
});

test("several marks of one chart are pressed together, by mouse and by keyboard", DESK, async ({ page }) => {
  await open(page, `/kpis?${DAYS}`);
  const net = kpi(page, "Net sales").locator(".kpi__value");
  const value = async () => minor(await net.innerText());
  const one = async (at: number) => {
    await stand(marks(page, "Product lines"));
    for (let n = 0; n < at; n++) await page.keyboard.press("ArrowDown");
  };
  const all = await value();
  await one(0);
  await page.keyboard.press("Enter");
  await expect.poll(value).not.toBe(all);
  const first = await value();
  await one(1);
  await page.keyboard.press("Control+Enter");
  await expect(marks(page, "Product lines").getByRole("option", { selected: true })).toHaveCount(2);
  await expect(narrowed(page).getByRole("button", { name: /^Remove .*, / })).toHaveCount(1);
  const both = await value();
  expect(both).toBeGreaterThan(first);
  await one(0);
  await page.keyboard.press("Shift+ ");
  await expect(marks(page, "Product lines").getByRole("option", { selected: true })).toHaveCount(1);
  // figures are shown in whole units
  expect(Math.abs((await value()) + first - both)).toBeLessThanOrEqual(200);
  await page.keyboard.press("Escape");
  await expect.poll(value).toBe(all);
  const box = (await page.locator("#lines .chart__draw").boundingBox())!;
  await page.locator("#lines .chart__draw").click({ position: { x: box.width / 2, y: 30 } });
  await page.locator("#lines .chart__draw").click({ position: { x: box.width / 2, y: box.height / 2 }, modifiers: ["Control"] });
  await expect(marks(page, "Product lines").getByRole("option", { selected: true })).toHaveCount(2);
});

test("a segment keeps its customers, and lines behind a mark are its figure", DESK, async ({ page, office }) => {
  await open(page, `/kpis?${DAYS}`);
  const value = kpi(page, "Net sales").locator(".kpi__value");
  const all = await value.innerText();
  await allFilters(page);
  await page.getByLabel("Segment", { exact: true }).selectOption({ index: 1 });
  await expect(narrowed(page)).toContainText("Segment: ");
  await expect(value).not.toHaveText(all);
  const lines = panel(page, "Product lines");
  await lines.getByText("Table").click();
  const row = lines.getByRole("row").nth(2);
  const figure = await row.getByRole("cell").nth(1).innerText();
  await row.getByRole("link", { name: /^Lines behind/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sales lines" })).toBeVisible();
  await expect(page.locator(".tally__one").filter({ hasText: "net sales" }).locator("dd")).toHaveText(figure);
  void office;
});

test("customers have their worth, and a segment that is pressed shows what its customers buy", async ({ page, look }) => {
  await open(page, `/kpis/customers?${DAYS}`);
  const worth = panel(page, "Most valuable customers");
  await expect(worth.getByText(/^[\d,]+ customers, [\d,]+ of them at risk$/)).toBeVisible();
  const counts = await worth.getByRole("option").allTextContents();
  const all = Number((await worth.getByText(/of them at risk$/).innerText()).split(" ")[0].replace(",", ""));
  expect(counts.map((text) => Number(/([\d,]+) customers/.exec(text)![1].replace(",", ""))).reduce((sum, n) => sum + n, 0)).toBe(all);
  await look(page, "customers");
  const lines = await marks(page, "Product lines").textContent();
  await stand(worth.getByRole("listbox"));
  await page.keyboard.press("Enter");
  await expect(narrowed(page).getByRole("button", { name: "Remove Champions" })).toHaveCount(1);
  await expect(marks(page, "Product lines")).not.toHaveText(lines!);
  await page.keyboard.press("Escape");
  await worth.getByText("Table", { exact: true }).click();
  await worth.getByRole("row").nth(1).getByRole("button").click();
  await expect(narrowed(page).getByRole("button", { name: /^Remove / })).toHaveCount(1);
});
