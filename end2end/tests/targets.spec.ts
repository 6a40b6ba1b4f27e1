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
  const online = await card.innerText();
  await carry(page);
  await server.kill();
  await page.goto("/");
  await expect(card).toBeVisible();
  expect(await card.innerText()).toBe(online);
  await look(page, "today");
  await card.click();
  await expect(page.getByRole("heading", { level: 1, name: "Targets" })).toBeVisible();
  await expect(page.getByText("The budget’s part for each rep’s working days that are over")).toBeVisible();
  await expect(page.getByText("The same days last year")).toBeVisible();
  await expect(page.getByText(/data to/).first()).toBeVisible();
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
    await look(page, "team");
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
