// A visit is planned, moved and called off.
import { at, day, expect, short, test } from "../support/journey.ts";
import { carry, row, sent } from "../support/steps.ts";

test("a visit is planned from a card, moved, and cancelled with its reason", async ({ page, office, look }) => {
  const client = await office.visited("Jambo Plant Hire", 5);
  await carry(page);
  await page.goto(`/clients/${client.id}`);
  await page.getByRole("button", { name: "Plan", exact: true }).click();
  const sheet = page.getByRole("dialog", { name: "Plan a visit to Jambo Plant Hire" });
  await expect(sheet.getByLabel("When")).toHaveValue(`${day(1)}T09:00`);
  await sheet.getByLabel("When").fill(`${day(-1)}T09:00`);
  await sheet.getByRole("button", { name: "Plan it" }).click();
  await expect(sheet.getByText("That day is over: choose today or later, or log the visit instead.")).toBeVisible();
  await look(page, "refused");
  await sheet.getByRole("button", { name: "In two weeks" }).click();
  await expect(sheet.getByLabel("When")).toHaveValue(`${day(14)}T09:00`);
  await sheet.getByLabel("Visit type").selectOption({ label: "Demonstration" });
  await sheet.getByLabel("What for").fill("Show the compactor.");
  await sheet.getByRole("button", { name: "Plan it" }).click();
  await expect(sheet).toBeHidden();

  await page.goto("/visits");
  await row(page, "Jambo Plant Hire").getByRole("link").click();
  await expect(page.getByText(`${short(14)} 09:00`)).toBeVisible();
  await expect(page.getByText("Show the compactor.")).toBeVisible();
  await look(page, "planned");
  await page.getByRole("button", { name: "New time" }).click();
  await page.getByRole("dialog", { name: "New time" }).getByLabel("When").fill(`${day(7)}T14:30`);
  await page.getByRole("button", { name: "Move it" }).click();
  await expect(page.getByText(`${short(7)} 14:30`)).toBeVisible();
  await sent(page);
  const [moved] = await office.visits(client.id).then((all) => all.filter((visit) => visit.status === "planned"));
  expect(Date.parse(String(moved?.plannedAt))).toBe(Date.parse(at(7, "14:30")));

  await page.getByRole("button", { name: "Cancel it" }).click();
  const cancelling = page.getByRole("dialog", { name: "Cancel the visit" });
  await cancelling.getByLabel("Why").fill("Road closed by rain.");
  await cancelling.getByRole("button", { name: "Cancel the visit" }).click();
  await expect(page.getByText("Road closed by rain.")).toBeVisible();
  await sent(page);
  await look(page, "cancelled");
  await page.goto(`/clients/${client.id}`);
  await expect(page.getByRole("heading", { name: "Planned" })).toBeHidden();
});
