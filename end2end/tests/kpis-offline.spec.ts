// Figures without a network: what was opened once is drawn from the device, says of when it is, and what needs the server says so; it goes at sign-out.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { marks, panel, stand, tile } from "../support/charts.ts";
import { day, DESK, expect, NO_SERVER, test } from "../support/journey.ts";
import { SCRATCH } from "../support/places.ts";
import { carry, live } from "../support/steps.ts";

const DAYS = `from=${day(-40)}&to=${day(-10)}`;

/** Opens the area until its cube and its files are on the device. */
async function keep(page: Page): Promise<void> {
  await page.goto(`/kpis?${DAYS}`);
  await live(page);
  await expect(page.locator("chart-view .chart__canvas").first()).toBeVisible({ timeout: 30_000 });
  await page.waitForFunction(async () => {
    const cubes = await caches.open("cubes");
    const kept = (await cubes.keys()).map(({ url }) => url);
    const files = (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)))).flat();
    return kept.some((url) => url.endsWith("/beside")) && ["split_kpis.wasm", "split_why.wasm", "charts.js", "live.js"].every((file) => files.some((url) => url.endsWith(file)));
  });
}

test.describe("a rep", () => {
  test.use({ role: "rep" });

  test("sees own figures with no network, also after the browser was closed, and told of when they are", async ({ device, server, watch, look }) => {
    test.slow();
    watch.expect(NO_SERVER);
    let page = await device.open();
    await carry(page);
    await keep(page);
    const [net, margin] = [await tile(page, "Net sales").innerText(), await tile(page, "Margin").innerText()];
    await server.kill();
    await page.reload();
    await expect(tile(page, "Net sales")).toHaveText(net, { timeout: 20_000 });
    await expect(tile(page, "Margin")).toHaveText(margin);
    await expect(page.locator("chart-view .chart__canvas").first()).toBeVisible();
    await expect(page.getByRole("status").filter({ hasText: "No connection, trying again. These are the figures" })).toContainText(/as of \d\d:\d\d, kept on this device/);
    await expect(page.getByText(/^Data from \d+ \w+( \d{4})? to \d+ \w+$/)).toBeVisible();
    await expect(page.locator(".kpis__state"), "that it is cut off is said once").toBeHidden();
    await look(page, "kept");
    await device.close();
    page = await device.open();
    await page.goto(`/kpis?${DAYS}`);
    await expect(tile(page, "Net sales")).toHaveText(net, { timeout: 20_000 });
    // everything that needs no server works
    await stand(marks(page, "Product lines"));
    await page.keyboard.press("Enter");
    await expect(tile(page, "Net sales")).not.toHaveText(net);
    await page.keyboard.press("Escape");
    await page.getByRole("group", { name: "Figures" }).getByRole("link", { name: /^Why did net sales move/ }).first().click();
    await expect(page.getByText(/The parts add up to .* to the cent/)).toBeVisible({ timeout: 20_000 });
    // and what needs one says so
    await page.getByRole("navigation", { name: "KPIs" }).getByRole("link", { name: "Pipeline" }).click();
    await expect(page.getByText("Check the network", { exact: false }).first()).toBeVisible();
    await server.start();
    await page.goto(`/kpis?${DAYS}`);
    await expect(page.getByRole("status").filter({ hasText: "No connection," })).toHaveCount(0);
    await expect(tile(page, "Net sales")).toHaveText(net);
    await page.goto("/more");
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByRole("heading", { name: "Sign in to Fieldlight" })).toBeVisible();
    expect(await page.evaluate(() => caches.has("cubes"))).toBe(false);
  });
});

test.describe("a manager", () => {
  test.use({ role: "manager" });

  test("has what came since the cube was kept, takes charts along, and is told that files need the server", DESK, async ({ device, server, watch }) => {
    test.slow();
    watch.expect(NO_SERVER);
    const page = await device.open();
    await page.goto("/more");
    await live(page);
    await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === "activated");
    await keep(page);
    const before = await tile(page, "Net sales").innerText();
    const file = join(SCRATCH, `kept-${process.pid}.csv`);
    writeFileSync(file, `date,branch,salesperson,gross_revenue,document_no\n${day(-20)},,,98765432,kept-${process.pid}\n`);
    server.command(["import", "sales", file]);
    await expect(tile(page, "Net sales")).not.toHaveText(before, { timeout: 20_000 });
    const net = await tile(page, "Net sales").innerText();
    await server.kill();
    await page.reload();
    await expect(tile(page, "Net sales"), "what was taken in while the page was open is kept as well").toHaveText(net, { timeout: 20_000 });
    const [csv] = await Promise.all([page.waitForEvent("download"), panel(page, "Branches").getByRole("button", { name: "CSV" }).click()]);
    expect(csv.suggestedFilename()).toContain("branches-");
    await page.getByRole("group", { name: "This view" }).getByRole("button", { name: "PDF" }).click();
    await expect(page.getByText("The server makes this file, and cannot be reached.", { exact: false })).toBeVisible();
  });

  test("an address that is not understood is named, with what is shown instead", async ({ page, look }) => {
    await page.goto("/kpis?from=2026-02-30&to=2026-03-01&branch=Atlantis&brnach=Nakuru");
    await live(page);
    const said = page.getByRole("alert").filter({ hasText: "2026-02-30" });
    await expect(said).toContainText("from=2026-02-30 is no day of the calendar");
    await expect(said).toContainText("Shown instead: This fiscal year");
    await expect(said).toContainText("brnach=Nakuru narrows nothing");
    await expect(said).toContainText("No sales you see are of branch “Atlantis”", { timeout: 20_000 });
    await look(page, "doubts");
    await page.goto(`/kpis?from=${day(-10)}&to=${day(-40)}`);
    await expect(page.getByRole("alert").filter({ hasText: "lies after the last" })).toBeVisible();
    await page.goto("/kpis");
    await live(page);
    await expect(tile(page, "Net sales")).toHaveText(/KES/, { timeout: 20_000 });
    await expect(page.getByRole("alert")).toHaveCount(0);
  });
});
