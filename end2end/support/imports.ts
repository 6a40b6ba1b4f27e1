// Files that are brought in, and the page that asks about them.
import { expect, type Page } from "@playwright/test";

/** A file of text. */
export const file = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

/** Chooses files together. */
export const choose = (page: Page, ...files: ReturnType<typeof file>[]) => page.setInputFiles("input[type=file]", files);

/** What the page asks. */
export const question = (page: Page) => page.getByRole("group", { name: "A question" });

/** Has the whole file checked. */
export const check = (page: Page) => page.getByRole("button", { name: "Check the whole file" }).click();

/** Has it checked and brought in. */
export async function bringIn(page: Page): Promise<void> {
  await check(page);
  await page.getByRole("button", { name: /^Bring \d+ rows? in$/ }).click();
  await expect(page.getByRole("heading", { name: "Brought in" })).toBeVisible();
}
