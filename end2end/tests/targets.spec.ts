// Where the day stands: the target on Today, what every figure is made of, with the server and without it.
import type { Page } from "@playwright/test";
import { expect, NO_SERVER, test } from "../support/journey.ts";
import { carry, live } from "../support/steps.ts";

/** How many people's team figures this device holds. */
function kept(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) => new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const names = (await indexedDB.databases()).map(({ name }) => name!).filter((name) => /^fieldlight-[0-9a-f]{8}-/.test(name));
    const found = await Promise.all(names.map(async (name) => {
      const db = await done(indexedDB.open(name));
      const keys = await done(db.transaction("meta").objectStore("meta").getAllKeys());
      db.close();
      return keys.includes("team") ? 1 : 0;
    }));
    return found.reduce<number>((sum, one) => sum + one, 0);
  });
}

test("the day's target stands on Today, and each figure says what it is made of, with no server too", async ({ page, server, watch, look }) => {
  watch.expect(NO_SERVER);
  await page.goto("/");
  await live(page);
  const card = page.getByRole("link", { name: /Today’s target/ });
  await expect(card).toContainText("Today’s sales are not in yet");
  await expect(card).toContainText(/This month\s*KES [\d,]+/);
  await expect(card).toContainText(/KES [\d,]+ (behind|ahead of) pace/);
  await expect(card).toContainText(/Projected KES [\d,]+/);
  await expect(card).toContainText(/Same days last year KES [\d,]+/);
  const asOf = page.getByText(/The server cannot be reached. These are the figures as of today \d/);
  await expect(asOf).toBeHidden();
  const online = await card.innerText();
  await carry(page);
  await server.kill();
  await page.goto("/");
  await expect(card).toBeVisible();
  expect(await card.innerText()).toBe(online);
  await expect(asOf).toBeVisible();
  await look(page, "today");
  await card.click();
  await expect(page.getByRole("heading", { level: 1, name: "Targets" })).toBeVisible();
  await expect(page.getByText("The budget’s part for each rep’s working days up to and with")).toBeVisible();
  await expect(page.getByText("The same days last year")).toBeVisible();
  await expect(page.getByText(/data to/).first()).toBeVisible();
  await expect(asOf).toBeVisible();
  await page.getByRole("link", { name: "The budgets behind it" }).first().click();
  await expect(page.getByRole("heading", { name: "Budgets of this year" })).toBeInViewport();
  await look(page, "page");
});

test.describe("a manager", () => {
  test.use({ role: "manager" });

  test("sees where the team stands", async ({ page, look }) => {
    await page.goto("/");
    await live(page);
    const card = page.getByRole("link", { name: /Today’s target/ });
    await expect(card).toContainText(/KES [\d,]+/);
    await card.click();
    await expect(page.getByRole("heading", { level: 1, name: "Targets" })).toBeVisible();
    await expect(page.getByText("Net sales").first()).toBeVisible();
    for (const figure of ["Target", "Budget", "Expected by now", "Projected", "Budget to date"]) {
      const row = page.locator(".defined__row").filter({ has: page.locator("dt").getByText(figure, { exact: true }) });
      await expect(row.getByRole("link", { name: /^The (lines|reps) (behind it|it starts from)$/ })).toBeVisible();
    }
    await page.getByRole("link", { name: "The reps behind it" }).first().click();
    await expect(page.getByRole("heading", { level: 2, name: "Reps" })).toBeInViewport();
    // what stands behind a sum comes to it
    const money = (text: string) => Number(text.replaceAll(",", ""));
    const rows = page.locator("#behind .defined__row");
    const each = (await rows.allInnerTexts()).map((text) => money(text.match(/This month KES [−\d,.]+ of KES ([\d,.]+),/)![1]));
    const budget = page.locator(".defined__row").filter({ has: page.locator("dt").getByText("Budget", { exact: true }) });
    const whole = money((await budget.locator(".defined__value").innerText()).replace("KES ", ""));
    expect(each.length).toBeGreaterThan(1);
    expect(each.reduce((sum, one) => sum + one, 0)).toBeCloseTo(whole, 2);
    await look(page, "team");
    await rows.first().getByRole("link").click();
    await expect(page).toHaveURL(/\/office\/sales\?from=.*&rep=/);
  });

  test("still sees it without the server, as of the last contact, until signing out", async ({ page, server, watch, look }) => {
    watch.expect(NO_SERVER);
    await page.goto("/");
    await live(page);
    await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === "activated");
    await expect.poll(() => kept(page)).toBe(1);
    const card = page.getByRole("link", { name: /Today’s target/ });
    const online = await card.innerText();
    await server.kill();
    await page.goto("/");
    await expect(page.getByText(/The server cannot be reached. These are the figures as of today \d/)).toBeVisible();
    expect(await card.innerText()).toBe(online);
    await look(page, "team-today-away");
    await card.click();
    await expect(page.getByRole("heading", { level: 1, name: "Targets" })).toBeVisible();
    await expect(page.getByText("The lines behind it need the network").first()).toBeVisible();
    await expect(page.getByText("The reps behind it need the network").first()).toBeVisible();
    await expect(page.getByRole("link", { name: "The lines behind it" })).toHaveCount(0);
    await look(page, "team-away");
    await server.start();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("link", { name: "The lines behind it" }).first()).toBeVisible();
    await expect(page.getByText("The server cannot be reached.")).toBeHidden();
    await page.goto("/more");
    await live(page);
    await page.getByRole("button", { name: "Sign out" }).first().click();
    await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
    expect(await kept(page)).toBe(0);
  });
});
