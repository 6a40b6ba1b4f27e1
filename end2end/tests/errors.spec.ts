// What goes wrong is told in words, with a way on: no page, a failing panel, data that cannot be reached.
import { expect, NO_SERVER, PHONE, status, test } from "../support/journey.ts";
import { carry, live } from "../support/steps.ts";

test("an address without a page has a page of its own", async ({ page, office, watch, look }) => {
  void office;
  watch.expect(status(404));
  const answer = await page.goto("/no/such/page");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "There is no such page" })).toBeVisible();
  await look(page, "no-page");
  await page.getByRole("link", { name: "Find a client" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Clients" })).toBeVisible();
  const missing = await page.goto("/clients/00000000-0000-7000-8000-000000000000");
  expect([200, 404]).toContain(missing?.status());
  await expect(page.getByText("There is nothing here, or it is no longer yours to see.")).toBeVisible();
  await look(page, "no-client");
  const foreign = await office.as("colleague").client("Not Yours");
  await page.goto(`/clients/${foreign.id}`);
  await expect(page.getByText("There is nothing here, or it is no longer yours to see.")).toBeVisible();
});

test.describe("at the office", () => {
  test.use({ role: "manager", gated: true });

  test("a part that fails offers to try again, while the rest works", async ({ page, gate, watch, look }) => {
    watch.expect(status(500), NO_SERVER);
    await page.goto("/more");
    await live(page);
    gate.answer(/\/api\/today_overview/, 500);
    await page.getByRole("link", { name: "Today" }).locator("visible=true").click();
    await expect(page.getByRole("alert")).toContainText("This could not be loaded");
    await expect(page.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
    await look(page, "panel");
    gate.openAll();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("heading", { name: "Next" })).toBeVisible();
  });

  test("with the data gone there is a page that says so", async ({ page, server, gate, watch, look }) => {
    void gate;
    watch.expect(status(503), status(500), NO_SERVER);
    await page.goto("/");
    server.spoil();
    const answer = await page.goto("/visits");
    expect(answer?.status()).toBeGreaterThanOrEqual(500);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/Fieldlight is not available|This page could not be made/);
    await expect(page.getByRole("link", { name: "Try again" })).toBeVisible();
    await look(page, "no-data");
    const ready = await page.request.get("/ready");
    expect(ready.status()).toBe(503);
  });
});

test("a rep goes on working when the data behind the server is gone", PHONE, async ({ page, server, watch }) => {
  watch.expect(status(503), status(500), status(401), NO_SERVER);
  await carry(page);
  server.spoil();
  await page.goto("/clients");
  await expect(page.getByRole("list", { name: "Clients" }).getByRole("listitem").first()).toBeVisible();
});
