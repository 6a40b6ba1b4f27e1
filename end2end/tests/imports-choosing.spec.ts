// What is chosen together, alone or as another kind is told, and what only a person can tell of days and money is asked.
import { DESK, expect, test } from "../support/journey.ts";
import { bringIn, choose, file, question } from "../support/imports.ts";
import { live } from "../support/steps.ts";

test.use({ role: "admin" });

test.beforeEach(async ({ page }) => {
  await page.goto("/office/imports/new");
  await live(page);
});

test("of files chosen together those no mapping joins are named, and brought in afterwards", DESK, async ({ page, look }) => {
  const one = (no: string) => `date,document_no,amount\n2026-04-03,${no},10\n`;
  await choose(page, file("o1.csv", one("O1")), file("o2.csv", one("O2")), file("o3.csv", one("O3")));
  const left = page.getByLabel("Files that are not read");
  await expect(left).toContainText("o2.csv is not read: no mapping joins it with o1.csv. It is brought in on its own, afterwards.");
  await expect(left).toContainText("o3.csv is not read");
  await look(page, "left");
  await bringIn(page);
  await expect(left.last()).toContainText("o2.csv is not read");
  await look(page, "left-after");
  await page.getByRole("button", { name: "Go on with o2.csv" }).click();
  await expect(page.getByText("o2.csv and 1 more")).toBeVisible();
  await expect(left).toHaveText(["o3.csv is not read: no mapping joins it with o2.csv. It is brought in on its own, afterwards."]);
  await bringIn(page);
  await page.getByRole("button", { name: "Go on with o3.csv" }).click();
  await expect(left).toHaveCount(0);
  await bringIn(page);
  await expect(page.getByRole("button", { name: /Go on with/ })).toHaveCount(0);
  await page.goto("/office/imports");
  for (const name of ["o1.csv", "o2.csv", "o3.csv"]) await expect(page.getByRole("link", { name }).first()).toBeVisible();
});

test("a mapping chosen alone waits for its file, and one chosen after a file reads it", DESK, async ({ page, look }) => {
  const mapping = file("till.toml", "[fields]\ndate = { column = 'd', format = 'DD-MON-YY' }\ndocumentNo = 'n'\namount = 'w'\n");
  const rows = file("till.csv", "d,n,w\n05-Jan-26,A1,10\n");
  await choose(page, mapping);
  await expect(page.getByText("till.toml says how a file is read. Now choose the file it is for")).toBeVisible();
  await look(page, "waiting");
  await choose(page, rows);
  await expect(page.getByText("1 row looked at, none refused")).toBeVisible();
  await page.reload();
  await live(page);
  await choose(page, rows);
  await expect(page.getByText("No column was recognised as the day of the sale")).toBeVisible();
  await choose(page, mapping);
  await expect(page.getByText("1 row looked at, none refused")).toBeVisible();
  await choose(page, mapping, file("other.toml", "kind = 'sales'\n"), rows);
  await expect(page.getByRole("alert")).toContainText("A file is read by one mapping: choose one of till.toml, other.toml.");
});

test("a file of another kind is told by its columns, and read as that by one press", DESK, async ({ page, look }) => {
  await choose(page, file("plan.csv", "rep,month,amount\nGrace Wanjiru,2026-07,1000\n"));
  await expect(question(page)).toContainText("These look like budgets.");
  await look(page, "budgets");
  await question(page).getByRole("button", { name: "Read them as budgets" }).click();
  await expect(page.getByLabel("What it holds")).toHaveValue("budgets");
  await expect(page.getByText("1 row looked at, none refused")).toBeVisible();
  await expect(question(page)).toHaveCount(0);
});

test("what the amount is gets asked where two columns disagree", DESK, async ({ page, look }) => {
  await choose(page, file("two.csv", "date,document_no,quantity,price,total_amount\n2026-04-03,M1,2,100,180\n"));
  await expect(question(page)).toContainText("What is the amount? Nothing is guessed about money.");
  await expect(page.getByRole("button", { name: "Check the whole file" })).toBeDisabled();
  await look(page, "amount");
  await question(page).getByRole("button", { name: "total_amount" }).click();
  await expect(question(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Check the whole file" }).click();
  await expect(page.getByRole("definition").filter({ hasText: "180" }).first()).toBeVisible();
});

test("how days and numbers were told apart is said, and can be chosen otherwise", DESK, async ({ page, look }) => {
  await choose(page, file("told.csv", "date,document_no,amount\n01/02/2026,N1,1.234\n13/02/2026,N2,5.5\n"));
  const told = page.getByLabel("How it is told");
  await expect(told).toContainText("Days in date are read with the day first, because line 3 has 13/02/2026.");
  await expect(told).toContainText("The point in numbers of amount stands before decimals, because line 3 has 5.5.");
  await page.getByText("Which column is what").click();
  await expect(page.getByLabel("Days are written")).toHaveValue("DD/MM/YYYY");
  await look(page, "told");
  await page.getByLabel("Days are written").selectOption("01/31/2026, month first");
  await expect(page.getByText("2 rows looked at, 1 refused")).toBeVisible();
  await page.getByLabel("Days are written").selectOption("as the file tells");
  await expect(page.getByText("2 rows looked at, none refused")).toBeVisible();
});

test("years of two digits are asked about, and a time of another zone is understood", DESK, async ({ page, look }) => {
  await choose(page, file("short.csv", "date,document_no,amount\n05/01/26,S1,10\n"));
  await expect(question(page)).toContainText("what stands first, the day, the month or the year? Of years of two digits, 00 to 68 are 2000 to 2068");
  await look(page, "short");
  await question(page).getByRole("button", { name: "Day first" }).click();
  await expect(page.getByText("1 row looked at, none refused")).toBeVisible();
  await choose(page, file("zoned.csv", "date,document_no,amount\n2026-01-01T23:30:00Z,Z1,10\n2026-01-01T23:30:00 EST,Z2,10\n"));
  await expect(page.getByText("2 rows looked at, 1 refused")).toBeVisible();
  await expect(page.getByText("What stands behind the day is no time")).toBeVisible();
});
