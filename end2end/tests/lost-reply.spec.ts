// The reply is lost, the same is sent twice, two tabs are open: there is one record.
import { expect, NO_SERVER, PHONE, test } from "../support/journey.ts";
import { carry, chip, logVisit, sendNow, sent } from "../support/steps.ts";

test.describe("behind a gate that loses replies", () => {
  test.use({ gated: true });

  test("the server dies after writing and before answering: the visit is there once", PHONE, async ({ page, office, server, gate, watch }) => {
    watch.expect(NO_SERVER);
    const client = await office.client("Bidii Construction");
    await carry(page);
    gate.loseReplies(/\/sync\/push/);
    await logVisit(page, client.id, "Written, but nobody heard of it.");
    await expect.poll(async () => (await office.visits(client.id)).length).toBe(1);
    await expect(chip(page)).toHaveText(/1/);
    await server.kill();
    await server.start();
    gate.openAll();
    await sendNow(page);
    await page.goto("/");
    await sent(page);
    expect(await office.visits(client.id)).toHaveLength(1);
  });
});

test("two tabs send every entry once and show the same", PHONE, async ({ page, context, office, server, watch }) => {
  watch.expect(NO_SERVER);
  const client = await office.client("Maendeleo Garage");
  await carry(page);
  const other = await context.newPage();
  await other.goto("/more");
  await server.kill();
  await logVisit(page, client.id, "From the first tab.");
  await logVisit(other, client.id, "From the second tab.");
  await expect(chip(page)).toHaveText("Offline · 2 here");
  await expect(chip(other)).toHaveText("Offline · 2 here");
  await expect(page.getByText("From the second tab.")).toBeVisible();
  await server.start();
  await Promise.all([sendNow(page), sendNow(other)]);
  await Promise.all([page.goto("/"), other.goto(`/clients/${client.id}`)]);
  await Promise.all([sent(page), sent(other)]);
  const notes = (await office.visits(client.id)).map((visit) => visit.notes);
  expect(notes.sort()).toEqual(["From the first tab.", "From the second tab."]);
});
