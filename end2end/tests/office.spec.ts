// The office: the calendar, policy and settings; and what a rep sees of them on Today.
import type { Overview } from "../support/office.ts";
import { day, DESK, expect, test } from "../support/journey.ts";
import { become, live, saved } from "../support/steps.ts";

test.use({ role: "admin" });

const REP = "Grace Wanjiru";

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
  await expect(preview).toContainText(/cadence 35 → 28 days: \d+ more clients? red, (as many|\d+ (more|fewer)) prospects? red( as before)?, [\d.]+ more visits per rep and day/);
  const red = Number(((await preview.getByRole("row", { name: /Overdue/ }).first().getByRole("cell").nth(1).innerText()).replace(",", "")));
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

  test("policy, calendar and settings are plain forms", DESK, async ({ page, office, watch }) => {
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

  test("has no way into the office", DESK, async ({ page, office }) => {
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
