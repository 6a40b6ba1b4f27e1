// Every mark narrows to what it stands for: a month of a line, customers who came or left, cells of two keys, names in the split of a change.
import type { Locator, Page } from "@playwright/test";
import { marks, open, panel, selected, stand, tile } from "../support/charts.ts";
import { day, DESK, expect, test } from "../support/journey.ts";

test.use({ role: "manager" });

const DAYS = `from=${day(-40)}&to=${day(-10)}`;
const LONG = `from=${day(-200)}&to=${day(-10)}`;

const chip = (page: Page): Locator => page.getByRole("group", { name: "Narrowed by" }).getByRole("button", { name: /^Remove / });

/** Drags over a chart, from one place to another as shares of its size. */
async function drag(page: Page, chart: Locator, [left, top]: number[], [right, bottom]: number[]): Promise<void> {
  await chart.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await chart.boundingBox())!;
  await page.mouse.move(x + width * left, y + height * top);
  await page.mouse.down();
  await page.mouse.move(x + width * right, y + height * bottom, { steps: 4 });
  await page.mouse.up();
}

test("a point of the cumulative line keeps its month, by key", async ({ page, office, look }) => {
  await open(page, `/kpis?${LONG}`);
  const net = tile(page, "Net sales");
  const all = await net.innerText();
  await stand(marks(page, "Cumulative net sales"));
  for (let n = 0; n < 5; n++) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(chip(page)).toHaveCount(1);
  const name = await chip(page).innerText();
  // a point stands each week, the last on the last day
  const points = Array.from({ length: 28 }, (_, week) => day(-199 + 7 * week));
  const month = points[5].slice(0, 7);
  const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10);
  const { rows } = await office.get<{ rows: { netSales: number }[] }>(`/kpis/summary?from=${month}-01&to=${last}`);
  await expect(net).toHaveText(`KES ${Math.round(rows[0].netSales / 100).toLocaleString("en-GB")}`);
  await expect(selected(page, "Cumulative net sales")).toHaveCount(points.filter((point) => point.startsWith(month)).length);
  await expect(selected(page, "Cumulative net sales").first()).toContainText(name.trim());
  await look(page, "cumulative");
  await page.keyboard.press("Escape");
  await expect(net).toHaveText(all);
});

test("a point of the cumulative line keeps its month by hand and in the table, and a drag all months from one to another", DESK, async ({ page }) => {
  await open(page, `/kpis?${LONG}`);
  const net = tile(page, "Net sales");
  const all = await net.innerText();
  const draw = page.locator("#cumulative .chart__draw");
  const box = (await draw.boundingBox())!;
  await draw.click({ position: { x: box.width / 2, y: box.height / 2 } });
  await expect(chip(page)).toHaveCount(1);
  await chip(page).click();
  await expect(net).toHaveText(all);
  await drag(page, draw, [0.3, 0.5], [0.7, 0.5]);
  await expect(chip(page)).toHaveText(/ to /);
  await expect(net).not.toHaveText(all);
  await page.keyboard.press("Escape");
  await panel(page, "Cumulative net sales").getByText("Table").click();
  const row = panel(page, "Cumulative net sales").getByRole("row").nth(1).getByRole("button");
  await row.click();
  await expect(chip(page)).toHaveCount(1);
  await expect(row).toHaveAttribute("aria-pressed", "true");
  await expect(row, "the focus stays").toBeFocused();
});

test("what is not over cannot be pressed", DESK, async ({ page }) => {
  await open(page, "/kpis?period=year");
  const ahead = panel(page, "Cumulative net sales").locator("[role=option][aria-disabled=true]");
  const last = panel(page, "Cumulative net sales").getByRole("option").last();
  // on the last day of the period nothing is ahead
  if ((await ahead.count()) === 0) return;
  await expect(last).toHaveAttribute("aria-disabled", "true");
  await stand(marks(page, "Cumulative net sales"));
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(chip(page)).toHaveCount(0);
});

test("customers who came, stayed and left are kept by their marks, and those who left are seen in their own days", async ({ page, look }) => {
  await open(page, `/kpis/customers?${DAYS}`);
  const loyalty = marks(page, "New, kept and lost customers");
  const options = await loyalty.getByRole("option").allTextContents();
  const count = (at: number) => Number(/([\d,]+) customers?/.exec(options[at])![1].replace(",", ""));
  const top = marks(page, "Top customers");
  const bars = await top.getByRole("option").count();
  const press = async (at: number) => {
    await stand(loyalty);
    for (let n = 0; n < at; n++) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
  };
  await press(1);
  await expect(chip(page)).toHaveText(/^Kept/);
  await expect(selected(page, "New, kept and lost customers")).toHaveCount(1);
  await expect(top.getByRole("option")).toHaveCount(Math.min(bars, count(1)));
  const lost = count(2);
  expect(lost, "the demo has customers who left").toBeGreaterThan(0);
  await press(2);
  await expect(chip(page)).toHaveText(/^Lost · /);
  await expect(top.getByRole("option")).toHaveCount(Math.min(12, lost));
  await expect(page.getByText("No sales in this selection")).toHaveCount(0);
  await look(page, "lost");
  await page.keyboard.press("Escape");
  await expect(chip(page)).toHaveCount(0);
  await panel(page, "New, kept and lost customers").getByText("Table").click();
  await panel(page, "New, kept and lost customers").getByRole("row").nth(1).getByRole("button").click();
  await expect(top.getByRole("option")).toHaveCount(1);
});

test("cells of other rows and columns are pressed besides, and what is shown pressed is what narrows", async ({ page, office, look }) => {
  await open(page, `/kpis/branches?${DAYS}`);
  const heat = "Branches by product line";
  await stand(marks(page, heat));
  await page.keyboard.press("Enter");
  await expect(selected(page, heat)).toHaveCount(1);
  const one = await chip(page).innerText();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Control+Enter");
  await expect(selected(page, heat)).toHaveCount(4);
  await expect(chip(page)).toHaveText(/^[^·]+, [^·]+ · [^·]+, [^·]+$/);
  const [branches, lines] = (await chip(page).innerText()).split(" · ").map((side) => side.trim().split(", "));
  const found = await office.get<{ rows: { branch: string; netSales: number }[] }>(
    `/kpis/branches?${DAYS}&${branches.map((name) => `branch=${encodeURIComponent(name)}`).join("&")}&${lines.map((name) => `productLine=${encodeURIComponent(name)}`).join("&")}`,
  );
  const table = panel(page, "Branches over time");
  await expect(table.getByRole("option").first()).not.toBeEmpty();
  const texts = await panel(page, heat).getByRole("option", { selected: true }).allTextContents();
  const sum = texts.map((text) => Number(/KES (−?[\d,]+)/.exec(text)![1].replace("−", "-").replaceAll(",", ""))).reduce((all, n) => all + n, 0);
  expect(Math.abs(sum - found.rows.reduce((all, row) => all + row.netSales, 0) / 100)).toBeLessThan(4);
  await look(page, "cells");
  await page.keyboard.press("Control+Enter");
  await expect(selected(page, heat)).toHaveCount(1);
  await expect(chip(page)).toHaveText(one);
  await page.keyboard.press("Escape");
  // a long press adds where there is no keyboard
  const draw = page.locator("#heat .chart__draw");
  const box = (await draw.boundingBox())!;
  await draw.click({ position: { x: box.width - 40, y: 30 } });
  await draw.click({ position: { x: box.width * 0.6, y: box.height / 2 }, delay: 700 });
  await expect(selected(page, heat)).toHaveCount(4);
  await expect(page.locator("#heat .chart__legend")).toContainText(/KES 0.*KES [\d,]+/);
});

test("several bars are dragged over at once", DESK, async ({ page }) => {
  await open(page, `/kpis?${DAYS}`);
  await drag(page, page.locator("#lines .chart__draw"), [0.6, 0.1], [0.6, 0.6]);
  await expect(selected(page, "Product lines")).not.toHaveCount(0);
  expect(await selected(page, "Product lines").count()).toBeGreaterThan(1);
  await expect(chip(page)).toHaveCount(1);
});

test("a name in the split of a change narrows the split itself, and its chip is the way back", async ({ page, look }) => {
  await open(page, `/kpis/why?${DAYS}&measure=netSales&against=before`);
  const why = panel(page, "Why did it move?");
  await expect(why.getByText(/The parts add up to/)).toBeVisible({ timeout: 30_000 });
  const all = await why.locator(".why__figures").innerText();
  await stand(why.getByRole("listbox"));
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(why.locator(".why__part[open]"), "a part that is pressed stands alone, with its names").toHaveCount(1);
  const name = why.locator(".why__part").getByRole("button").first();
  const words = await name.innerText();
  await name.focus();
  await page.keyboard.press("Enter");
  await expect(chip(page)).toHaveText(words);
  await expect(chip(page), "the focus is on the way back").toBeFocused();
  await expect(why.locator(".why__figures")).not.toHaveText(all);
  await expect(why.getByRole("button", { name: words, pressed: true }).first()).toBeVisible();
  await look(page, "why-name");
  await why.getByRole("button", { name: "All causes" }).click();
  expect(await why.locator(".why__part").count()).toBeGreaterThan(5);
  await page.keyboard.press("Escape");
  await expect(why.locator(".why__figures")).toHaveText(all);
});

test("marks outlive a look at the lines behind them", DESK, async ({ page }) => {
  await open(page, `/kpis?${LONG}`);
  await stand(marks(page, "Branches"));
  await page.keyboard.press("Enter");
  const name = await chip(page).innerText();
  const net = await tile(page, "Net sales").innerText();
  const lines = page.getByRole("region", { name: "Product lines", exact: true });
  await lines.getByText("Table", { exact: true }).click();
  await lines.getByRole("link", { name: /^Lines behind / }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Sales lines" })).toBeVisible();
  await page.getByRole("link", { name: "KPIs" }).first().click();
  await expect(tile(page, "Net sales")).toHaveText(net);
  expect(await chip(page).innerText()).toBe(name);
});
