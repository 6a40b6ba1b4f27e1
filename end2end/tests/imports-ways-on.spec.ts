// No file is a dead end: another one of those chosen, another sheet, another way to read it, and what it replaces are each a press away.
import { DESK, expect, test } from "../support/journey.ts";
import { bringIn, check, choose, file, question } from "../support/imports.ts";
import { live } from "../support/steps.ts";
import { workbook } from "../support/workbook.ts";

test.use({ role: "admin" });

test.beforeEach(async ({ page }) => {
  await page.goto("/office/imports/new");
  await live(page);
});

test("one goes on with the next file where the first one cannot or need not come in", DESK, async ({ page, look }) => {
  const rows = (no: string) => `date,document_no,net\n2026-04-03,${no},10\n`;
  const on = page.getByRole("button", { name: /^Go on with/ });
  const known = file("g0.csv", rows("G0").replace("net", "amount"));
  await choose(page, known);
  await bringIn(page);
  const broken = { name: "g2.csv", mimeType: "text/csv", buffer: Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0", "latin1") };
  const refused = file("g3.csv", "date,document_no,amount\n2026-04-31,G3,10\n");
  const asked = file("g4.csv", "date,document_no,amount\n05/01/26,G4,10\n");
  const last = file("g5.csv", rows("G5").replace("net", "amount"));
  await choose(page, known, file("g1.csv", rows("G1").replace("date", "colour")), broken, refused, asked, last);
  await expect(page.getByText("1 row looked at, none refused")).toBeVisible();
  await expect(on).toHaveCount(0);
  await check(page);
  await expect(page.getByText("There is nothing to bring in")).toBeVisible();
  await look(page, "known");
  await on.click();
  await expect(page.getByText("No column was recognised as the day of the sale")).toBeVisible();
  await look(page, "problem");
  await on.click();
  await expect(page.getByRole("alert")).toContainText("This is a picture (PNG), not a table");
  await expect(page.getByLabel("Files that are not read")).toContainText("g3.csv is not read");
  await look(page, "picture");
  await on.click();
  await expect(page.getByText("1 row looked at, 1 refused")).toBeVisible();
  await on.click();
  await expect(question(page)).toContainText("05/01/26");
  await on.click();
  await expect(page.getByText("1 row looked at, none refused")).toBeVisible();
  await expect(on).toHaveCount(0);
  await bringIn(page);
});

test("the sheet of a workbook is chosen on the page, the first that is understood beforehand", DESK, async ({ page, look }) => {
  const month = (no: string, net: string) => [["date", "document_no", "amount"], ["2026-04-03", no, net]];
  const book = workbook({ Cover: [["Report of Acme"]], Jan: month("H1", "11"), Feb: month("H2", "22") });
  await page.setInputFiles("input[type=file]", { name: "months.xlsx", mimeType: "", buffer: book });
  const sheet = page.getByLabel("Sheet of the workbook");
  await expect(sheet).toHaveValue("Jan");
  await expect(page.getByText("sheet “Jan”, not read: “Cover”, “Feb”; 1 row looked at, none refused")).toBeVisible();
  await look(page, "sheet");
  await sheet.selectOption("Cover");
  await expect(page.getByText("No column was recognised as the day of the sale")).toBeVisible();
  await expect(page.getByText("there are also “Jan”, “Feb”: choose another one.")).toBeVisible();
  await look(page, "cover");
  await sheet.selectOption("Feb");
  await expect(page.getByRole("cell", { name: "H2" })).toBeVisible();
  await bringIn(page);
  await expect(page.getByText("Of the workbook only sheet “Feb” was read, not “Cover”, “Jan”")).toBeVisible();
  // remembered with its columns, and left where a workbook has no such sheet
  await page.reload();
  await live(page);
  await page.setInputFiles("input[type=file]", { name: "months.xlsx", mimeType: "", buffer: book });
  await expect(sheet).toHaveValue("Feb");
  await sheet.selectOption("Jan");
  await expect(page.getByRole("cell", { name: "H1" })).toBeVisible();
  await expect(sheet).toHaveValue("Jan");
  await page.setInputFiles("input[type=file]", { name: "march.xlsx", mimeType: "", buffer: workbook({ Mar: month("H3", "33"), Notes: [["none"]] }) });
  await expect(sheet).toHaveValue("Mar");
  await expect(page.getByText("1 row looked at, none refused")).toBeVisible();
});

test("what was answered for an earlier file is left aside by one press where it does not fit", DESK, async ({ page, look }) => {
  const rows = (day: string, no: string) => file(`${no}.csv`, `date,document_no,amount,afresh\n${day},${no},10,x\n`);
  await choose(page, rows("05/01/26", "I1"));
  await question(page).getByRole("button", { name: "Day first" }).click();
  await bringIn(page);
  await choose(page, rows("06/01/26", "I2"));
  await expect(page.getByText("Read like your last file with these columns.")).toBeVisible();
  await expect(page.getByText("1 row looked at, none refused")).toBeVisible();
  await expect(question(page)).toHaveCount(0);
  await choose(page, rows("2026-02-05", "I3"));
  await expect(question(page)).toContainText("Read like your last file with these columns. Every row is refused so.");
  await look(page, "unfit");
  await question(page).getByRole("button", { name: "Read it afresh" }).click();
  await expect(page.getByText("1 row looked at, none refused")).toBeVisible();
  await expect(question(page)).toHaveCount(0);
  await bringIn(page);
});

test("what a file without numbers of documents replaces is answered by a press", DESK, async ({ page, look }) => {
  await choose(page, file("j1.csv", "date,document_no,amount,days\n2026-05-04,J1,10,x\n2026-05-04,,5,x\n"));
  await bringIn(page);
  await choose(page, file("j2.csv", "date,document_no,amount,days\n2026-05-04,J1,10,x\n2026-05-04,,6,x\n"));
  await expect(page.getByText("2 rows looked at, none refused")).toBeVisible();
  await check(page);
  await expect(question(page)).toContainText("1 of the days with lines that have no document number in this file is known with other lines");
  await expect(question(page)).not.toContainText("--replaces");
  await expect(question(page)).not.toContainText("mapping");
  await expect(question(page)).toBeInViewport();
  await look(page, "days");
  await question(page).getByRole("button", { name: "Yes, it holds all of them" }).click();
  await expect(page.getByRole("heading", { name: "Checked: nothing is written yet" })).toBeVisible();
  await expect(question(page)).toHaveCount(0);
  await expect(page.getByText("This replaces 1 line that came to KES 5.00.")).toBeVisible();
  await page.getByRole("button", { name: /^Bring \d+ rows? in$/ }).click();
  await expect(page.getByRole("heading", { name: "Brought in" })).toBeVisible();
});

test("reps and sales chosen as clients are told, and the sum has one sign in a row", DESK, async ({ page, look }) => {
  await page.getByLabel("What it holds").selectOption("clients");
  await choose(page, file("team.csv", "name,branch\nGrace Wanjiru,Nakuru\n"));
  await expect(page.getByText("1 row looked at, none refused")).toBeVisible();
  await expect(question(page)).toContainText("These look like reps.");
  await look(page, "reps");
  await choose(page, file("lines.csv", "date,document_no,customer_name,product,amount\n2026-05-05,N1,Shop,Pump,1000000.50\n2026-05-05,N2,Shop,Pump,-100.005x\n2026-05-32,N3,Shop,Pump,-100\n"));
  await expect(question(page)).toContainText("These look like sales lines.");
  await question(page).getByRole("button", { name: "Read them as sales lines" }).click();
  await check(page);
  const row = page.locator(".sum__row", { hasText: "in refused rows" });
  await expect(row).toContainText("−100.00");
  await expect(row).not.toContainText("+");
  await row.evaluate((element) => element.scrollIntoView({ block: "center" }));
  for (const amount of await page.locator(".sum__row dd").all()) {
    const [lines, outside] = await amount.evaluate((element) => {
      const range = document.createRange();
      range.selectNodeContents(element.lastChild!);
      return [range.getClientRects().length, range.getBoundingClientRect().right - element.parentElement!.getBoundingClientRect().right];
    });
    expect(lines, "no number breaks").toBe(1);
    expect(outside, "nor stands beside its row").toBeLessThan(1);
  }
  await look(page, "sum");
  await page.getByRole("button", { name: /^Bring 1 row in, leave 2 out/ }).click();
  await expect(page.getByRole("heading", { name: "Brought in" })).toBeVisible();
  await page.goto("/office/imports");
  await expect(page.getByRole("row", { name: /lines\.csv/ })).toContainText("in the figures");
});
