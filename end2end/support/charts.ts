// What the rooms of figures have in common: tiles on top, charts with the list of their marks, and the chips of what narrows.
import { expect, type Locator, type Page } from "@playwright/test";
import { live } from "./steps.ts";

/** A tile on top: its name, its figure and what it is compared with. */
export const kpi = (page: Page, name: string): Locator =>
  page.getByRole("group", { name: "Figures" }).locator(".kpi").filter({ has: page.getByRole("heading", { name, exact: true }) });

/** The figure of a tile. */
export const tile = (page: Page, name: string): Locator => kpi(page, name).locator(".kpi__value");

/** A chart with its table. */
export const panel = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true });

/** The list of a chart's marks: what a keyboard walks through. */
export const marks = (page: Page, name: string): Locator => panel(page, name).getByRole("listbox");

export const selected = (page: Page, name: string): Locator => marks(page, name).getByRole("option", { selected: true });

/** What narrows all charts. */
export const narrowed = (page: Page): Locator => page.getByRole("group", { name: "Narrowed by" });

/** The keyboard stands on the first of a chart's marks. */
export async function stand(list: Locator): Promise<void> {
  await list.getByRole("option").first().waitFor({ state: "attached", timeout: 30_000 });
  await list.focus();
  await list.press("Home");
}

/** Opens a room until a chart is drawn. */
export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await live(page);
  await expect(page.locator("chart-view .chart__canvas").first()).toBeVisible({ timeout: 30_000 });
}
