// Visits by day and state, and one logged after the fact.
import { at, day, expect, test } from "../support/journey.ts";
import { carry, row, sent } from "../support/steps.ts";

test("visits are listed by state and day", async ({ page, office, look }) => {
  const client = await office.client("Twiga Ranch", { town: "Kajiado" });
  await office.planned(client.id, at(1, "10:30"));
  await office.logged(client.id, 1, { notes: "Long talk over tea." });
  await carry(page);
  await page.goto("/visits");
  await expect(page.getByRole("heading", { name: "Tomorrow" })).toBeVisible();
  await expect(row(page, "Twiga Ranch")).toContainText("10:30");
  await look(page, "planned");
  const states = page.getByRole("group", { name: "Which visits" });
  await states.getByRole("link", { name: "Done" }).click();
  await expect(row(page, "Twiga Ranch")).toContainText("Order taken · Long talk over tea.");
  await look(page, "done");
  await states.getByRole("link", { name: "In progress" }).click();
  await expect(page.getByText("No visits here")).toBeVisible();
  await look(page, "none");
  await page.goto(`/visits?client=${client.id}`);
  await expect(page.getByRole("main").getByRole("listitem").filter({ hasText: "Twiga Ranch" })).toHaveCount(2);
});

test("a visit is logged after the fact", async ({ page, office, look }) => {
  const client = await office.client("Savanna Welding Works");
  await carry(page);
  await page.goto(`/clients/${client.id}`);
  await page.getByRole("link", { name: "Log", exact: true }).click();
  await page.getByLabel("Began").fill(`${day(-1)}T11:00`);
  await page.getByLabel("Minutes").fill("about an hour");
  await page.getByRole("button", { name: "Log it" }).click();
  await expect(page.getByText("Say in whole minutes how long it took: 0 to 1440.")).toBeVisible();
  await page.getByLabel("Minutes").fill("45");
  await page.getByLabel("Outcome").selectOption({ label: "Order taken" });
  await page.getByLabel("Notes").fill("Two sets of brake linings.");
  await look(page, "log");
  await page.getByRole("button", { name: "Log it" }).click();
  await expect(page).toHaveURL(new RegExp(`/clients/${client.id}$`));
  await expect(page.getByText("Two sets of brake linings.")).toBeVisible();
  await expect(page.getByText(/^Green: until/)).toBeVisible();
  await sent(page);
  expect((await office.visits(client.id))[0]).toMatchObject({ status: "completed", day: day(-1), notes: "Two sets of brake linings." });
});
