// Finding a client: search as one types, lights, filters, order, distance from here.
import type { Page } from "@playwright/test";
import { DESK, expect, PHONE, test } from "../support/journey.ts";
import { carry, NAIROBI, north, row, standAt } from "../support/steps.ts";

async function names(page: Page): Promise<string[]> {
  return page.getByRole("main").locator(".row__title").allTextContents();
}

async function filter(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole("button", { name: /^Filter/ }).click();
  const sheet = page.getByRole("dialog", { name: "Filter" });
  await sheet.getByLabel(label).selectOption(option);
  await sheet.getByRole("button", { name: "Show" }).click();
  await expect(sheet).toBeHidden();
}

test("search folds accents and finds by name, town and phone while one types", async ({ page, office, look }) => {
  await office.client("Café Zażółć Müller", { town: "Lamu", phone: "+254 799 123 456" });
  await carry(page);
  await page.goto("/clients");
  const search = page.getByRole("searchbox", { name: "Search clients" });
  await look(page, "list");
  for (const text of ["cafe zazolc", "MULLER lamu", "254799123"]) {
    await search.fill(text);
    await expect(page.getByText("1 client by due date")).toBeVisible();
    await expect(row(page, "Café Zażółć Müller")).toBeVisible();
  }
  await expect(page).toHaveURL(/q=254799123/);
  await page.reload();
  await expect(search).toHaveValue("254799123");
  await expect(page.getByText("1 client by due date")).toBeVisible();
  await search.fill("nothing is called this");
  await expect(page.getByText("Nothing matches")).toBeVisible();
  await look(page, "nothing");
  await page.getByRole("link", { name: "Show all" }).click();
  await expect(search).toHaveValue("");
});

test("lights, segment, tag, status and town narrow the list", async ({ page, office, look }) => {
  const mark = { segment: "Boatyard", town: "Lamu" };
  await office.visited("Dhow Yard One", 200, { ...mark, tags: ["monsoon"] });
  await office.client("Dhow Yard Two", mark);
  await office.ask("PATCH", `/clients/${(await office.client("Dhow Yard Three", { ...mark, town: "Pate" })).id}`, { status: "inactive" });
  await carry(page);
  await page.goto("/clients");

  await filter(page, "Segment", "Boatyard");
  await expect(page.getByText("3 clients by due date")).toBeVisible();
  await page.getByRole("group", { name: "Lights" }).getByRole("link", { name: /Red/ }).click();
  await expect(page.getByText("1 client by due date")).toBeVisible();
  await expect(row(page, "Dhow Yard One")).toContainText("days over");
  await look(page, "filtered");
  await page.getByRole("group", { name: "Lights" }).getByRole("link", { name: /All/ }).click();
  await filter(page, "Town", "Pate");
  await expect.poll(() => names(page)).toEqual(["Dhow Yard Three"]);
  await filter(page, "Town", "");
  await filter(page, "Status", "inactive");
  await expect.poll(() => names(page)).toEqual(["Dhow Yard Three"]);
  await filter(page, "Status", "");
  await page.getByRole("button", { name: /^Filter/ }).click();
  const sheet = page.getByRole("dialog", { name: "Filter" });
  await look(page, "filters");
  await sheet.getByLabel("Tag").selectOption("monsoon");
  await sheet.getByRole("button", { name: "Show" }).click();
  await expect.poll(() => names(page)).toEqual(["Dhow Yard One"]);
  await page.getByRole("button", { name: "Filter · 2" }).click();
  await sheet.getByRole("button", { name: "Clear all" }).click();
  await expect(page.getByRole("button", { name: "Filter", exact: true })).toBeVisible();
});

test("the order is by due date, by name, or by distance from here", async ({ page, office, look }) => {
  const segment = "Lighthouse";
  await office.visited("Beacon C", 300, { segment, position: north(NAIROBI, 3_000) });
  await office.visited("Beacon A", 30, { segment, position: north(NAIROBI, 2_000) });
  await office.visited("Beacon B", 100, { segment, position: north(NAIROBI, 500) });
  await office.visited("Beacon D", 200, { segment });
  await carry(page);
  await standAt(page, NAIROBI);
  await page.goto(`/clients?segment=${segment}`);
  await expect.poll(() => names(page)).toEqual(["Beacon C", "Beacon D", "Beacon B", "Beacon A"]);

  await page.getByRole("button", { name: "Sort" }).click();
  await look(page, "orders");
  await page.getByRole("button", { name: "Name", exact: true }).click();
  await expect.poll(() => names(page)).toEqual(["Beacon A", "Beacon B", "Beacon C", "Beacon D"]);
  await page.getByRole("button", { name: "Sort" }).click();
  await page.getByRole("button", { name: /Distance from here/ }).click();
  await expect.poll(() => names(page)).toEqual(["Beacon B", "Beacon A", "Beacon C", "Beacon D"]);
  await expect(row(page, "Beacon B")).toContainText("500 m");
  await expect(row(page, "Beacon A")).toContainText("2.0 km");
  await look(page, "distance");
});

test("without a position the order stays and the app says what to do", PHONE, async ({ page, office }) => {
  await office.client("Anybody");
  await carry(page);
  await page.goto("/clients");
  await page.getByRole("button", { name: "Sort" }).click();
  await page.getByRole("button", { name: /Distance from here/ }).click();
  await expect(page.getByText(/Fieldlight may not read the position/)).toBeVisible();
});

test("a thousand rows scroll, and the keyboard goes through them", DESK, async ({ page, office }) => {
  void office;
  await carry(page);
  await page.goto("/clients?sort=name");
  const list = page.getByRole("list", { name: "Clients" });
  await list.getByRole("link").first().focus();
  await page.keyboard.press("End");
  const last = await list.getByRole("listitem").last().getAttribute("aria-setsize");
  await expect(page.locator(`li[aria-posinset='${last}'] a`)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(page.locator(`li[aria-posinset='${Number(last) - 1}'] a`)).toBeFocused();
});
