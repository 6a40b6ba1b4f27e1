// Walking between the rooms of the figures: colours hold, what only one room understands stays there, and what could not be loaded is said where it is missed.
import type { Locator, Page } from "@playwright/test";
import { open, panel } from "../support/charts.ts";
import { day, DESK, expect, status, test } from "../support/journey.ts";
import { live } from "../support/steps.ts";

test.use({ role: "manager" });

const DAYS = `from=${day(-40)}&to=${day(-10)}`;

const rooms = (page: Page): Locator => page.getByRole("navigation", { name: "KPIs" });
const target = (page: Page): Locator => page.getByRole("group", { name: "Figures" }).locator(".kpi--target");

/** Colours of which a chart has drawn more than a few pixels: red, green, blue, each to a sixteenth. */
const colours = (page: Page, chart: string): Promise<number[][]> => page.locator(`#${chart} .chart__canvas`).evaluate((sheet: HTMLCanvasElement) => {
  const pen = Object.assign(document.createElement("canvas"), { width: sheet.width, height: sheet.height }).getContext("2d")!;
  pen.drawImage(sheet, 0, 0);
  const { data } = pen.getImageData(0, 0, sheet.width, sheet.height);
  const seen = new Map<string, number>();
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] > 200) {
      const key = [...data.subarray(at, at + 3)].map((one) => one >> 4).join();
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
  }
  return [...seen].filter(([, pixels]) => pixels > 150).map(([key]) => key.split(",").map(Number));
});

test("colours hold when one walks from room to room", DESK, async ({ page }) => {
  await open(page, `/kpis?${DAYS}`);
  await rooms(page).getByRole("link", { name: "Branches" }).click();
  await expect(panel(page, "Branches by product line")).toBeVisible();
  await expect.poll(async () => (await colours(page, "heat")).length, "cells are graded").toBeGreaterThan(5);
});

test("what only splits understand is not remembered for the other rooms", DESK, async ({ page }) => {
  await open(page, `/kpis/why?${DAYS}&measure=grossProfit&against=before`);
  await page.goto("/more");
  await live(page);
  await page.goto("/kpis");
  await live(page);
  await expect(page).toHaveURL(new RegExp(`from=${day(-40)}`));
  expect(new URL(page.url()).search).not.toMatch(/measure|against/);
  await expect(page.getByText(/narrows nothing/)).toHaveCount(0);
});

test("budgets that cannot be loaded leave the charts standing, and can be asked for again", async ({ page, watch, look }) => {
  watch.expect(status(500));
  await page.context().route("**/api/kpis_beside*", (route) => route.fulfill({ status: 500, body: "" }));
  await open(page, `/kpis?${DAYS}`);
  await expect(page.locator("chart-view .chart__canvas")).toHaveCount(4);
  await expect(panel(page, "Branches").getByRole("option").first()).toHaveText(/Gross profit: KES [\d,]+/);
  await expect(target(page)).toContainText("Budgets and segments could not be loaded");
  await expect(target(page)).not.toContainText("No budget is set");
  await look(page, "lacking");
  await page.getByText("Attainment", { exact: true }).click();
  await expect(panel(page, "Branches")).toContainText("Budgets and segments could not be loaded");
  await expect(panel(page, "Product lines").getByRole("option").first()).toBeAttached();
  await page.context().unroute("**/api/kpis_beside*");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(target(page)).toContainText(/of KES [\d,]+ for these days/);
  await expect(panel(page, "Branches").getByRole("option").first()).toHaveText(/Attainment: [\d.]+ %/);
  await expect(page.getByRole("button", { name: "Try again" })).toHaveCount(0);
});

test("a change leads to its own split, or says whose it leads to", DESK, async ({ page }) => {
  await open(page, `/kpis?${DAYS}`);
  const link = (name: string) => page.getByRole("group", { name: "Figures" }).locator(".kpi").filter({ has: page.getByRole("heading", { name, exact: true }) }).locator(".kpi__why").first();
  await expect(link("Net sales")).toHaveText("Why?");
  await expect(link("Gross profit")).toHaveText("Why?");
  await expect(link("Margin")).toHaveText("Why did gross profit move?");
  await expect(link("Units")).toHaveText("Why did net sales move?");
});

test("attainment has its line and what it was before, and a branch its growth", async ({ page, office, look }) => {
  await open(page, "/kpis?period=fiscal-year");
  await expect(target(page).locator(".spark")).toBeVisible();
  await expect(target(page).locator(".kpi__delta")).toHaveCount(2);
  await rooms(page).getByRole("link", { name: "Branches" }).click();
  await panel(page, "Branches").getByText("Table").click();
  await expect(panel(page, "Branches").getByRole("columnheader", { name: "Growth" })).toBeVisible();
  const sold = await office.get<{ rows: { branch: string | null }[] }>("/kpis/branches");
  const all = new Set(sold.rows.map((row) => row.branch)).size;
  const over = panel(page, "Branches over time");
  await over.getByText("Table").click();
  await expect(over.getByRole("row").nth(1)).toBeVisible();
  const names = await over.getByRole("row").evaluateAll((rows) => rows.slice(1).map((row) => row.firstElementChild?.textContent ?? ""));
  expect(new Set(names.map((name) => name.split(" · ")[1])).size).toBe(all);
  await look(page, "branches");
  await rooms(page).getByRole("link", { name: "Products" }).click();
  await expect(panel(page, "Margin over time").getByRole("option").first()).toHaveText(/Margin: [\d.]+ %/);
  await look(page, "products");
});

test("all opportunities are looked at in the days they began on", DESK, async ({ page, office }) => {
  let [first, last, cursor] = ["9", "", ""];
  do {
    const part = await office.get<{ items: { engagedOn: string | null }[]; nextCursor: string | null }>(`/opportunities?limit=200${cursor && `&cursor=${cursor}`}`);
    for (const { engagedOn } of part.items.filter((one) => one.engagedOn)) {
      [first, last] = [engagedOn! < first ? engagedOn! : first, engagedOn! > last ? engagedOn! : last];
    }
    cursor = part.nextCursor ?? "";
  } while (cursor);
  await page.goto("/kpis/pipeline?period=all");
  await live(page);
  await expect(page.getByLabel("From", { exact: true })).toHaveValue(first, { timeout: 30_000 });
  await expect(page.getByLabel("To", { exact: true })).toHaveValue(last);
});

test("whoever leaves while the figures still open is not followed", DESK, async ({ page }) => {
  let answers = 0;
  await page.context().route(/\/api\/kpis_beside|split_why\.wasm/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    answers++;
    await route.continue();
  });
  const away = async () => {
    await page.getByRole("navigation").first().getByRole("link", { name: "Clients" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Clients" })).toBeVisible();
    await expect.poll(() => answers).toBeGreaterThan(0);
    answers = 0;
    // a page that is gone has no screen to wait for: what it might still do comes right after its answer
    await page.waitForTimeout(500);
  };
  await page.goto(`/kpis?${DAYS}`);
  await live(page);
  await away();
  // an address that is not understood loads the words for that
  await page.goto(`/kpis?${DAYS}&brnach=Nakuru`);
  await live(page);
  await expect(page.getByRole("heading", { level: 1, name: "KPIs" })).toBeVisible();
  await away();
  await page.getByRole("link", { name: "More" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "More" })).toBeVisible();
});
