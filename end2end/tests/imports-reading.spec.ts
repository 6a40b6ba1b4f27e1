// How a file is read before anything of it is brought in: what is asked, what is refused, and where all of that can be taken along.
import { readFile } from "node:fs/promises";
import { DESK, expect, test } from "../support/journey.ts";
import { file } from "../support/imports.ts";
import { live } from "../support/steps.ts";

test.use({ role: "admin" });

const MAPPING =
  "[[join]]\nfile = 'heads.csv'\nkey = 'nr'\non = 'head'\n[fields]\ndate = 'heads.day'\ndocumentNo = 'head'\namount = { product = ['qty', 'price'] }\n";
const LINES = file("lines.csv", "head,qty,price\n7,2,3\n");

test.beforeEach(async ({ page }) => {
  await page.goto("/office/imports/new");
  await live(page);
});

test("files chosen together are told apart by the mapping, in whatever order they come", DESK, async ({ page }) => {
  await page.setInputFiles("input[type=file]", [file("heads.csv", "nr,day\n7,2026-04-03\n"), LINES, file("map.toml", MAPPING)]);
  await expect(page.getByText("1 row looked at, none refused")).toBeVisible();
  await expect(page.getByText("lines.csv and 1 more")).toBeVisible();
  await page.getByRole("button", { name: "Check the whole file" }).click();
  await expect(page.getByRole("heading", { name: "Checked: nothing is written yet" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Bring 1 row in" })).toBeVisible();
});

test("every line of a file beside the rows that cannot be used can be taken along", DESK, async ({ page, look }) => {
  const heads = `nr,day\n${Array.from({ length: 60 }, (_, i) => `${i},2026-04-03${i % 2 ? ",x" : ""}\n`).join("")}`;
  await page.setInputFiles("input[type=file]", [file("heads.csv", heads), LINES, file("map.toml", MAPPING)]);
  await expect(page.getByText("30 lines of heads.csv cannot be used")).toBeVisible();
  await expect(page.getByRole("button", { name: "Check the whole file" })).toBeDisabled();
  await look(page, "spoilt");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "All 30 as a file" }).click()]);
  const lines = (await readFile(await download.path(), "utf8")).trim().split(/\r?\n/);
  expect(lines).toHaveLength(31);
  expect(lines[1]).toMatch(/^3,rejected,heads\.csv,/);
});

test("a quote that is never closed is told with its line, and every row it took in is refused", DESK, async ({ page }) => {
  const rows = Array.from({ length: 10 }, (_, i) => `2026-04-0${i % 9 + 1},Q${i},10.00,${i === 4 ? '"' : ""}C${i}\n`).join("");
  await page.setInputFiles("input[type=file]", file("torn.csv", `date,document_no,gross_revenue,customer\n${rows}`));
  await expect(page.getByText("10 rows looked at, 6 refused")).toBeVisible();
  await expect(page.getByText("A quote opens in line 6 and is never closed").first()).toBeVisible();
  await page.getByRole("button", { name: "Check the whole file" }).click();
  await expect(page.getByRole("button", { name: "Bring 4 rows in, leave 6 out" })).toBeVisible();
  await expect(page.getByRole("definition").filter({ hasText: "60" }).first()).toBeVisible();
  await expect(page.getByRole("definition").filter({ hasText: "100" }).first()).toBeVisible();
});

test("days of two ways and discounts in percent are asked about once", DESK, async ({ page, look }) => {
  const rows = "01/25/2026,D1,2,100,10\n25/04/2026,D2,1,100,5\n";
  await page.setInputFiles("input[type=file]", file("asked.csv", `date,invoice,qty,price,discount\n${rows}`));
  const questions = page.getByRole("group", { name: "A question" });
  await expect(questions.filter({ hasText: "25/04/2026" })).toContainText("one has the day first, one the month");
  await expect(questions.filter({ hasText: "in percent here?" })).toBeVisible();
  await look(page, "asked");
  await questions.getByRole("button", { name: "Yes, in percent" }).click();
  await expect(questions).toHaveCount(1);
  await questions.getByRole("button", { name: "Month first" }).click();
  await expect(page.getByText("2 rows looked at, 1 refused")).toBeVisible();
  await expect(questions).toHaveCount(0);
});
