// Bringing data in: look at a file, answer what only a person can tell, check all of it, bring it in, take it back.
import { expect, status, test } from "../support/journey.ts";
import { live } from "../support/steps.ts";

test.use({ role: "admin" });

const HEAD = "Date,Salesperson,Customer,Product,Quantity,Unit Price,Invoice\n";
const file = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

test("a file with errors is looked at, asked about, checked, brought in and taken back", async ({ page, look }) => {
  await page.goto("/office/imports/new");
  await live(page);
  const rows = "03/04/2026,Grace Wanjiru,New Farm Ltd,Pump,2,\"1,500.50\",T1\n04/04/2026,Grace Wanjiru,New Farm Ltd,Belt,-1,200,T2\n05/04/2026,Grace Wanjiru,,Belt,3,cheap,T3\n";
  await page.setInputFiles("input[type=file]", file("till.csv", HEAD + rows));
  const questions = page.getByRole("group", { name: "A question" });
  await expect(questions.filter({ hasText: "day or month first" })).toBeVisible();
  await look(page, "questions");
  await questions.getByRole("button", { name: "Day first" }).click();
  await expect(questions.filter({ hasText: "no plain number" })).toBeVisible();
  await questions.getByRole("button", { name: "1,234.56" }).click();
  await expect(page.getByText("3 rows looked at, 1 refused")).toBeVisible();
  await page.getByRole("button", { name: "Check the whole file" }).click();
  await expect(page.getByRole("heading", { name: "Checked: nothing is written yet" })).toBeVisible();
  await expect(page.getByRole("definition").filter({ hasText: "2,801" }).first()).toBeVisible();
  await expect(page.getByRole("table").last()).toContainText("cheap");
  await look(page, "checked");
  await page.getByRole("button", { name: "Bring 2 rows in, leave 1 out" }).click();
  await page.getByRole("link", { name: "Open the import" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "till.csv" })).toBeVisible();
  await look(page, "report");
  await page.getByRole("button", { name: "Take this import back" }).click();
  await page.getByRole("button", { name: "Take it back" }).click();
  await expect(page.getByRole("row", { name: /till.csv/ })).toContainText("taken back");
  await look(page, "list");
});

test("the same columns are read like the last time", async ({ page }) => {
  await page.goto("/office/imports/new");
  await live(page);
  const one = (no: string) => file(`${no}.csv`, `when;no;sum\n13.04.2026;${no};1.234,50\n`);
  await page.setInputFiles("input[type=file]", one("U1"));
  await page.getByLabel("Date", { exact: true }).selectOption("when");
  await page.getByLabel("Document no", { exact: true }).selectOption("no");
  await page.getByLabel("Amount", { exact: true }).selectOption("sum");
  await page.getByRole("group", { name: "A question" }).getByRole("button", { name: "1.234,56" }).click();
  await page.getByRole("button", { name: "Check the whole file" }).click();
  await page.getByRole("button", { name: /Bring 1 rows? in/ }).click();
  await expect(page.getByRole("link", { name: "Open the import" })).toBeVisible();
  await page.setInputFiles("input[type=file]", one("U2"));
  await expect(page.getByText("Read like your last file with these columns.")).toBeVisible();
  await expect(page.getByText("1 row looked at, none refused")).toBeVisible();
});

test("a file that is no table is refused in words", async ({ page }) => {
  await page.goto("/office/imports/new");
  await live(page);
  await page.setInputFiles("input[type=file]", file("half.xlsx", "PK\u0003\u0004half a workbook"));
  await expect(page.getByRole("alert").filter({ hasText: "The workbook cannot be read" })).toBeVisible();
});

test.describe("a rep", () => {
  test.use({ role: "rep" });

  test("sees the lines behind a figure, and no imports", async ({ page, watch, look }) => {
    watch.expect(status(403));
    await page.goto("/targets");
    await live(page);
    await page.getByRole("link", { name: "The lines behind it" }).nth(1).click();
    await expect(page.getByRole("heading", { level: 1, name: "Sales lines" })).toBeVisible();
    await expect(page.getByRole("table")).toBeVisible();
    await look(page, "lines");
    await page.goto("/office/imports");
    await expect(page.getByText("Your role does not allow this")).toBeVisible();
  });
});

test("the daily refresh brings in what lies in a folder", async ({ page, watch, look }) => {
  watch.expect(status(422));
  await page.goto("/office/refresh");
  await live(page);
  await expect(page.getByText("It has not been made yet.")).toBeVisible();
  await page.getByLabel("Folder").fill("/no/such/folder");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("is no folder of the machine")).toBeVisible();
  await page.getByLabel("Folder").fill("/tmp");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved")).toBeVisible();
  await look(page, "refresh");
});
