// Bringing data in: look at a file, answer what only a person can tell, check all of it, bring it in, take it back.
import type { Page } from "@playwright/test";
import { DESK, expect, status, test } from "../support/journey.ts";
import { file } from "../support/imports.ts";
import { live } from "../support/steps.ts";

test.use({ role: "admin" });

const HEAD = "Date,Salesperson,Customer,Product,Quantity,Unit Price,Invoice\n";

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

test("the same columns are read like the last time", DESK, async ({ page }) => {
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

test("what is entered last holds when the file is checked, and the panel stays as it is", async ({ page, look }) => {
  await page.goto("/office/imports/new");
  await live(page);
  await page.setInputFiles("input[type=file]", file("units.csv", "Date,Invoice,Amount\n2026-04-03,V1,KES 12.50\n2026-04-04,V2,KES 7.50\n"));
  await expect(page.getByText("2 rows looked at, 2 refused")).toBeVisible();
  const panel = page.locator("details", { hasText: "Which column is what" });
  await panel.getByText("Which column is what").click();
  await page.getByLabel("Customer", { exact: true }).selectOption("Invoice");
  await expect(page.getByRole("columnheader", { name: "Customer, Document no Invoice" })).toBeVisible();
  await expect(panel).toHaveAttribute("open", "");
  await page.getByLabel("Customer", { exact: true }).selectOption("–");
  await page.getByLabel("Before or after a number stands").pressSequentially("KES");
  // straight from the field, which has not told anybody yet
  await page.getByRole("button", { name: "Check the whole file" }).click();
  await expect(page.getByRole("heading", { name: "Checked: nothing is written yet" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Bring 2 rows in", exact: true })).toBeVisible();
  await expect(page.getByText("2 rows looked at, none refused")).toBeVisible();
  await expect(panel).toHaveAttribute("open", "");
  await look(page, "panel");
});

test("a title above the names, and columns set apart by blanks, are understood", async ({ page, look }) => {
  await page.goto("/office/imports/new");
  await live(page);
  await page.setInputFiles("input[type=file]", file("titled.csv", "Sales of April 2026;;\n;;\nDate;Invoice;Amount\n2026-04-03;W1;12.50\n2026-04-04;W2;x\n"));
  await expect(page.getByText("columns named in line 3; 2 rows looked at, 1 refused")).toBeVisible();
  await expect(page.getByText("Line 5, Amount")).toBeVisible();
  await page.getByText("Which column is what").click();
  await expect(page.getByLabel("The columns are named in line")).toHaveValue("3");
  await look(page, "titled");
  await page.getByLabel("The columns are named in line").fill("1");
  await page.getByLabel("The columns are named in line").press("Tab");
  await expect(page.getByText("No column was recognised as the day of the sale")).toBeVisible();
  await page.getByLabel("The columns are named in line").fill("3");
  await page.getByLabel("The columns are named in line").press("Tab");
  await expect(page.getByText("2 rows looked at, 1 refused")).toBeVisible();
  const spaced = "  when      sum\n 20260403    12.50\n 20260404   7.00\n";
  await page.setInputFiles("input[type=file]", file("aligned.txt", spaced));
  await expect(page.getByText("blanks between cells")).toBeVisible();
  await page.getByLabel("Date", { exact: true }).selectOption("when");
  await page.getByLabel("Amount", { exact: true }).selectOption("sum");
  await expect(page.getByText("2 rows looked at, none refused")).toBeVisible();
});

test("columns that find rows of another file are used", DESK, async ({ page }) => {
  await page.goto("/office/imports/new");
  await live(page);
  const mapping = "[[join]]\nfile = 'heads.csv'\nkey = 'nr'\non = 'head'\n[fields]\ndate = 'heads.day'\ndocumentNo = 'head'\nsalesperson = { template = '{heads.first} {heads.last}' }\namount = { product = ['qty', 'price'], discount = 'off' }\n";
  await page.setInputFiles("input[type=file]", [
    file("lines.csv", "head,qty,price,off,left\n7,2,3,0.1,x\n"),
    file("heads.csv", "nr,day,first,last\n7,2026-04-03,Grace,Wanjiru\n"),
    file("lines.toml", mapping),
  ]);
  await expect(page.getByText("1 row looked at, none refused")).toBeVisible();
  const unused = page.getByRole("columnheader").filter({ hasText: "not used" });
  await expect(unused).toHaveText(["not usedleft"]);
  await expect(page.getByRole("columnheader").filter({ hasText: "heads.nr" })).toContainText("finds rows of heads.csv");
});

const bring = async (page: Page, name: string, source: string, rows: string) => {
  await page.goto("/office/imports/new");
  await live(page);
  await page.setInputFiles("input[type=file]", file(name, `Date,Invoice,Amount\n${rows}`));
  await expect(page.getByText("looked at, none refused")).toBeVisible();
  await page.getByText("Which column is what").click();
  await page.getByLabel("It comes from").fill(source);
  await page.getByRole("button", { name: "Check the whole file" }).click();
  await page.getByRole("button", { name: /Bring \d+ rows? in/ }).click();
  await expect(page.getByRole("heading", { name: "Brought in" })).toBeVisible();
};

test("a document another import holds too stays when one is taken back", async ({ page, look }) => {
  await bring(page, "first.csv", "kiosk", "2026-04-03,K1,10\n2026-04-04,K2,20\n");
  await bring(page, "second.csv", "kiosk", "2026-04-04,K2,20\n2026-04-05,K3,30\n");
  await page.goto("/office/imports");
  await page.getByRole("link", { name: "first.csv" }).first().click();
  await page.getByRole("button", { name: "Take this import back" }).click();
  await page.getByRole("button", { name: "Take it back" }).click();
  await page.getByRole("link", { name: "first.csv" }).first().click();
  await expect(page.getByRole("region", { name: "Documents that stayed" })).toContainText("Document K2");
  await look(page, "stayed");
});

test("an edited export is asked whose documents it holds", async ({ page, look }) => {
  await bring(page, "stall.csv", "stall", "2026-04-03,L1,10\n");
  await page.goto("/office/imports/new");
  await live(page);
  await page.setInputFiles("input[type=file]", file("edited.csv", "Date,Invoice,Amount\n2026-04-03,L1,21\n"));
  await expect(page.getByText("Read like your last file with these columns, as one of stall.")).toBeVisible();
  await page.getByText("Which column is what").click();
  await expect(page.getByLabel("It comes from")).toHaveValue("stall");
  await page.getByLabel("It comes from").fill("");
  await page.getByRole("button", { name: "Check the whole file" }).click();
  const whose = page.getByRole("alert").filter({ hasText: "known from stall with other lines" });
  await expect(whose).toBeVisible();
  await expect(whose).toBeInViewport();
  await look(page, "whose");
});

test("a file that is no table is refused in words", DESK, async ({ page }) => {
  await page.goto("/office/imports/new");
  await live(page);
  await page.setInputFiles("input[type=file]", file("half.xlsx", "PK\u0003\u0004half a workbook"));
  await expect(page.getByRole("alert").filter({ hasText: "The workbook cannot be read" })).toBeVisible();
  const picture = Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0", "latin1");
  await page.setInputFiles("input[type=file]", { name: "till.csv", mimeType: "text/csv", buffer: picture });
  await expect(page.getByRole("alert").filter({ hasText: "This is a picture (PNG), not a table" })).toBeVisible();
  await expect(page.getByText("Which column is what")).toHaveCount(0);
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
