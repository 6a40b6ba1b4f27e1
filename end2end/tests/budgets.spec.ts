// Budgets in a grid: set, pasted, kept while they are typed, copied from the year before.
import type { Page } from "@playwright/test";
import type { Overview } from "../support/office.ts";
import { day, DESK, expect, test } from "../support/journey.ts";
import { become, live, saved } from "../support/steps.ts";

test.use({ role: "admin" });

const REP = "Grace Wanjiru";
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** A month as the grid names it, so many months from this one. */
function month(ahead = 0): string {
  const [year, now] = day().split("-").map(Number) as [number, number];
  const of = new Date(Date.UTC(year, now - 1 + ahead, 1));
  return `${MONTHS[of.getUTCMonth()]} ${of.getUTCFullYear()}`;
}

/** Pastes text where the cursor is, as a spreadsheet's copy comes. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((text) => {
    const board = new DataTransfer();
    board.setData("text/plain", text);
    document.activeElement!.dispatchEvent(new ClipboardEvent("paste", { clipboardData: board, bubbles: true, cancelable: true }));
  }, text);
}

const cell = (page: Page, rep: string, of: string) => page.getByRole("textbox", { name: `${rep}, ${of}`, exact: true });

test("a budget set in the grid moves the target on Today", async ({ page, office, context, baseURL, sessions, look }) => {
  await page.goto("/more");
  await live(page);
  await page.getByRole("link", { name: /^Office/ }).click();
  await expect(page.getByRole("link", { name: /^Budgets/ })).toBeVisible();
  await page.getByRole("link", { name: /^Budgets/ }).click();
  const field = cell(page, REP, month());
  await expect(field).toBeVisible();
  await field.fill("1.200");
  await expect(page.getByText(`${REP}, ${month()}: “1.200” has more decimals than the 2 of KES`)).toBeVisible();
  await page.getByRole("button", { name: "Save budgets" }).click();
  await expect(field).toBeFocused();
  await field.fill("900,000,000");
  await expect(page.getByText("1 budget changed")).toBeVisible();
  await look(page, "budgets-changed");
  await page.getByRole("button", { name: "Save budgets" }).click();
  await saved(page, "Budgets saved");
  await expect(page.getByText("1 budget changed")).toBeHidden();
  await expect(field).toHaveValue("900,000,000");
  const { figures } = await office.as("rep").get<Overview>("/overview");
  expect(figures.month.budget!.minor).toBe(90_000_000_000);
  await become(context, baseURL!, sessions.rep!);
  await page.goto("/");
  const card = page.getByRole("link", { name: /Today’s target/ });
  await expect(card).toContainText(/of KES 900,000,000/);
});

test("a block from a spreadsheet goes in whole or names its cells, and keys go from rep to rep", async ({ page, look }) => {
  await page.goto("/office/budgets");
  await live(page);
  const first = cell(page, REP, month());
  await first.focus();
  await paste(page, "1,000\tabc\n2000\t3000");
  await expect(page.getByText(/“abc” is no amount: write it like 1200, 1,200 or 1200.50/)).toBeVisible();
  await expect(page.getByText("What was pasted was not taken: nothing has changed.")).toBeVisible();
  await look(page, "budgets-refused");
  await expect(page.getByRole("button", { name: "Save budgets" })).toBeHidden();
  await first.focus();
  await paste(page, "1,000\r\n2,000.50\r\n");
  await saved(page, "2 cells filled");
  await expect(first).toHaveValue("1,000");
  await first.focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.locator(":focus")).toHaveValue("2000.50");
  await page.keyboard.press("ArrowUp");
  await expect(first).toBeFocused();
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(first).not.toHaveValue("1,000");
});

test("what is typed and not saved is kept through other pages, other years and a reload", async ({ page, look }) => {
  await page.goto("/office/budgets");
  await live(page);
  const field = cell(page, REP, month());
  const before = await field.inputValue();
  await field.fill("123,456");
  await expect(page.getByText("1 budget changed")).toBeVisible();
  const years = page.getByRole("navigation", { name: "Years" });
  await years.getByRole("link").last().click();
  await expect(field).toBeHidden();
  await saved(page, "1 budget is not saved. It is kept here until you come back");
  await expect(page.getByText("1 budget changed")).toBeHidden();
  await years.getByRole("link").first().click();
  await expect(field).toHaveValue("123,456");
  await expect(page.getByText("Budgets you typed here before are not saved yet.")).toBeVisible();
  await look(page, "budgets-kept");
  await page.getByRole("link", { name: "Office" }).first().click();
  await page.getByRole("link", { name: /^Budgets/ }).click();
  await expect(field).toHaveValue("123,456");
  await field.fill("12x");
  await page.reload();
  await live(page);
  await expect(field).toHaveValue("12x");
  await expect(page.getByText(/“12x” is no amount/)).toBeVisible();
  await field.fill("700,000");
  await page.getByRole("button", { name: "Save budgets" }).click();
  await saved(page, "Budgets saved");
  await expect(page.getByText("1 budget changed")).toBeHidden();
  await page.reload();
  await live(page);
  await expect(field).toHaveValue("700,000");
  await expect(page.getByText("Budgets you typed here before")).toBeHidden();
  await field.fill(before);
  await expect(page.getByText("1 budget changed")).toBeVisible();
  await page.getByRole("button", { name: "Discard" }).click();
  await page.reload();
  await live(page);
  await expect(field).toHaveValue("700,000");
});

test("the last rows of the grid can be seen beside the bar of what is to be saved", DESK, async ({ page }) => {
  await page.goto("/office/budgets");
  await live(page);
  const fields = page.getByRole("region", { name: "Budgets" }).getByRole("textbox");
  await fields.first().fill("5");
  const last = fields.nth((await fields.count()) - 12);
  await last.focus();
  const bottom = async (of: import("@playwright/test").Locator) => { const box = (await of.boundingBox())!; return box.y + box.height; };
  const sums = page.getByRole("row", { name: /^All/ });
  await expect.poll(async () => (await bottom(last)) <= (await sums.boundingBox())!.y + 1).toBe(true);
  expect(await last.evaluate((field) => {
    const { left, top, width, height } = field.getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, top + height / 2) === field;
  })).toBe(true);
});

test("last year's budgets are copied once their totals were seen", async ({ page, office, look }) => {
  const year = Number(day().slice(0, 4));
  const sum = async (of: number) => {
    const { items } = await office.get<{ items: { amount: { minor: number } }[] }>(`/budgets?from=${of}-01-01&to=${of}-12-31`);
    return { count: items.length, minor: items.reduce((sum, { amount }) => sum + amount.minor, 0) };
  };
  const [before, next] = [await sum(year), await sum(year + 1)];
  await page.goto(`/office/budgets?year=${year + 1}`);
  await live(page);
  await page.getByLabel("Change in percent").fill("ten");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByText("Percent: write -100 to 1000")).toBeVisible();
  await page.getByLabel("Change in percent").fill("10");
  const copy = page.getByRole("button", { name: /^Copy/ });
  await expect(copy).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(page.getByText(new RegExp(`^${before.count} budgets, KES`))).toBeVisible();
  await look(page, "copies");
  expect(await sum(year + 1)).toEqual(next);
  // a preview is of what was typed, and of nothing else
  await page.getByLabel("Change in percent").fill("11");
  await expect(copy).toHaveCount(0);
  await page.getByLabel("Change in percent").fill("10");
  await page.getByRole("button", { name: "Preview" }).click();
  await page.getByRole("button", { name: `Copy ${before.count} budgets`, exact: true }).click();
  await saved(page, "Budgets copied");
  const after = await sum(year + 1);
  expect(after.count).toBe(before.count);
  expect(Math.abs(after.minor - before.minor * 1.1)).toBeLessThan(before.count);
});
