// A day with no network: everything is done on the phone, survives the browser, and arrives when the server is back.
import { day, expect, NO_SERVER, PHONE, test } from "../support/journey.ts";
import { carry, chip, logVisit, NAIROBI, row, sent, standAt } from "../support/steps.ts";

test("a visit made with the server stopped outlives tab and browser, and is sent when the server is back", async ({ device, office, server, watch, look }) => {
  watch.expect(NO_SERVER);
  const client = await office.visited("Jitegemee Spares", 70, { position: NAIROBI, town: "Thika" });
  let page = await device.open();
  await carry(page);
  await standAt(page, NAIROBI);
  await server.kill();

  await page.goto("/clients?q=jitegemee");
  await row(page, "Jitegemee Spares").getByRole("link").click();
  await expect(page.getByText(/^Red:/)).toBeVisible();
  await page.getByRole("button", { name: "Check in" }).click();
  await expect(page.getByText("In progress")).toBeVisible();
  await page.getByLabel("Outcome").selectOption({ label: "Order taken" });
  await page.getByLabel("Notes").fill("Ordered with no network.");
  await page.getByRole("button", { name: "Check out" }).click();
  await expect(page.getByText("Completed")).toBeVisible();
  await expect(chip(page)).toHaveText("Offline · 2 here");
  await page.goto(`/clients/${client.id}`);
  await expect(page.getByText(/^Green: until/)).toBeVisible();
  await look(page, "card");

  await page.close();
  page = await device.tab();
  await page.goto("/");
  await expect(chip(page)).toHaveText("Offline · 2 here");
  await expect(page.getByText("2 still on this phone, sent as soon as there is a network.")).toBeVisible();
  await look(page, "today");
  await page.goto("/outbox");
  await expect(page.getByRole("listitem").filter({ hasText: "Check-in · Jitegemee Spares" })).toContainText("on this phone");
  await expect(page.getByRole("listitem").filter({ hasText: "Check-out" })).toContainText("on this phone");
  await look(page, "outbox");

  await device.close();
  page = await device.open();
  await page.goto("/");
  await expect(chip(page)).toHaveText("Offline · 2 here");

  await device.kill(page);
  page = await device.open();
  await page.goto(`/clients/${client.id}`);
  await expect(page.getByText(/^Green: until/)).toBeVisible();
  await expect(chip(page)).toHaveText("Offline · 2 here");

  await server.start();
  await page.goto("/");
  await sent(page);
  await expect(page.getByText("Everything made today is on the server.")).toBeVisible();
  await look(page, "all-sent");
  const made = (await office.visits(client.id)).filter((visit) => visit.day === day());
  expect(made).toHaveLength(1);
  expect(made[0]).toMatchObject({ status: "completed", notes: "Ordered with no network.", withinRadius: true });
});

test("the day's sum is what the server acknowledged", PHONE, async ({ page, office, server, watch }) => {
  watch.expect(NO_SERVER);
  const client = await office.client("Harambee Dairy Cooperative");
  await carry(page);
  await logVisit(page, client.id, "First.");
  await sent(page);
  await server.kill();
  await logVisit(page, client.id, "Second.");
  await page.goto("/");
  const line = page.locator(".day-card__row").filter({ hasText: "Logged visit" });
  await expect(line.locator(".day-card__made")).toHaveText("2");
  await expect(line.locator(".day-card__sent")).toHaveText("1");
  await server.start();
  await page.reload();
  await expect(line.locator(".day-card__sent")).toHaveText("2");
  expect((await office.visits(client.id)).map((visit) => visit.notes).sort()).toEqual(["First.", "Second."]);
});

test("clients are entered, edited and archived with no network", PHONE, async ({ page, office, server, watch }) => {
  watch.expect(NO_SERVER);
  const old = await office.client("Old Depot");
  await carry(page);
  await server.kill();
  await page.goto("/prospects/new");
  await page.getByLabel("Name").fill("Upendo Flower Farm");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Upendo Flower Farm" })).toBeVisible();
  await page.getByRole("button", { name: "Add a person" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Naomi Karanja");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Naomi Karanja")).toBeVisible();
  await page.getByRole("button", { name: /Make it a client/ }).click();
  await expect(page).toHaveURL(/\/clients\//);
  await page.goto(`/clients/${old.id}`);
  await page.getByRole("button", { name: /^Archive/ }).click();
  await expect(chip(page)).toHaveText("Offline · 4 here");
  await server.start();
  await page.goto("/");
  await sent(page);
  const [found] = await office.find("Upendo Flower");
  expect(found?.name).toBe("Upendo Flower Farm");
  expect((await office.get<{ items: { name: string }[] }>(`/contacts?clientId=${found?.id}`)).items[0]?.name).toBe("Naomi Karanja");
  expect(await office.find("Old Depot")).toEqual([]);
});

test("every screen opens with the server stopped", PHONE, async ({ page, office, server, watch }) => {
  watch.expect(NO_SERVER);
  const client = await office.client("Amani Sawmills");
  const visit = await office.logged(client.id, 1);
  const prospect = await office.prospect("Umoja Tea Estate");
  const screens: [string, string | RegExp][] = [
    ["/", "Today"],
    ["/clients", "Clients"],
    ["/prospects", "Prospects"],
    ["/clients/new", "New client"],
    ["/prospects/new", "New prospect"],
    [`/clients/${client.id}`, "Amani Sawmills"],
    [`/clients/${client.id}/edit`, "Edit Amani Sawmills"],
    [`/prospects/${prospect.id}`, "Umoja Tea Estate"],
    [`/prospects/${prospect.id}/edit`, "Edit Umoja Tea Estate"],
    ["/visits", "Visits"],
    [`/visits/new?client=${client.id}`, "Log a visit"],
    [`/visits/${visit.id}`, "Amani Sawmills"],
    ["/more", "More"],
    ["/outbox", "Outbox"],
    ["/gallery", /./],
  ];
  const walk = async () => {
    for (const [path, title] of screens) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1, name: title }), path).toBeVisible();
    }
  };
  await carry(page);
  await walk();
  await server.kill();
  await walk();
  await page.goto("/nowhere/at/all");
  await expect(page.getByRole("heading", { name: "There is no such page" })).toBeVisible();
});

test("a phone that never was here is told that it needs the server", PHONE, async ({ page, server, watch }) => {
  watch.expect(NO_SERVER);
  await carry(page);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in to Fieldlight" })).toBeVisible();
  await server.kill();
  await page.goto("/clients");
  await expect(page.getByRole("heading", { name: "The server cannot be reached" })).toBeVisible();
});
