// Two devices, two people: whose change stands, what becomes of a client that changes hands.
import { EMAILS, PASSWORD } from "../support/places.ts";
import { expect, NO_SERVER, PHONE, status, test } from "../support/journey.ts";
import { carry, chip, logVisit, row, sendNow, sent, signIn } from "../support/steps.ts";

test.describe("behind a gate", () => {
  test.use({ gated: true });

  test("two devices edit one client: different fields are both kept, of one field the later to arrive", PHONE, async ({ page, office, gate, watch }) => {
    watch.expect(status(503), NO_SERVER);
    const client = await office.client("Shared Workshop", { town: "Thika", phone: "0722 000 001" });
    await carry(page);
    gate.answer(/\/sync\/push/, 503);
    await page.goto(`/clients/${client.id}/edit`);
    await page.getByLabel("Town").fill("Ruiru");
    await page.getByLabel("Notes").fill("From the phone with no network.");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(chip(page)).toHaveText("Offline · 1 here");
    await page.close();
    await office.as("manager").ask("PATCH", `/clients/${client.id}`, { phone: "0722 999 999", notes: "From the office." });
    gate.openAll();

    page = await page.context().newPage();
    await page.goto(`/clients/${client.id}`);
    await sent(page);
    expect(await office.show(client.id)).toMatchObject({ town: "Ruiru", phone: "0722 999 999", notes: "From the phone with no network." });
    await expect(page.getByText("0722 999 999")).toBeVisible();
    await expect(page.getByText(/Changed by Grace Wanjiru today/)).toBeVisible();
  });

  test("a client given to another rep meanwhile: the visit counts, the edit is set aside, the client leaves", async ({ page, office, gate, watch, look }) => {
    watch.expect(status(503), NO_SERVER);
    const client = await office.client("Moving Contractors");
    const manager = office.as("manager");
    const theirs = await office.as("colleague").client("Theirs");
    await carry(page);
    gate.answer(/\/sync\/push/, 503);
    await logVisit(page, client.id, "Made while it was mine.");
    await page.goto(`/clients/${client.id}/edit`);
    await page.getByLabel("Town").fill("Elsewhere");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(chip(page)).toHaveText("Offline · 2 here");
    await page.close();
    await manager.post("/clients/reassignment", { ids: [client.id], repId: theirs.repId });
    gate.openAll();

    page = await page.context().newPage();
    await page.goto("/outbox");
    await expect(page.getByRole("listitem").filter({ hasText: "Edit" })).toContainText("needs attention");
    await expect(page.getByRole("listitem").filter({ hasText: "Logged visit" })).toBeHidden();
    await look(page, "edit-set-aside");
    await expect.poll(async () => (await manager.visits(client.id)).map((visit) => visit.notes)).toEqual(["Made while it was mine."]);
    await page.goto("/clients?q=moving+contractors");
    await expect(page.getByText("Nothing matches")).toBeVisible();
    expect((await manager.show(client.id)).town ?? null).toBeNull();
  });

  test("signing out with unsent work warns; another person has their own; the first one's is sent when they are back", async ({ page, office, gate, watch, look }) => {
    watch.expect(status(503), NO_SERVER);
    const client = await office.client("Mine Alone");
    const theirs = await office.as("colleague").client("Theirs Alone");
    await carry(page);
    gate.answer(/\/sync\/push/, 503);
    await logVisit(page, client.id, "Not sent yet.");
    await page.goto("/more");
    await page.getByRole("button", { name: "Sign out" }).click();
    const warning = page.getByRole("dialog", { name: "Not everything is sent" });
    await expect(warning).toContainText("1 entry is only on this phone.");
    await look(page, "sign-out-warning");
    await warning.getByRole("button", { name: "Stay signed in" }).click();
    await expect(warning).toBeHidden();
    await page.getByRole("button", { name: "Sign out" }).click();
    await warning.getByRole("button", { name: "Sign out anyway" }).click();
    await signIn(page, EMAILS.colleague, PASSWORD);
    await expect(page.getByRole("heading", { level: 1, name: /More|Today/ })).toBeVisible();

    gate.openAll();
    await carry(page);
    await expect(page.getByText(EMAILS.colleague)).toBeVisible();
    await sent(page);
    await page.goto("/clients?q=alone");
    await expect(row(page, "Theirs Alone")).toBeVisible();
    await expect(row(page, "Mine Alone")).toBeHidden();
    expect(await office.as("manager").visits(client.id)).toEqual([]);
    expect(theirs.repId).not.toBe(client.repId);

    await page.goto("/more");
    await page.getByRole("button", { name: "Sign out" }).click();
    await signIn(page, EMAILS.rep, PASSWORD);
    await expect(page.getByRole("heading", { level: 1, name: /More|Today/ })).toBeVisible();
    const manager = office.as("manager");
    await expect.poll(async () => (await manager.visits(client.id)).map((visit) => visit.notes)).toEqual(["Not sent yet."]);
    await page.goto("/");
    await sent(page);
  });
});

test("another person's session in this browser sends nothing of the first one's", async ({ page, office, server, sessions, watch, look }) => {
  watch.expect(NO_SERVER, status(409), status(401));
  const client = await office.client("Mine Alone");
  await carry(page);
  await server.kill();
  await logVisit(page, client.id, "Mine to send.");
  const [cookie] = await page.context().cookies();
  await page.context().addCookies([{ ...cookie!, value: sessions.colleague! }]);
  await server.start();
  await sendNow(page);
  await expect(page.getByText("Someone else is signed in here. Your unsent entries stay on this phone until you sign in again.")).toBeVisible();
  await look(page, "someone-else");
  expect(await office.visits(client.id)).toEqual([]);
  await page.context().addCookies([cookie!]);
  await sendNow(page);
  await page.goto("/");
  await sent(page);
  expect(await office.visits(client.id)).toHaveLength(1);
});
