// What the server refuses or fails on does not block the rest: it is set aside, says why, and is mended or given up.
import type { Gate } from "../support/gate.ts";
import { day, expect, NO_SERVER, PHONE, status, test } from "../support/journey.ts";
import { carry, chip, logVisit, sendNow, sent } from "../support/steps.ts";

test("what the server refuses is put right and sent again, and what stands on it follows", async ({ page, office, watch, look }) => {
  watch.expect(NO_SERVER);
  const client = await office.client("Far Ahead Millers");
  await carry(page);
  // a phone whose calendar is twelve days ahead takes a day that the server does not
  await page.addInitScript(() => {
    const now = Date.now;
    Date.now = () => now() + 12 * 86_400_000;
  });
  await page.goto(`/clients/${client.id}`);
  await page.getByRole("button", { name: "Plan", exact: true }).click();
  await page.getByRole("dialog").getByLabel("When").fill(`${day(740)}T09:00`);
  await page.getByRole("dialog").getByRole("button", { name: "Plan it" }).click();
  await page.goto("/outbox");
  const refused = page.getByRole("listitem").filter({ hasText: "Planned visit" });
  await expect(refused).toContainText("Plan at most two years ahead.");
  await refused.getByRole("button", { name: "Edit and send again" }).click();
  const sheet = page.getByRole("dialog", { name: "Planned visit" });
  await expect(sheet.getByText("Plan at most two years ahead.")).toBeVisible();
  await look(page, "mend");
  await sheet.getByLabel("When").fill(`${day(60)}T09:00`);
  await sheet.getByRole("button", { name: "Send again" }).click();
  await expect(sheet).toBeHidden();
  await page.goto("/");
  await sent(page);
  expect((await office.visits(client.id)).map((visit) => [visit.status, visit.day])).toEqual([["planned", day(60)]]);
});

const pushes = (gate: Gate) => gate.came.filter(({ path }) => path.includes("/sync/push")).map(({ at }) => at);

test.describe("behind a gate that fails", () => {
  test.use({ gated: true });

  test("a plan to a client archived meanwhile needs attention, the rest goes on, and it is discarded", async ({ page, office, gate, watch, look }) => {
    watch.expect(status(503), NO_SERVER);
    const gone = await office.client("Closed Down Ltd");
    const open = await office.client("Still Open Ltd");
    await carry(page);
    gate.answer(/\/sync\/push/, 503);
    await page.goto(`/clients/${gone.id}`);
    await page.getByRole("button", { name: "Plan", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Plan it" }).click();
    await page.getByRole("link", { name: /Sales visit/ }).click();
    await page.getByRole("button", { name: "New time" }).click();
    await page.getByRole("dialog", { name: "New time" }).getByLabel("When").fill(`${day(3)}T10:00`);
    await page.getByRole("button", { name: "Move it" }).click();
    await expect(page.getByRole("dialog", { name: "New time" })).toBeHidden();
    await logVisit(page, open.id, "Goes through.");
    await expect(chip(page)).toHaveText("Offline · 3 here");
    await page.close();
    await office.as("manager").ask("DELETE", `/clients/${gone.id}`);
    gate.openAll();

    page = await page.context().newPage();
    await page.goto("/outbox");
    const refused = page.getByRole("listitem").filter({ hasText: "Planned visit" });
    await expect(refused).toContainText("needs attention");
    await expect(refused).toContainText("Closed Down Ltd is archived: bring it back first.");
    const dependant = page.getByRole("listitem").filter({ hasText: "New time for a visit" });
    await expect(dependant).toContainText("It belongs to an entry above that needs attention");
    await expect(page.getByRole("listitem").filter({ hasText: "Logged visit" })).toBeHidden();
    await expect.poll(async () => (await office.visits(open.id)).length).toBe(1);
    await look(page, "refused");
    await page.goto("/");
    await expect(chip(page)).toHaveText("2 need attention");
    await look(page, "today");

    await chip(page).click();
    await refused.getByRole("button", { name: "Discard" }).click();
    await look(page, "discard");
    await page.getByRole("dialog", { name: "Discard it?" }).getByRole("button", { name: "Discard" }).click();
    await expect(refused).toBeHidden();
    await expect(dependant).toBeHidden();
    await page.goto("/");
    await sent(page);
    expect(await office.visits(gone.id)).toEqual([]);
  });

  test("an entry the server fails on five times is set aside with its reference, and can be sent again", async ({ page, office, gate, watch, look }) => {
    watch.expect(status(500), NO_SERVER);
    const client = await office.client("Kifaru Transporters");
    await carry(page);
    gate.answer(/\/sync\/push/, 500);
    await logVisit(page, client.id, "The server fails on this.");
    await page.goto("/outbox");
    const entry = page.getByRole("listitem").filter({ hasText: "Logged visit" });
    await expect(async () => {
      await page.getByRole("button", { name: "Send now" }).click();
      await expect(entry).toContainText("needs attention", { timeout: 500 });
    }).toPass({ timeout: 30_000 });
    await expect(entry).toContainText("The server failed on it five times. Send it again later, or pass on the reference gate-1.");
    await look(page, "failing");
    gate.openAll();
    await entry.getByRole("button", { name: "Edit and send again" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Send again" }).click();
    await page.goto("/");
    await sent(page);
    expect((await office.visits(client.id)).map((visit) => visit.notes)).toEqual(["The server fails on this."]);
  });

  test("a server that is down makes the queue wait, whatever it answers", PHONE, async ({ page, office, gate, watch }) => {
    watch.expect(status(503), NO_SERVER);
    const client = await office.client("Umoja Logistics");
    await carry(page);
    gate.answer(/\/sync\/push/, 503);
    await logVisit(page, client.id, "Waits.");
    // it asks again after two seconds, then four: not without a pause
    await expect.poll(() => pushes(gate).length, { timeout: 15_000 }).toBeGreaterThanOrEqual(3);
    const [first, , third] = pushes(gate);
    expect(third! - first!).toBeGreaterThan(1_500);
    await page.goto("/outbox");
    for (let i = 0; i < 6; i++) await page.getByRole("button", { name: "Send now" }).click();
    await expect(page.getByRole("listitem").filter({ hasText: "Logged visit" })).toContainText("on this phone");
    gate.openAll();
    await sendNow(page);
    await page.goto("/");
    await sent(page);
  });
});
