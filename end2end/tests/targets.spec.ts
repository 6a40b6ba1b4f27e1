// Where the day stands: the target on Today, what every figure is made of, with the server and without it.
import { expect, NO_SERVER, test } from "../support/journey.ts";
import { carry, live } from "../support/steps.ts";

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
  await expect(page.getByText("The budget’s part for the working days that are over")).toBeVisible();
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
});
