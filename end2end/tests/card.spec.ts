// One client's card: why the light is what it is, whom to reach and how, where it is, what was done.
import { day, expect, NO_SERVER, PHONE, test } from "../support/journey.ts";
import { carry, NAIROBI, north, sent, standAt } from "../support/steps.ts";

test("the card explains its light and reaches people and the place in one tap", async ({ page, office, look }) => {
  const fields = { tier: "B", town: "Thika", phone: "+254 722 100 318", email: "info@umoja.example", position: NAIROBI, notes: "Gate on the side street." };
  const client = await office.visited("Umoja Hardware", 41, { ...fields, segment: "Hardware store", tags: ["key account"] });
  await office.contact(client.id, "Joyce Mutua", { position: "Owner", phone: "0722 555 111", email: "joyce@umoja.example" });
  await office.logged(client.id, 45, { nextStep: "Send the price list", nextStepOn: day(-2), notes: "Asked for chaff cutters." });
  await carry(page);
  await page.goto(`/clients/${client.id}`);

  await expect(page.getByRole("heading", { level: 1, name: "Umoja Hardware" })).toBeVisible();
  await expect(page.getByText("Client · tier B · every 35 days · Thika")).toBeVisible();
  await expect(page.getByText("Red: 6 days over")).toBeVisible();
  await expect(page.getByText(/Last visit .* by you, 41 days ago\. Tier B is due every 35 days: .* A completed visit today keeps it green until/)).toBeVisible();
  await expect(page.getByRole("link", { name: "Call", exact: true })).toHaveAttribute("href", "tel:+254722100318");
  const maps = "https://www.google.com/maps/dir/?api=1&destination=-1.28638,36.81722";
  await expect(page.getByRole("link", { name: "Directions" })).toHaveAttribute("href", maps);
  await expect(page.getByRole("link", { name: "Call Joyce Mutua" })).toHaveAttribute("href", "tel:0722555111");
  await expect(page.getByRole("link", { name: "Mail Joyce Mutua" })).toHaveAttribute("href", "mailto:joyce@umoja.example");
  await expect(page.getByRole("link", { name: "info@umoja.example" })).toHaveAttribute("href", "mailto:info@umoja.example");
  await expect(page.getByText("Gate on the side street.")).toBeVisible();
  await expect(page.getByText("Send the price list")).toBeVisible();
  await expect(page.getByText("2 days late")).toBeVisible();
  await expect(page.getByText("Asked for chaff cutters.")).toBeVisible();
  await look(page, "whole");

  await page.getByRole("button", { name: "Kept: Send the price list" }).click();
  await expect(page.getByText("Promise kept")).toBeVisible();
  await expect(page.getByText("2 days late")).toBeHidden();
  await sent(page);
  const promised = (await office.visits(client.id)).find((visit) => visit.nextStep === "Send the price list");
  expect(promised?.promise).toBe("kept");
});

test("people are added, corrected, archived and brought back", async ({ page, office, look }) => {
  const client = await office.client("Umoja Hardware");
  await carry(page);
  await page.goto(`/clients/${client.id}`);
  await page.getByRole("button", { name: "Add a person" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(sheet.getByText("Enter a name.")).toBeVisible();
  await sheet.getByLabel("Name").fill("Joyce Mutua");
  await sheet.getByLabel("Phone").fill("12");
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(sheet.getByText("Enter a phone number with 4 to 20 digits, like +254 722 100 318.")).toBeVisible();
  await look(page, "person-refused");
  await sheet.getByLabel("Phone").fill("0722 555 111");
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(sheet).toBeHidden();
  await expect(page.getByRole("link", { name: "Call Joyce Mutua" })).toBeVisible();

  await page.getByRole("button", { name: "Edit Joyce Mutua" }).click();
  await page.getByRole("dialog").getByLabel("Position").fill("Owner");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Owner · 0722 555 111")).toBeVisible();

  await page.getByRole("button", { name: "Edit Joyce Mutua" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Archive" }).click();
  await expect(page.getByRole("link", { name: "Call Joyce Mutua" })).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("link", { name: "Call Joyce Mutua" })).toBeVisible();
  await sent(page);
  const { items } = await office.get<{ items: { name: string; position: string; archivedAt: string | null }[] }>(`/contacts?clientId=${client.id}`);
  expect(items.map(({ name, position, archivedAt }) => [name, position, archivedAt ?? null])).toEqual([["Joyce Mutua", "Owner", null]]);
});

test("the location is set to where one stands", PHONE, async ({ page, office }) => {
  const client = await office.client("Umoja Hardware", { position: NAIROBI });
  await carry(page);
  const here = north(NAIROBI, 1_000);
  await standAt(page, here, 12);
  await page.goto(`/clients/${client.id}`);
  await page.getByRole("button", { name: /Set location to here/ }).click();
  await expect(page.getByText("Location set, accurate to 12 m")).toBeVisible();
  await sent(page);
  const { position } = await office.show(client.id);
  expect(position?.lat).toBeCloseTo(here.lat, 5);
  await expect(page.getByText(/Changed by Grace Wanjiru today \d\d:\d\d/)).toBeVisible();
});

test("what the client bought stands on the card, and with no server just the same", async ({ page, office, server, watch, look }) => {
  watch.expect(NO_SERVER);
  const lines = (await office.get<{ items: { client: { id: string } | null; date: string; netSales: { minor: number } }[] }>(`/sales?from=${day(-60)}&limit=200`)).items;
  const client = lines.find((line) => line.client)!.client!.id;
  const from = `${day().slice(0, 4)}-01-01`;
  const own = (await office.get<{ items: { netSales: { minor: number } }[] }>(`/sales?client=${client}&from=${from}&limit=200`)).items;
  const net = own.reduce((sum, line) => sum + line.netSales.minor, 0);
  await carry(page);
  await server.kill();
  await page.goto(`/clients/${client}`);
  const sales = page.locator(".bought");
  await expect(sales.locator("div").filter({ hasText: /^net sales since/ }).locator("dd")).toHaveText(`KES ${(net / 100).toLocaleString("en-GB", net % 100 ? { minimumFractionDigits: 2 } : {})}`);
  await expect(sales.getByRole("img", { name: /^Net sales by month/ })).toBeVisible();
  await expect(sales.getByRole("table").last().getByRole("row").nth(1)).toContainText("KES");
  await sales.getByText("Table").click();
  await expect(sales.getByRole("table").first().getByRole("row")).toHaveCount(13);
  await sales.scrollIntoViewIfNeeded();
  await look(page, "sales");
});
