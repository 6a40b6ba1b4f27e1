// An open dashboard follows the data by itself, whoever writes it; and the page of diagnostics says how everything is.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { open, stand, tile } from "../support/charts.ts";
import { day, DESK, expect, NO_SERVER, test } from "../support/journey.ts";
import type { Office } from "../support/office.ts";
import { SCRATCH } from "../support/places.ts";
import type { Server } from "../support/server.ts";
import { live } from "../support/steps.ts";

test.use({ role: "manager" });

const DAYS = `from=${day(-40)}&to=${day(-10)}`;
const picks = (page: Page): Locator => page.getByRole("group", { name: "Narrowed by" }).getByRole("button", { name: /^Remove / });

async function follow(page: Page, address: string): Promise<void> {
  await open(page, address);
  await expect(page.locator(".kpis__link")).toHaveText("Live");
}

const shillings = async (page: Page): Promise<number> => Number((await tile(page, "Net sales").innerText()).replace(/[^\d]/g, ""));

let files = 0;

/** Brings one sale in with the command line, beside the server: KES 1,000,000 in a branch, so many days ago. */
function sell(server: Server, branch: string, salesperson: string, days = 20): void {
  const file = join(SCRATCH, `sale-${process.pid}-${files++}.csv`);
  const row = [day(-days), branch, salesperson, "1000000", `live-${process.pid}-${files}`].map((cell) => `"${cell}"`).join(",");
  writeFileSync(file, `date,branch,salesperson,gross_revenue,document_no\n${row}\n`);
  server.command(["import", "sales", file]);
}

async function somebody(office: Office): Promise<[string, string]> {
  const { rows } = await office.post<{ rows: { branch: string; rep: string }[] }>("/kpis/slice", {
    from: day(-40), to: day(-10), groupBy: ["branch", "rep"], metrics: ["netSales"], orderBy: "netSales", limit: 1,
  });
  return [rows[0].branch, rows[0].rep];
}

test("an open dashboard shows an import's figures by itself, and keeps what is pressed", async ({ page, office, server, look }) => {
  const asked: string[] = [];
  page.on("request", (request) => request.url().includes("/kpis/cube") && asked.push(new URL(request.url()).search));
  const [branch, rep] = await somebody(office);
  await follow(page, `/kpis?${DAYS}`);
  await page.locator("#branches").getByRole("listbox").getByRole("option").filter({ hasText: branch }).first().waitFor({ state: "attached" });
  await stand(page.locator("#branches").getByRole("listbox"));
  await page.keyboard.press("Enter");
  await expect(picks(page)).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(picks(page)).toHaveCount(0);
  const whole = await shillings(page);
  await page.keyboard.press("Enter");
  await expect(picks(page)).toHaveCount(1);
  const chip = await picks(page).innerText();
  sell(server, branch, rep);
  const committed = Date.now();
  await expect(page.getByRole("status").filter({ hasText: /^Figures updated at \d\d:\d\d, data to / })).toBeAttached({ timeout: 5_000 });
  console.log(`live: on screen ${Date.now() - committed} ms after the command ended`);
  await expect(picks(page), "what was pressed stays").toHaveText([chip]);
  await expect(page.locator("#branches").getByRole("listbox"), "and so does the focus").toBeFocused();
  await page.keyboard.press("Escape");
  expect(await shillings(page)).toBe(whole + 1_000_000);
  expect(asked.length, "the cube, then what has changed").toBe(2);
  expect(asked[1]).toMatch(/^\?since=\d+&of=[0-9a-f]+&atLeast=\d+$/);
  await look(page, "live");
});

test("what was missed while the server was away is there once it is back, and opening again costs only the changes", DESK, async ({ page, office, server, watch }) => {
  watch.expect(NO_SERVER);
  const [branch, rep] = await somebody(office);
  await follow(page, `/kpis?${DAYS}`);
  const before = await shillings(page);
  await server.kill();
  await expect(page.locator(".kpis__link")).toHaveText("Not connected, trying again");
  sell(server, branch, rep);
  expect(await shillings(page), "what is there stays").toBe(before);
  await server.start();
  await expect.poll(() => shillings(page), { timeout: 20_000 }).toBe(before + 1_000_000);
  await expect(page.locator(".kpis__link")).toHaveText("Live");
  sell(server, branch, rep);
  await expect.poll(() => shillings(page)).toBe(before + 2_000_000);
  const asked = page.waitForRequest((request) => request.url().includes("/kpis/cube"));
  await page.reload();
  expect(new URL((await asked).url()).searchParams.get("since"), "from what is kept on the device").not.toBeNull();
  await expect.poll(() => shillings(page).catch(() => 0), { timeout: 20_000 }).toBe(before + 2_000_000);
});

test("two tabs share one stream, and the second goes on when the first is closed", DESK, async ({ page, context, office, server }) => {
  const streams: string[] = [];
  context.on("request", (request) => new URL(request.url()).pathname === "/api/v1/live" && streams.push(request.url()));
  const [branch, rep] = await somebody(office);
  await follow(page, `/kpis?${DAYS}`);
  const other = await context.newPage();
  await follow(other, `/kpis?${DAYS}`);
  const before = await shillings(other);
  sell(server, branch, rep);
  await expect.poll(() => shillings(page)).toBe(before + 1_000_000);
  await expect.poll(() => shillings(other)).toBe(before + 1_000_000);
  expect(streams.length).toBe(1);
  await page.close();
  await expect.poll(() => streams.length).toBe(2);
  sell(server, branch, rep);
  await expect.poll(() => shillings(other)).toBe(before + 2_000_000);
});

test("a team's Today follows the sales as well", DESK, async ({ page, office, server }) => {
  const [branch, rep] = await somebody(office);
  await page.goto("/");
  await live(page);
  const month = page.locator(".figures__tile").first();
  const before = await month.innerText();
  await page.waitForFunction(() => document.querySelector("live-figures")?.getAttribute("said")?.startsWith("figures "));
  sell(server, branch, rep, 0);
  await expect(month).not.toHaveText(before);
});

test("signing out takes the kept figures from the device", DESK, async ({ page }) => {
  await follow(page, `/kpis?${DAYS}`);
  const kept = () => page.evaluate(async () => (await (await caches.open("cubes")).keys()).length);
  // the cube, and what stands beside it
  await expect.poll(kept).toBe(2);
  await page.goto("/more");
  await live(page);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByLabel("Email")).toBeVisible();
  expect(await kept()).toBe(0);
});

test("diagnostics say how the parts are, and prove that the figures equal the lines", async ({ page, office, look }) => {
  await page.goto("/office");
  await live(page);
  const line = page.getByRole("status", { name: "Parts of the application" });
  await expect(line).toHaveText("All parts up");
  await line.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: "Diagnostics" })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Database" })).toContainText("up");
  await page.getByRole("button", { name: "Prove it now" }).click();
  await expect(page.getByText(/^Equal: [\d,]+ lines, [\d,]+ groups compared in [\d,]+ ms/)).toBeVisible({ timeout: 15_000 });
  await office.get("/clients");
  const requests = page.getByRole("region", { name: "Requests" });
  await expect(requests.getByRole("row").filter({ hasText: "API: clients" }), "it looks again by itself").toBeVisible({ timeout: 10_000 });
  await look(page, "diagnostics");
  await page.reload();
  await expect(page.getByText(/^Equal: /)).toBeVisible();
});

test.describe("a viewer", () => {
  test.use({ role: "viewer" });

  test("sees whether the parts are up, and not the diagnostics", DESK, async ({ page }) => {
    await page.goto("/office/diagnostics");
    await expect(page.getByRole("heading", { level: 1, name: "Not allowed" })).toBeVisible();
    await page.goto("/kpis");
    await live(page);
    await expect(page.getByRole("status", { name: "Parts of the application" })).toHaveText("All parts up");
    await expect(page.getByRole("status", { name: "Parts of the application" }).getByRole("link")).toHaveCount(0);
  });
});
