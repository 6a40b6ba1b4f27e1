// The account and this device, the theme, and the gallery of every component.
import { DESK, expect, test } from "../support/journey.ts";
import { carry } from "../support/steps.ts";

test("the account says who and what is on this phone; a theme chosen stays", async ({ page, look }) => {
  await carry(page);
  await expect(page.getByText("rep@demo.example")).toBeVisible();
  await expect(page.getByText(/^Sales rep · Nairobi · /)).toBeVisible();
  await look(page, "account");
  await page.getByRole("radio", { name: "Dark" }).check({ force: true });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.goto("/clients");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.goto("/more");
  await page.getByRole("radio", { name: "System" }).check({ force: true });
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
});

test("the gallery shows every component in every state", async ({ page, look }) => {
  await carry(page);
  await page.goto("/gallery");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await look(page, "gallery");
});

test("the keyboard gets past the navigation and the page begins where the focus is", DESK, async ({ page }) => {
  await carry(page);
  await page.goto("/clients");
  await expect(page.getByRole("heading", { level: 1, name: "Clients" })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the page" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});
