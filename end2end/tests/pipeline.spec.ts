// The pipeline: what may become a sale, counted by stage, by who works on it, by where it came from; a mark narrows the other boards, and the opportunities
// behind all that is pressed are one step away.
import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { marks, open, panel, stand, tile } from "../support/charts.ts";
import { day, DESK, expect, PHONE, test } from "../support/journey.ts";
import { allFilters, live } from "../support/steps.ts";

test.use({ role: "manager" });

type Funnel = { undated: number; totals: { opportunities: number; won: number; winRateBasisPoints: number }; pipelines: { stages: { stage: string; reached: number }[] }[] };

const DAYS = `from=${day(-300)}&to=${day(-30)}`;
const pressed = (page: Page): Locator => page.getByRole("group", { name: "Pressed marks" });
const words = (n: number): string => n.toLocaleString("en-GB");

const board = (page: Page, more = ""): Promise<void> => open(page, `/kpis/pipeline?${DAYS}${more}`);

test("the funnel's figures are those the server counts, whatever is filtered by", async ({ page, office, look }) => {
  const all = await office.get<Funnel>(`/kpis/funnel?${DAYS}`);
  await board(page);
  await expect(tile(page, "Opportunities")).toHaveText(words(all.totals.opportunities));
  await expect(tile(page, "Win rate")).toHaveText(`${(all.totals.winRateBasisPoints / 100).toFixed(1)} %`);
  const stages = all.pipelines[0].stages;
  await expect(marks(page, "Funnel").getByRole("option")).toHaveCount(stages.length);
  await expect(marks(page, "Funnel").getByRole("option").nth(1)).toContainText(`${words(stages[1].reached)} came to it`);
  await expect(marks(page, "Activities before the end").getByRole("option").first()).toBeAttached();
  await expect(panel(page, "Activities before the end")).toContainText("an association, not proof of an effect");
  await look(page, "pipeline");
  await allFilters(page);
  const branch = await page.getByLabel("Branch", { exact: true }).getByRole("option").nth(1).innerText();
  await page.getByLabel("Branch", { exact: true }).selectOption(branch);
  const one = await office.get<Funnel>(`/kpis/funnel?${DAYS}&branch=${encodeURIComponent(branch)}`);
  expect(one.totals.opportunities).toBeLessThan(all.totals.opportunities);
  await expect(tile(page, "Opportunities")).toHaveText(words(one.totals.opportunities));
});

test("a mark that is pressed narrows the other boards, in the chart and in its table", async ({ page, office, look }) => {
  await board(page);
  const { pipelines } = await office.get<Funnel>(`/kpis/funnel?${DAYS}`);
  const stage = pipelines[0].stages[2];
  await stand(marks(page, "Funnel"));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(pressed(page).getByRole("button", { name: `Remove Funnel: ${stage.stage}` })).toBeVisible();
  await expect(tile(page, "Opportunities")).toHaveText(words(stage.reached));
  await expect(marks(page, "Funnel"), "the focus stays").toBeFocused();
  await expect(marks(page, "Funnel").getByRole("option", { selected: true })).toHaveText(new RegExp(`^${stage.stage}`));
  await expect(marks(page, "Funnel").getByRole("option").first(), "its own board keeps all of them").toContainText(`${words(pipelines[0].stages[0].reached)} came to it`);
  // a second one in another board, in its table
  const sources = panel(page, "Win rate by source");
  await sources.getByText("Table").click();
  const row = sources.getByRole("row").nth(1).getByRole("button");
  const source = await row.innerText();
  await row.click();
  const both = await office.get<Funnel>(`/kpis/funnel?${DAYS}&reached=${encodeURIComponent(stage.stage)}&source=${encodeURIComponent(source)}`);
  expect(both.totals.opportunities).toBeLessThan(stage.reached);
  await expect(tile(page, "Opportunities")).toHaveText(words(both.totals.opportunities));
  await expect(row).toHaveAttribute("aria-pressed", "true");
  await expect(row, "the focus stays").toBeFocused();
  await look(page, "pressed");
});

test("behind what is pressed are its opportunities, and the way back finds it pressed", async ({ page, office, look }) => {
  await board(page);
  const { pipelines, totals } = await office.get<Funnel>(`/kpis/funnel?${DAYS}`);
  const stage = pipelines[0].stages[2];
  await stand(marks(page, "Funnel"));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await pressed(page).getByRole("link", { name: `${words(stage.reached)} opportunities behind it` }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Opportunities" })).toBeVisible();
  await expect(page.getByRole("main").or(page.getByRole("banner")).filter({ hasText: `came to ${stage.stage}` }).first()).toContainText(words(stage.reached));
  expect(new URL(page.url()).searchParams.get("reached")).toBe(stage.stage);
  await look(page, "list");
  const client = page.getByRole("region", { name: "Opportunities" }).getByRole("link").first();
  const name = await client.innerText();
  await client.click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await page.goBack();
  await page.getByRole("link", { name: "Pipeline" }).first().click();
  await expect(pressed(page).getByRole("button", { name: `Remove Funnel: ${stage.stage}` })).toBeVisible();
  await expect(tile(page, "Opportunities")).toHaveText(words(stage.reached));
  await page.keyboard.press("Escape");
  await expect(tile(page, "Opportunities")).toHaveText(words(totals.opportunities));
  await expect(pressed(page).getByRole("button")).toHaveCount(0);
});

test("a mark that is pressed leaves again by a press, and a salesperson pressed among sales narrows the pipeline too", DESK, async ({ page, office }) => {
  await board(page);
  const all = (await office.get<Funnel>(`/kpis/funnel?${DAYS}`)).totals;
  const won = marks(page, "Days from beginning to end");
  await stand(won);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press(" ");
  await expect(won.getByRole("option", { selected: true })).toHaveText(/^Won/);
  await expect(tile(page, "Opportunities")).toHaveText(await tile(page, "Won").innerText());
  await page.keyboard.press(" ");
  await expect(tile(page, "Opportunities")).toHaveText(words(all.opportunities));
  await page.getByRole("navigation", { name: "KPIs" }).getByRole("link", { name: "Salespeople" }).click();
  await stand(marks(page, "Salespeople"));
  await page.keyboard.press("Enter");
  const rep = await page.getByRole("group", { name: "Narrowed by" }).getByRole("button", { name: /^Remove / }).innerText();
  await page.getByRole("navigation", { name: "KPIs" }).getByRole("link", { name: "Pipeline" }).click();
  const own = (await office.get<Funnel>(`/kpis/funnel?${DAYS}&rep=${encodeURIComponent(rep)}`)).totals;
  expect(own.opportunities).toBeLessThan(all.opportunities);
  await expect(tile(page, "Opportunities")).toHaveText(words(own.opportunities));
});

test("every board has its table and its files", DESK, async ({ page }) => {
  await board(page);
  const sources = panel(page, "Win rate by source");
  await sources.getByText("Table").click();
  await expect(sources.getByRole("row").nth(1)).toContainText("%");
  await expect(sources).toContainText(/Data to \d+ \w+/);
  const [csv] = await Promise.all([page.waitForEvent("download"), sources.getByRole("button", { name: "CSV" }).click()]);
  const lines = readFileSync(await csv.path(), "utf8").split("\r\n");
  const head = lines.indexOf("");
  expect(lines.slice(0, head).map((line) => line.split(",")[0])).toEqual(["\ufeffReport", "Period", "Currency"]);
  expect(lines[head + 1]).toContain("All,Won,Lost,Open,Win rate,Conversion,Value won,Average won");
  expect(lines.length - head - 2).toBe(await sources.getByRole("row").count());
  const [png] = await Promise.all([page.waitForEvent("download"), sources.getByRole("button", { name: "PNG" }).click()]);
  expect(readFileSync(await png.path()).subarray(1, 4).toString()).toBe("PNG");
  const row = sources.getByRole("row").nth(1);
  const source = await row.getByRole("button").innerText();
  await row.getByRole("link", { name: `List opportunities behind ${source}` }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Opportunities" })).toBeVisible();
  expect(new URL(page.url()).searchParams.get("source")).toBe(source);
});

test("nothing in the chosen days is said, and is no zero", async ({ page, look }) => {
  await page.goto("/kpis/pipeline?from=2001-01-01&to=2001-01-31");
  await live(page);
  await expect(page.getByText("No opportunities in this selection")).toHaveCount(9);
  await expect(page.getByRole("main")).not.toContainText("0 %");
  await look(page, "empty-pipeline");
});

test.describe("a rep", () => {
  test.use({ role: "rep" });

  test("sees own opportunities only, and takes none out", PHONE, async ({ page, office }) => {
    const own = await office.get<Funnel>(`/kpis/funnel?${DAYS}`);
    const all = await office.as("manager").get<Funnel>(`/kpis/funnel?${DAYS}`);
    expect(own.totals.opportunities).toBeLessThan(all.totals.opportunities);
    await board(page);
    await expect(tile(page, "Opportunities")).toHaveText(words(own.totals.opportunities));
    await expect(panel(page, "Win rate by salesperson")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "CSV" })).toHaveCount(0);
  });
});
