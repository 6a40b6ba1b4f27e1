// The explorer: a question asked and answered by keyboard, the schema read and searched, what was asked found again; nothing loaded from elsewhere.
import type { Page } from "@playwright/test";
import { DESK, expect, status, test } from "../support/journey.ts";
import { live } from "../support/steps.ts";

test.use({ role: "manager" });

const query = (page: Page) => page.getByLabel("Query", { exact: true });
const answer = async (page: Page) => JSON.parse(await page.locator("#answer").innerText());

async function open(page: Page): Promise<void> {
  await page.goto("/graphql");
  await expect(page.getByRole("heading", { name: "Query", exact: true })).toBeVisible();
}

test("a manager finds the explorer in the office, asks by keyboard, and reads figures that are REST's", async ({ page, office, look }) => {
  await page.goto("/office");
  await live(page);
  await page.getByRole("link", { name: /^GraphQL/ }).click();
  await expect(page).toHaveURL(/\/graphql$/);
  await query(page).fill("{ revenueSummary { currency rows { netSales lines } } }");
  await page.getByLabel("Variables, as JSON").fill("");
  await query(page).press("Control+Enter");
  await expect(page.getByRole("status")).toHaveText(/^Answered in \d+ ms/);
  const { rows } = await office.get<{ rows: { netSales: number; lines: number }[] }>("/kpis/summary");
  const { data, extensions } = await answer(page);
  expect(data.revenueSummary).toEqual({ currency: "KES", rows: [{ netSales: rows[0].netSales, lines: rows[0].lines }] });
  expect(extensions.error).toBeNull();
  await look(page, "answered");
});

test("the schema is read, opened and searched, and a field put into the question, by keyboard alone", async ({ page, look }) => {
  await open(page);
  const search = page.getByLabel("Search the schema");
  await search.focus();
  await page.keyboard.type("recency");
  const hit = page.getByRole("button", { name: "CustomerValue.recencyDays" });
  await expect(hit).toBeVisible();
  await look(page, "searched");
  await hit.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "CustomerValue", exact: true })).toBeFocused();
  const trail = page.getByRole("navigation", { name: "Types opened" });
  await trail.getByRole("button", { name: "Query" }).press("Enter");
  await page.getByRole("button", { name: "Use customerValue" }).press("Enter");
  await expect(query(page)).toBeFocused();
  await expect(query(page)).toHaveValue(/customerValue \{ .*rows \{ .*recencyDays/);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("status")).toHaveText(/^Answered in/);
  expect((await answer(page)).data.customerValue.rows[0].customer).toBeTruthy();
});

test("what is refused says why, and what was asked is found again on this device", async ({ page, watch, look }) => {
  watch.expect(status(400));
  await open(page);
  await page.getByLabel("Variables, as JSON").fill("{ no");
  await query(page).press("Control+Enter");
  await expect(page.getByRole("status")).toHaveText(/^Variables are no JSON/);
  await page.getByLabel("Variables, as JSON").fill("");
  await query(page).fill("{ nothing }");
  await query(page).press("Control+Enter");
  await expect(page.getByRole("status")).toContainText("nothing");
  await query(page).fill("{ productPerformance(limit: 10000) { rows { product netSales units lines cost grossProfit returns customers averageLine knownNet } } }");
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(page.getByRole("status")).toHaveText(/^This query costs 111000, and 100000 is the limit/);
  await look(page, "refused");
  await page.reload();
  await expect(query(page)).toHaveValue(/^\{ productPerformance/);
  await page.getByRole("button", { name: "{ nothing }" }).click();
  await expect(query(page)).toHaveValue("{ nothing }");
  await page.getByRole("button", { name: "Forget all" }).click();
  await expect(page.getByText("Nothing yet.")).toBeVisible();
});

test("every example answers", DESK, async ({ page }) => {
  await open(page);
  const examples = page.getByLabel("Examples");
  const names = await examples.getByRole("option").allInnerTexts();
  for (const name of names.slice(1)) {
    await examples.selectOption(name);
    await query(page).press("Control+Enter");
    await expect(page.getByRole("status"), name).toHaveText(/^Answered in/);
    const told = await answer(page);
    expect(told.errors, name).toBeUndefined();
    if (name.startsWith("Two branches")) expect([told.data.one.rows.length, told.data.other.rows.length], "both have sales").toEqual([1, 1]);
    await page.evaluate(() => (document.querySelector("#status")!.textContent = ""));
  }
});

test.describe("without a session", () => {
  test.use({ role: "nobody" });

  test("the explorer asks to sign in", async ({ page, watch, look }) => {
    watch.expect(status(401));
    await page.goto("/graphql");
    await expect(page.getByRole("heading", { name: "Sign in to ask" })).toBeVisible();
    await look(page, "signed-out");
    await page.getByRole("link", { name: "Sign in" }).click();
    await expect(page.getByLabel("Password")).toBeVisible();
  });
});
