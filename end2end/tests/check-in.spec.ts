// A visit from check-in to check-out: in place, from elsewhere, without a position, and the one whose end was forgotten.
import { at, day, expect, PHONE, test } from "../support/journey.ts";
import { carry, NAIROBI, north, sent, standAt } from "../support/steps.ts";

test("checked in at the client and out again, the light turns green at once", async ({ page, office, look }) => {
  const client = await office.visited("Tumaini Agrovet", 60, { tier: "B", position: NAIROBI });
  await carry(page);
  await standAt(page, north(NAIROBI, 120), 10);
  await page.goto(`/clients/${client.id}`);
  await expect(page.getByText(/^Red: 25 days over/)).toBeVisible();
  await page.getByRole("button", { name: "Check in" }).click();
  await expect(page).toHaveURL(/\/visits\//);
  await expect(page.getByText(/at the client/)).toBeVisible();
  await look(page, "running");

  await page.getByLabel("By when").fill(day(-3));
  await page.getByRole("button", { name: "Check out" }).click();
  await expect(page.getByText("Say what is to be done by that day, or clear the day.")).toBeVisible();
  await page.getByLabel("Next step").fill("Send the quotation");
  await page.getByRole("button", { name: "Check out" }).click();
  await expect(page.getByText("The next step lies before the visit: choose a later day.")).toBeVisible();
  await look(page, "refused");
  await page.getByRole("button", { name: "In a week" }).click();
  await page.getByLabel("Visit type").selectOption({ label: "Sales visit" });
  await page.getByLabel("Outcome").selectOption({ label: "Quote asked for" });
  await page.getByLabel("Notes").fill("Wants three chaff cutters before the rains.");
  await page.getByRole("button", { name: "Check out" }).click();
  await expect(page.getByText("Completed")).toBeVisible();
  await expect(page.getByText("Quote asked for")).toBeVisible();
  await look(page, "done");

  await page.goto(`/clients/${client.id}`);
  await expect(page.getByText(/^Green: until/)).toBeVisible();
  await expect(page.getByText("Send the quotation")).toBeVisible();
  await sent(page);
  const [visit] = (await office.visits(client.id)).filter((visit) => visit.day === day());
  expect(visit).toMatchObject({ status: "completed", outcome: "quote", withinRadius: true, nextStep: "Send the quotation", nextStepOn: day(7), promise: "open" });
});

test("from outside the radius a reason is asked for", async ({ page, office, look }) => {
  const client = await office.client("Neema Stores", { position: NAIROBI });
  await carry(page);
  await standAt(page, north(NAIROBI, 2_100), 10);
  await page.goto(`/clients/${client.id}`);
  await page.getByRole("button", { name: "Check in" }).click();
  const sheet = page.getByRole("dialog", { name: "Check in at Neema Stores" });
  await expect(sheet.getByText("2.1 km from the client")).toBeVisible();
  await look(page, "outside");
  await sheet.getByRole("button", { name: "Check in with this reason" }).click();
  await expect(sheet.getByText("Say why you check in from here.")).toBeVisible();
  await sheet.getByRole("button", { name: "Met somewhere else" }).click();
  await expect(page).toHaveURL(/\/visits\//);
  await expect(page.getByText(/2\.1 km away · Met somewhere else/)).toBeVisible();
  await sent(page);
  expect((await office.visits(client.id))[0]).toMatchObject({ status: "inProgress", withinRadius: false, outsideReason: "Met somewhere else" });
});

test("without a position one can still check in", async ({ page, office, look }) => {
  const client = await office.client("Imani Garage", { position: NAIROBI });
  await carry(page);
  await page.goto(`/clients/${client.id}`);
  await page.getByRole("button", { name: "Check in" }).click();
  const sheet = page.getByRole("dialog", { name: "Check in at Imani Garage" });
  await expect(sheet.getByText("No position")).toBeVisible();
  await look(page, "nowhere");
  // twice with one thumb is once
  await sheet.getByRole("button", { name: "Check in without it" }).dblclick();
  await expect(page).toHaveURL(/\/visits\//);
  await sent(page);
  const [visit, ...more] = await office.visits(client.id);
  expect(more).toEqual([]);
  expect(visit?.status).toBe("inProgress");
  expect(visit?.withinRadius ?? null).toBeNull();
});

test("a forgotten check-out is asked for later, with the time it ended", async ({ page, office, look }) => {
  const client = await office.client("Chui Quarry");
  await office.running(client.id, at(-1, "15:00"));
  await carry(page);
  await page.goto("/");
  const asked = page.getByRole("status").filter({ hasText: "The visit to Chui Quarry is still open since yesterday 15:00." });
  await expect(asked).toBeVisible();
  await look(page, "forgotten");
  await asked.getByRole("link", { name: "Check out" }).click();
  await expect(page.getByText("This visit was never checked out. When did it end?")).toBeVisible();
  await expect(page.getByLabel("Ended at")).toHaveValue(`${day(-1)}T15:30`);
  await page.getByLabel("Ended at").fill(`${day(-1)}T15:50`);
  await page.getByLabel("Outcome").selectOption({ label: "Order taken" });
  await page.getByRole("button", { name: "Check out" }).click();
  await expect(page.getByText("15:00–15:50 · 50 min")).toBeVisible();
  await sent(page);
  expect((await office.visits(client.id))[0]).toMatchObject({ status: "completed", day: day(-1) });
});

test("a report is corrected afterwards", PHONE, async ({ page, office }) => {
  const client = await office.client("Faida Millers");
  const visit = await office.logged(client.id, 2, { notes: "Wrong notes." });
  await carry(page);
  await page.goto(`/visits/${visit.id}`);
  await page.getByRole("button", { name: "Edit the report" }).click();
  await page.getByLabel("Notes").fill("Right notes.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Right notes.").first()).toBeVisible();
  await sent(page);
  expect((await office.visits(client.id))[0]?.notes).toBe("Right notes.");
});
