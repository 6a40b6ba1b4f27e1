// A view is kept, found again, taken along as a file, made by itself into inboxes, and put on paper; who may not export is told so.
import { readFileSync } from "node:fs";
import { stand } from "../support/charts.ts";
import { day, DESK, expect, test } from "../support/journey.ts";
import { live } from "../support/steps.ts";

const DAYS = `from=${day(-40)}&to=${day(-10)}`;

test.describe("a manager", () => {
  test.use({ role: "manager" });

  test("keeps a view, exports it, has it made, and finds it in the inbox", async ({ page, office, look }) => {
    test.slow();
    await page.goto(`/kpis/people?${DAYS}`);
    await live(page);
    await page.getByRole("button", { name: "Save view" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("button", { name: "Save" }).click();
    await expect(sheet.getByText("Enter a name.")).toBeVisible();
    await sheet.getByLabel("Name").fill("Board, salespeople");
    await sheet.getByLabel("Share with the company").check();
    await sheet.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved: find it under Reports")).toBeVisible();
    await page.getByRole("link", { name: "Reports", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Reports" })).toBeVisible();
    const kept = page.getByRole("listitem").filter({ hasText: "Board, salespeople" });
    await expect(kept).toContainText("Salespeople");
    const [pdf] = await Promise.all([page.waitForEvent("download"), kept.getByRole("link", { name: /^PDF/ }).click()]);
    expect(pdf.suggestedFilename()).toMatch(/^board-salespeople-\d{4}-\d\d-\d\d\.pdf$/);
    expect(readFileSync(await pdf.path()).subarray(0, 5).toString()).toBe("%PDF-");
    const [xlsx] = await Promise.all([page.waitForEvent("download"), kept.getByRole("link", { name: /^Excel/ }).click()]);
    expect(readFileSync(await xlsx.path()).subarray(0, 2).toString()).toBe("PK");
    await kept.getByRole("button", { name: /^Schedule/ }).click();
    await look(page, "schedule");
    await sheet.getByRole("checkbox", { name: /, Manager$/ }).check();
    await sheet.getByRole("button", { name: "Save" }).click();
    await expect(kept).toContainText("Every Monday at 06:00, PDF, to one person · next ");
    await kept.getByRole("button", { name: /^Make now/ }).click();
    await expect(kept).toContainText("Last made today");
    await look(page, "reports");
    await page.goto("/more");
    await expect(page.getByRole("link", { name: /^Inbox/ })).toContainText("1 new");
    await page.getByRole("link", { name: /^Inbox/ }).click();
    const letter = page.getByRole("listitem").filter({ hasText: "Board, salespeople" });
    await expect(letter).toContainText("New");
    await look(page, "inbox");
    const [made] = await Promise.all([page.waitForEvent("download"), letter.getByRole("link", { name: /^PDF/ }).click()]);
    expect(readFileSync(await made.path()).subarray(0, 5).toString()).toBe("%PDF-");
    await expect(letter).not.toContainText("New");
    await letter.getByRole("link", { name: "Open" }).click();
    await expect(page).toHaveURL(new RegExp(`/kpis/people\\?from=${day(-40)}`));
    const [report] = (await office.get<{ items: { id: string }[] }>("/reports")).items;
    await page.goto(`/reports/${report.id}`);
    await expect(page, "its address can be passed on").toHaveURL(/\/kpis\/people\?from=/);
  });

  test("keeps a split with what it compares, and the pipeline, and opens both again", DESK, async ({ page }) => {
    test.slow();
    for (const [address, room, name] of [
      [`/kpis/why?${DAYS}&measure=grossProfit&against=year`, "Why it moved", "Split, a year earlier"],
      [`/kpis/pipeline?${DAYS}`, "Pipeline", "Stages"],
    ]) {
      await page.goto(address);
      await live(page);
      await page.getByRole("button", { name: "Save view" }).click();
      await page.getByRole("dialog").getByLabel("Name").fill(name);
      await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
      await expect(page.getByText("Saved: find it under Reports")).toBeVisible();
      await page.goto("/reports");
      const kept = page.getByRole("listitem").filter({ hasText: name });
      await expect(kept).toContainText(room);
      await kept.getByRole("link", { name, exact: true }).click();
      await expect(page).toHaveURL(new RegExp(address.replace("?", "\\?")));
    }
  });

  test("keeps two pressed branches in a view", DESK, async ({ page }) => {
    await page.goto(`/kpis/branches?${DAYS}`);
    await live(page);
    const chart = page.getByRole("region", { name: "Branches", exact: true });
    const list = chart.getByRole("listbox");
    await stand(list);
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Control+Enter");
    const chip = page.getByRole("group", { name: "Narrowed by" }).getByRole("button", { name: /^Remove .*, / });
    const names = ((await chip.getAttribute("aria-label")) ?? "").replace("Remove ", "").split(", ");
    expect(names).toHaveLength(2);
    await page.getByRole("button", { name: "Save view" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Two branches");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved: find it under Reports")).toBeVisible();
    await page.goto("/reports");
    await page.getByRole("listitem").filter({ hasText: "Two branches" }).getByRole("link", { name: "Two branches", exact: true }).click();
    await expect(page).toHaveURL(new RegExp(names.map((name) => `branch=${name}`).join("&")));
    await expect(page.getByRole("button", { name: `Remove Branch: ${names.join(", ")}` })).toBeVisible();
    await expect(list.getByRole("option")).toHaveText(names.map((name) => new RegExp(`^${name}`)));
    await expect(page.locator("#k-branch")).toHaveValue(" ");
  });

  test("prints charts and opened tables without what surrounds them", async ({ page, look }) => {
    test.slow();
    await page.goto(`/kpis?from=${day(-120)}&to=${day(-10)}`);
    await live(page);
    await expect(page.locator("chart-view .chart__canvas").first()).toBeVisible({ timeout: 30_000 });
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    await page.emulateMedia({ media: "print" });
    await expect(page.getByRole("region", { name: "Branches", exact: true }).getByRole("table")).toBeVisible();
    await expect(page.getByRole("region", { name: "Cumulative net sales" }).getByRole("table"), "a long one that nobody opened").toHaveCount(0);
    await expect(page.getByRole("button", { name: "Save view" })).toBeHidden();
    await expect(page.locator(".rail")).toBeHidden();
    await look(page, "print");
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  });
});

test.describe("a viewer", () => {
  test.use({ role: "viewer" });

  test("looks and prints, and exports nothing", DESK, async ({ page, office }) => {
    await page.goto(`/kpis?${DAYS}`);
    await live(page);
    await expect(page.getByText("Your role may look and print, not export.")).toBeVisible();
    await expect(page.getByRole("group", { name: "This view" }).getByRole("link", { name: "PDF" })).toHaveCount(0);
    await expect(page.getByRole("button", { name: "CSV" })).toHaveCount(0);
    await expect(office.get("/reports/document?format=pdf")).rejects.toMatchObject({ status: 403 });
  });
});

test("a rep finds own reports and the inbox", async ({ page, office, look }) => {
  await office.post("/reports", { name: "My month", room: "", filters: "period=month", by: "profit", shared: false });
  await page.goto("/reports");
  await expect(page.getByRole("listitem").filter({ hasText: "My month" })).toBeVisible();
  await look(page, "own");
  await page.getByRole("link", { name: "Inbox" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Inbox" })).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
});
