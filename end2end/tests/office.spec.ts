// The office: budgets in a grid, the calendar, policy and settings; and what a rep sees of them on Today.
import type { BrowserContext, Page } from "@playwright/test";
import { cookieName } from "../support/demo.ts";
import { day, expect, test } from "../support/journey.ts";
import { live } from "../support/steps.ts";

test.use({ role: "admin" });

const REP = "Grace Wanjiru";
type Overview = { figures: { targetState: string; target: { minor: number } | null; month: { budget: { minor: number } | null } } };
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** A month as the grid names it, so many months from this one. */
function month(ahead = 0): string {
  const [year, now] = day().split("-").map(Number) as [number, number];
  const of = new Date(Date.UTC(year, now - 1 + ahead, 1));
  return `${MONTHS[of.getUTCMonth()]} ${of.getUTCFullYear()}`;
}

/** The same browser, with somebody else signed in. */
async function become(context: BrowserContext, url: string, token: string): Promise<void> {
  const { hostname } = new URL(url);
  // nothing of the one before may ask in between
  for (const page of context.pages()) await page.goto("about:blank");
  await context.clearCookies();
  await context.addCookies([{ name: cookieName(url), value: token, domain: hostname, path: "/", httpOnly: true, sameSite: "Lax" }]);
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
const saved = (page: Page, words: string | RegExp) => expect(page.getByRole("status", { name: "Notice" })).toContainText(words);

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
  await expect(field).toHaveValue("900000000");
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
  await expect(first).toHaveValue("1000");
  await first.focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.locator(":focus")).toHaveValue("2000.50");
  await page.keyboard.press("ArrowUp");
  await expect(first).toBeFocused();
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(first).not.toHaveValue("1000");
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
  await expect(field).toHaveValue("700000");
  await expect(page.getByText("Budgets you typed here before")).toBeHidden();
  await field.fill(before);
  await expect(page.getByText("1 budget changed")).toBeVisible();
  await page.getByRole("button", { name: "Discard" }).click();
  await page.reload();
  await live(page);
  await expect(field).toHaveValue("700000");
});

test("the last rows of the grid can be seen beside the bar of what is to be saved", async ({ page }) => {
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

test("a policy tells what it would do before it is saved, and then does it", async ({ page, office, look }) => {
  const client = await office.as("rep").visited("Thirty Days Ago Mills", 30);
  await page.goto("/office/policy");
  await live(page);
  const cadence = page.getByLabel("Days between visits", { exact: true });
  await cadence.fill("often");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Days between visits: enter 1 to 730.")).toBeVisible();
  await expect(cadence).toBeFocused();
  await cadence.fill("28");
  await page.getByRole("button", { name: "Preview" }).click();
  const preview = page.getByRole("status", { name: "Preview" });
  await expect(preview).toContainText(/cadence 35 → 28 days: \d+ more red, [\d.]+ more visits per rep and day/);
  const red = Number(((await preview.getByRole("row", { name: /Overdue/ }).getByRole("cell").nth(1).innerText()).replace(",", "")));
  await look(page, "policy");
  await page.getByRole("button", { name: "Save" }).click();
  await saved(page, "Every light was worked out anew");
  await expect(preview).toBeHidden();
  // as many as Today counts
  expect((await office.get<{ counts: { red: number } }>("/clients?status=active&limit=1")).counts.red).toBe(red);
  expect((await office.get<{ counts: { overdue: number } }>("/overview")).counts.overdue).toBe(red);
  expect((await office.show(client.id)) as unknown as { dueOn: string }).toMatchObject({ dueOn: day(-2) });
});

test("tiers and kinds of visits are added, renamed and taken away", async ({ page, office, look }) => {
  const client = await office.as("rep").visited("Gold Standard Ltd", 5, { tier: "A" });
  await page.goto("/office/policy");
  await live(page);
  await page.getByRole("textbox", { name: "Tier 1", exact: true }).fill("Gold");
  await page.getByRole("button", { name: "Remove C", exact: true }).click();
  await page.getByRole("textbox", { name: "Tier 4", exact: true }).fill("gold");
  await page.getByRole("textbox", { name: "Days between visits of tier 4" }).fill("10");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("There are two tiers gold: call one otherwise.")).toBeVisible();
  await look(page, "policy-refused");
  await page.getByRole("textbox", { name: "Tier 4", exact: true }).fill("Key");
  await page.getByRole("button", { name: "Add a kind" }).click();
  await page.getByRole("textbox", { name: "Kind of visit 6", exact: true }).fill("Field day");
  await page.getByRole("button", { name: "Save" }).click();
  await saved(page, "Saved");
  await expect(page.getByRole("button", { name: "Remove Key" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Remove Field day" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Remove C", exact: true })).toBeHidden();
  expect((await office.show(client.id)) as unknown as { tier: string }).toMatchObject({ tier: "Gold" });
});

test("a holiday and leave are told to a rep on Today", async ({ page, office, context, baseURL, sessions, look }) => {
  const target = async () => (await office.as("rep").get<Overview>("/overview")).figures.targetState;
  await page.goto("/office/calendar");
  await live(page);
  await look(page, "calendar");
  // a Sunday is a day off already: make every day one to work on
  await page.getByLabel("Sunday, percent of a full day").fill("x");
  await page.getByRole("button", { name: "Save the week" }).click();
  await expect(page.getByText("Write 0 for a day off up to 200")).toBeVisible();
  await page.getByLabel("Sunday, percent of a full day").fill("100");
  await page.getByRole("button", { name: "Save the week" }).click();
  await saved(page, "Saved");
  expect(["due", "reached"]).toContain(await target());

  await page.getByLabel("Who is away").selectOption({ label: REP });
  await page.getByLabel("First day").fill(day());
  await page.getByLabel("Last day").fill(day(-1));
  await page.getByRole("button", { name: "Add leave" }).click();
  await expect(page.getByText("The last day lies before the first")).toBeVisible();
  await page.getByLabel("Last day").fill(day(1));
  await page.getByRole("button", { name: "Add leave" }).click();
  await expect(page.getByRole("link", { name: `Change leave of ${REP}` })).toBeVisible();
  expect(await target()).toBe("onLeave");
  await look(page, "leave");

  await page.getByRole("link", { name: `Change leave of ${REP}` }).click();
  await expect(page.getByLabel("First day")).toHaveValue(day());
  await page.getByLabel("First day").fill(day(1));
  await page.getByRole("button", { name: "Change leave" }).click();
  await expect(page).toHaveURL(/\/office\/calendar\?year=\d+$/);
  await expect.poll(target).not.toBe("onLeave");

  await page.getByLabel("Add holidays").fill(`${day().split("-").reverse().join("/")} Day off`);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByText(/does not begin with a day/)).toBeVisible();
  await page.getByLabel("Add holidays").fill(`${day()} Founders’ Day`);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByText("Founders’ Day")).toBeVisible();
  await become(context, baseURL!, sessions.rep!);
  await page.goto("/");
  await expect(page.getByRole("link", { name: /Today’s target/ })).toContainText(/Today is no working day|No working day is left|The month’s budget is reached/);
  await become(context, baseURL!, sessions.admin!);
  await page.goto("/office/calendar");
  await live(page);
  await page.getByRole("button", { name: "Remove Founders’ Day" }).click();
  await expect(page.getByText("Founders’ Day")).toBeHidden();
  await page.getByRole("button", { name: `Remove leave of ${REP}` }).click();
  await expect(page.getByText(/^Nobody is away/)).toBeVisible();
});

test("settings are changed, and what is refused stands beside its field", async ({ page, office, look }) => {
  await page.goto("/office/settings");
  await live(page);
  await look(page, "settings");
  await page.getByLabel("Check-in radius in metres").fill("5");
  await page.getByLabel("Currency").fill("USD");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Check-in radius: enter 10 to 50000 metres.")).toBeVisible();
  await page.getByLabel("Check-in radius in metres").fill("90");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/There are amounts in KES already/)).toBeVisible();
  await look(page, "settings-refused");
  await page.getByLabel("Currency").fill("KES");
  await page.getByLabel("Name").fill("Savanna Machinery (EA)");
  await page.getByLabel("Time zone").selectOption("Africa/Kampala");
  await page.getByRole("button", { name: "Save" }).click();
  await saved(page, "Saved");
  expect(await office.get("/settings")).toMatchObject({ name: "Savanna Machinery (EA)", timeZone: "Africa/Kampala", radiusM: 90 });
  await page.goto("/more");
  await expect(page.getByText(/Savanna Machinery \(EA\)/)).toBeVisible();
});

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("policy, calendar and settings are plain forms", async ({ page, office, watch }) => {
    watch.expect(/\.js csp$/);
    await page.goto("/office/policy");
    await page.getByLabel("Days between visits", { exact: true }).fill("often");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Days between visits: enter 1 to 730.")).toBeVisible();
    await page.getByLabel("Days between visits", { exact: true }).fill("30");
    await page.getByRole("textbox", { name: "Tier 4", exact: true }).fill("Key");
    await page.getByRole("textbox", { name: "Days between visits of tier 4" }).fill("7");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved")).toBeVisible();
    expect(await office.get("/settings")).toMatchObject({ policy: { cadenceDays: 30, tiers: [{}, {}, {}, { code: "Key", cadenceDays: 7 }] } });
    await page.goto("/office/calendar?year=2030");
    await page.getByLabel("Add holidays").fill("2030-12-12 Jamhuri Day");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await expect(page.getByText("Jamhuri Day")).toBeVisible();
    await page.goto("/office/settings");
    await page.getByLabel("Name").fill("On Paper Ltd");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByLabel("Name")).toHaveValue("On Paper Ltd");
    await page.goto("/office/budgets");
    await expect(page.getByText(/The grid of budgets needs JavaScript/)).toBeVisible();
  });
});

test.describe("a manager", () => {
  test.use({ role: "manager" });

  test("sets targets and leave, and only reads what the company decides", async ({ page, look }) => {
    await page.goto("/office");
    await live(page);
    await expect(page.getByRole("link", { name: /^Budgets/ })).toBeVisible();
    await expect(page.getByRole("link", { name: /^Policy/ })).toBeHidden();
    await look(page, "entrance");
    await page.goto("/office/calendar");
    await expect(page.getByText("set by an administrator").first()).toBeVisible();
    await expect(page.getByLabel("Who is away")).toBeVisible();
    await expect(page.getByRole("button", { name: "Save the week" })).toBeHidden();
    await page.goto("/office/policy");
    await expect(page.getByRole("heading", { level: 1, name: "Not allowed" })).toBeVisible();
  });
});

test.describe("a rep", () => {
  test.use({ role: "rep" });

  test("has no way into the office", async ({ page, office }) => {
    await page.goto("/more");
    await live(page);
    await expect(page.getByRole("link", { name: /^Office/ })).toBeHidden();
    for (const room of ["budgets", "calendar", "policy", "settings"]) {
      await page.goto(`/office/${room}`);
      await expect(page.getByText("Your role does not allow this. Ask an administrator.")).toBeVisible();
      await expect(page.getByRole("main").getByRole("textbox")).toHaveCount(0);
    }
    await expect(office.ask("PUT", "/calendar", { weights: [0, 0, 0, 0, 0, 0, 1] })).rejects.toMatchObject({ status: 403 });
  });
});
