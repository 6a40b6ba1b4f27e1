// Without any script one signs in, reads lists and cards, and goes from page to page.
import { EMAILS, PASSWORD } from "../support/places.ts";
import { at, expect, test } from "../support/journey.ts";
import { signIn } from "../support/steps.ts";

test.use({ role: "nobody", javaScriptEnabled: false });

/** How a browser that runs no script reports the one it did not load. */
const BLOCKED = /\.js csp$/;

test("signing in and reading lists need no script", async ({ page, office, watch }, info) => {
  watch.expect(BLOCKED);
  const client = await office.visited("Plain Html Millers", 400, { tier: "A", town: "Thika" });
  await office.planned(client.id, at(0, "00:10"));
  await page.goto("/clients?q=plain+html");
  await signIn(page, EMAILS.rep, PASSWORD);
  await expect(page).toHaveURL(/\/clients\?q=plain(\+|%20)html$/);
  await expect(page.getByText("1 client by due date")).toBeVisible();
  await page.screenshot({ path: `${info.project.outputDir}/screens/no-script-list-${info.project.name}-light.png` });
  await page.getByRole("link", { name: /Plain Html Millers/ }).click();
  await expect(page.getByText(/^Red: 379 days over/)).toBeVisible();

  await page.goto("/");
  await expect(page.getByRole("link", { name: /Plain Html Millers/ })).toBeVisible();
  await page.goto("/clients?sort=name");
  const first = await page.locator(".row__title").first().textContent();
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page).toHaveURL(/page=2/);
  await expect(page.locator(".row__title").first()).not.toHaveText(first!);
  await page.getByRole("searchbox").fill("plain html");
  await page.keyboard.press("Enter");
  await expect(page.getByText("1 client")).toBeVisible();
  await page.goto("/visits");
  await expect(page.getByText("Plain Html Millers")).toBeVisible();
  await page.goto("/more");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in to Fieldlight" })).toBeVisible();
});

test.describe("a manager", () => {
  test("filters and gives clients away", async ({ page, office, watch }) => {
    watch.expect(BLOCKED);
    const client = await office.client("Handed Over On Paper");
    const theirs = await office.as("colleague").client("Theirs");
    await page.goto("/clients?q=handed+over");
    await signIn(page, EMAILS.manager, PASSWORD);
    await page.getByRole("checkbox", { name: "Tick Handed Over On Paper" }).check();
    await page.getByLabel("New owner").selectOption({ label: "Daniel Kiptoo" });
    await page.getByRole("button", { name: "Reassign" }).click();
    await expect(page.getByRole("row", { name: /Handed Over On Paper/ })).toContainText("Daniel Kiptoo");
    expect((await office.as("manager").show(client.id)).repId).toBe(theirs.repId);
  });
});
