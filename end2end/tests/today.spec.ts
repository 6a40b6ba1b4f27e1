// The first screen: what is next, tapped to act on.
import { at, day, expect, PHONE, test } from "../support/journey.ts";
import { carry, NAIROBI, row, sent, standAt } from "../support/steps.ts";

test("the most urgent comes first, says why, and one tap begins the visit", async ({ page, office, look }) => {
  const position = NAIROBI;
  const client = await office.visited("Kisima Water Pumps", 90, { tier: "A", town: "Thika", position });
  await office.logged(client.id, 80, { nextStep: "Bring the pump catalogue", nextStepOn: day() });
  const visit = await office.planned(client.id, at(0, "00:05"));
  await carry(page);
  await page.goto("/");

  await expect(page.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
  const first = row(page, "Kisima Water Pumps");
  await expect(first).toContainText("today 00:05");
  await expect(first).toContainText("59 days over");
  await expect(first).toContainText("Promise: Bring the pump catalogue, due today");
  await expect(page.getByRole("main").getByRole("listitem").first()).toContainText("Kisima Water Pumps");
  for (const figure of ["overdue", "due soon", "planned", "done"]) {
    await expect(page.getByRole("link", { name: new RegExp(`\\d+ ?${figure}`) })).toBeVisible();
  }
  await look(page, "next");

  await standAt(page, position);
  await page.getByRole("button", { name: "Check in at Kisima Water Pumps" }).click();
  await expect(page).toHaveURL(new RegExp(`/visits/${visit.id}$`));
  await expect(page.getByText("In progress")).toBeVisible();

  await page.getByRole("link", { name: "Today" }).first().click();
  await expect(page.getByRole("heading", { level: 2, name: "Kisima Water Pumps" })).toBeVisible();
  await expect(page.getByText("Your day")).toBeVisible();
  await sent(page);
  await look(page, "running");
});

test("the figures lead to the lists they count", PHONE, async ({ page, office }) => {
  await office.visited("Overdue Ranch", 100, { tier: "A" });
  await carry(page);
  await page.goto("/");
  const overdue = page.getByRole("link", { name: /\d+ ?overdue/ });
  const count = Number((await overdue.textContent())?.match(/\d+/)?.[0]);
  await overdue.click();
  await expect(page).toHaveURL(/\/clients\?light=red/);
  await expect(page.getByText(new RegExp(`^${count} clients? by due date`))).toBeVisible();
});
