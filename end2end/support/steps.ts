// Steps that many journeys share, in the words of whoever walks them.
import { type BrowserContext, expect, type Locator, type Page } from "@playwright/test";
import { cookieName } from "./demo.ts";
import type { Place } from "./office.ts";

/** Waits until the script has taken the server's page over. */
export async function live(page: Page): Promise<void> {
  await page.waitForFunction(() => performance.getEntriesByName("ready").length > 0);
}

/** Opens the app until the whole Book is on this phone and the service worker starts the next screen from it. */
export async function carry(page: Page): Promise<void> {
  await page.goto("/more");
  await expect(page.getByText(/clients?, [\d,]+ visits are on this phone/)).toBeVisible({ timeout: 30_000 });
  await page.waitForFunction(async () => {
    const registration = await navigator.serviceWorker.ready;
    const marker = await caches.open("fieldlight-marker");
    return registration.active?.state === "activated" && (await marker.match("/.book")) !== undefined;
  });
}

/** The mark in the header: what of the work the server has. */
export function chip(page: Page): Locator {
  return page.getByRole("main").locator("header a[href='/outbox'], a.sync-chip").first();
}

export async function sent(page: Page): Promise<void> {
  await expect(chip(page)).toHaveText("All sent", { timeout: 20_000 });
}

/** Asks to send now, from a screen that starts on the phone. */
export async function sendNow(page: Page): Promise<void> {
  await page.goto("/more");
  await page.getByRole("button", { name: /^Send and load now/ }).click();
}

/** The device stands at a place, and the app may know it. */
export async function standAt(page: Page, place: Place, accuracy = 10): Promise<void> {
  await page.context().grantPermissions(["geolocation"]);
  await page.context().setGeolocation({ latitude: place.lat, longitude: place.lon, accuracy });
}

/** A place so many metres north. */
export const north = (place: Place, metres: number): Place => ({ lat: place.lat + metres / 111_195, lon: place.lon });

export const NAIROBI: Place = { lat: -1.28638, lon: 36.81722 };

/** Logs a finished visit from a client's card; it ends where the card is again. */
export async function logVisit(page: Page, client: string, notes: string): Promise<void> {
  await page.goto(`/visits/new?client=${client}`);
  await page.getByLabel("Outcome").selectOption("order");
  await page.getByLabel("Notes").fill(notes);
  await page.getByRole("button", { name: "Log it" }).click();
  await expect(page).toHaveURL(new RegExp(`/clients/${client}$`));
}

/** Fills the sign-in form that is shown. */
export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Rows of a list by the name they begin with. */
export const row = (page: Page, name: string): Locator => page.getByRole("main").getByRole("listitem").filter({ hasText: name });

/** The same browser, with somebody else signed in. */
export async function become(context: BrowserContext, url: string, token: string): Promise<void> {
  const { hostname } = new URL(url);
  // nothing of the one before may ask in between
  for (const page of context.pages()) await page.goto("about:blank");
  await context.clearCookies();
  await context.addCookies([{ name: cookieName(url), value: token, domain: hostname, path: "/", httpOnly: true, sameSite: "Lax" }]);
}

/** The notice says so. */
export const saved = (page: Page, words: string | RegExp) => expect(page.getByRole("status", { name: "Notice" })).toContainText(words);

/** A phone shows the period alone until more filters are asked for. */
export async function allFilters(page: Page): Promise<void> {
  const more = page.getByRole("button", { name: "More filters" });
  if (await more.isVisible()) await more.click();
}
