// The office looks after a team: its lists by rep, branch and date, and clients given from one rep to another.
import { COLLEAGUE } from "../support/places.ts";
import { at, day, expect, test } from "../support/journey.ts";
import { live } from "../support/steps.ts";

test.use({ role: "manager" });

const REP = "Grace Wanjiru";

test("the team's clients are found by rep and branch", async ({ page, office, look }) => {
  await office.as("rep").client("Highland Estate North", { segment: "Estate" });
  await office.as("colleague").client("Highland Estate South", { segment: "Estate" });
  await page.goto("/clients");
  await live(page);
  await look(page, "clients");
  await page.getByRole("searchbox", { name: "Search clients" }).fill("highland estate");
  await page.getByRole("search").getByRole("button", { name: "Show" }).click();
  const table = page.getByRole("table");
  await expect(table.getByRole("link", { name: "Highland Estate North" })).toBeVisible();
  await expect(table.getByRole("link", { name: "Highland Estate South" })).toBeVisible();
  await page.getByLabel("Rep", { exact: true }).selectOption({ label: REP });
  await page.getByRole("search").getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/rep=/);
  await expect(table.getByRole("link", { name: "Highland Estate North" })).toBeVisible();
  await expect(table.getByRole("link", { name: "Highland Estate South" })).toBeHidden();
  await page.getByLabel("Rep", { exact: true }).selectOption("");
  await page.getByLabel("Branch").selectOption({ label: "Mombasa" });
  await page.getByRole("search").getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/branch=/);
  await expect(page.getByText("Nothing matches").or(table.getByRole("row").nth(1)).first()).toBeVisible();
  await expect(table.getByRole("link", { name: "Highland Estate North" })).toBeHidden();
});

test("ticked clients are given to another rep", async ({ page, office, look }) => {
  const rep = office.as("rep");
  const [one, two, stays] = [await rep.client("Handover One"), await rep.client("Handover Two"), await rep.client("Handover Stays")];
  const theirs = await office.as("colleague").client("Colleague’s own");
  await page.goto("/clients?q=handover");
  await live(page);
  await page.getByRole("checkbox", { name: "Tick Handover One" }).check();
  await page.getByRole("checkbox", { name: "Tick Handover Two" }).check();
  await expect(page.getByText("2 ticked")).toBeVisible();
  await page.getByLabel("New owner").selectOption({ label: COLLEAGUE });
  await look(page, "ticked");
  await page.getByRole("button", { name: "Reassign" }).click();
  await expect(page.getByRole("row", { name: /Handover One/ })).toContainText(COLLEAGUE);
  await expect(page.getByRole("row", { name: /Handover Stays/ })).toContainText(REP);
  expect((await office.show(one.id)).repId).toBe(theirs.repId);
  expect((await office.show(two.id)).repId).toBe(theirs.repId);
  expect((await office.show(stays.id)).repId).toBe(stays.repId);
});

test("the team's visits are found by rep, branch and date", async ({ page, office, look }) => {
  const rep = office.as("rep");
  const client = await rep.client("Pontoon Ferry Works");
  await rep.logged(client.id, 3, { startedAt: at(-3, "20:00"), endedAt: at(-3, "20:20"), notes: "The last of its day." });
  await rep.planned(client.id, at(2, "08:15"));
  await page.goto(`/visits?status=completed&from=${day(-3)}&to=${day(-3)}`);
  await live(page);
  await expect(page.getByText("Pontoon Ferry Works").first()).toBeVisible();
  await look(page, "visits");
  await page.getByLabel("From").fill(day(-2));
  await page.getByLabel("To").fill(day(-1));
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(new RegExp(`from=${day(-2)}`));
  await expect(page.getByText("Pontoon Ferry Works")).toBeHidden();
  await page.goto("/visits");
  await page.getByLabel("Rep", { exact: true }).selectOption({ label: REP });
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/rep=/);
  await expect(page.getByText("Pontoon Ferry Works").first()).toBeVisible();
  await page.getByLabel("Rep", { exact: true }).selectOption({ label: COLLEAGUE });
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByText("Pontoon Ferry Works")).toBeHidden();
});

test("today shows the team, and a client is edited from the desk", async ({ page, office, look }) => {
  const client = await office.as("rep").client("Desk Edited Ltd", { town: "Thika" });
  await page.goto("/");
  await live(page);
  await look(page, "today");
  await page.goto(`/clients/${client.id}`);
  await live(page);
  await look(page, "card");
  await page.getByRole("link", { name: "Edit details" }).click();
  await page.getByLabel("Town").fill("Limuru");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL(new RegExp(`/clients/${client.id}$`));
  await expect(page.getByText("Limuru").first()).toBeVisible();
  await expect.poll(async () => (await office.show(client.id)).town).toBe("Limuru");
});
