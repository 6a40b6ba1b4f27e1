// The session ends, the clock is wrong, the browser clears its storage: the phone says so, and the work stays.
import { EMAILS, PASSWORD } from "../support/places.ts";
import { expect, NO_SERVER, PHONE, status, test } from "../support/journey.ts";
import { carry, chip, logVisit, sent, signIn } from "../support/steps.ts";

test("with the session over, work goes on and is sent after a new sign-in", async ({ page, office, watch, look }) => {
  watch.expect(status(401));
  const client = await office.client("Equator Timber");
  await carry(page);
  await office.endSession();
  await logVisit(page, client.id, "Recorded without a session.");
  await expect(page.getByText("Sign in to send. What you record stays on this phone until then.")).toBeVisible();
  await expect(chip(page)).toHaveText("Sign in to send");
  await look(page, "sign-in-to-send");
  await page.getByRole("status").getByRole("link", { name: "Sign in" }).or(page.getByRole("link", { name: "Sign in", exact: true })).first().click();
  await signIn(page, EMAILS.rep, PASSWORD);
  await expect(page.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
  await sent(page);
  expect((await office.as("manager").visits(client.id)).map((visit) => visit.notes)).toEqual(["Recorded without a session."]);
});

test("after fourteen days without contact nothing opens before a sign-in, and what waits is kept", async ({ page, office, server, watch, look }) => {
  watch.expect(NO_SERVER);
  const client = await office.client("Long Way Ranch");
  await carry(page);
  await server.kill();
  await logVisit(page, client.id, "Fifteen days ago.");
  await page.close();
  const later = await page.context().newPage();
  await later.addInitScript(() => {
    const now = Date.now;
    Date.now = () => now() + 15 * 86_400_000;
  });
  await later.goto("/clients");
  await expect(later.getByText("Long Way Ranch")).toBeHidden();
  await expect(later.getByRole("link", { name: "Sign in" })).toBeVisible();
  await look(later, "fourteen-days");
  await server.start();
  await later.close();
  page = await page.context().newPage();
  await page.goto("/");
  await expect.poll(async () => (await office.visits(client.id)).map((visit) => visit.notes)).toEqual(["Fifteen days ago."]);
});

test("a phone whose clock is wrong is believed about everything but the time", async ({ page, office, look }) => {
  const client = await office.client("Wrong Clock Agrovet");
  await carry(page);
  await page.addInitScript(() => {
    const now = Date.now;
    Date.now = () => now() + 11 * 60_000;
  });
  await page.goto(`/clients/${client.id}`);
  await page.getByRole("button", { name: "Check in" }).click();
  await page.getByRole("button", { name: "Check in without it" }).click();
  await expect(page).toHaveURL(/\/visits\//);
  await page.getByRole("button", { name: "Check out" }).click();
  await expect(page.getByText("Completed")).toBeVisible();
  await sent(page);
  await expect(page.getByText("The phone’s clock was off")).toBeVisible();
  await look(page, "clock");
  const [visit] = await office.visits(client.id);
  expect(Math.abs(Date.parse(String(visit?.checkedInAt)) - Date.now())).toBeLessThan(120_000);
  expect(visit?.clockFlagged).toBe(true);
});

test("a browser that cleared its storage is found out: the Book is loaded again and the rep is told", async ({ page, office, look }) => {
  await office.client("Still There Millers");
  await carry(page);
  await page.goto("/icons/icon.svg");
  await page.evaluate(async () => {
    const gone = (await indexedDB.databases()).map(({ name }) => new Promise((resolve) => (indexedDB.deleteDatabase(name!).onsuccess = resolve)));
    await Promise.all(gone);
  });
  await page.goto("/clients?q=still+there");
  await expect(page.getByText(/This phone’s browser had cleared the stored clients and visits\. They were loaded again\./)).toBeVisible();
  await look(page, "cleared");
  await page.getByRole("button", { name: "Understood" }).click();
  await expect(page.getByText("Still There Millers")).toBeVisible();
  await sent(page);
});

test("somebody who may no longer sign in loses the stored clients, not the unsent work", PHONE, async ({ page, office, server, watch }) => {
  watch.expect(status(401), status(500), NO_SERVER);
  const client = await office.client("Last Visit Ltd");
  await carry(page);
  server.command(["user", "disable", EMAILS.rep]);
  await logVisit(page, client.id, "Never to be sent by this person.").catch(() => {});
  await expect(page.getByText("This device was signed out by the office.").or(page.getByRole("heading", { name: "Sign in to Fieldlight" })).first()).toBeVisible();
  await page.goto("/clients");
  await expect(page.getByRole("heading", { name: "Sign in to Fieldlight" })).toBeVisible();
});
