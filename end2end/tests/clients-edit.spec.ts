// Clients and prospects come, change, convert, go and come back; what is wrong is said under its field.
import { expect, test } from "../support/journey.ts";
import { carry, row, sent } from "../support/steps.ts";

test("a new client is checked field by field, and nothing typed is lost on the way", async ({ page, office, look }) => {
  await carry(page);
  await page.goto("/clients");
  await page.getByRole("link", { name: "New", exact: true }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Enter a name.")).toBeVisible();
  await expect(page.getByLabel("Name")).toBeFocused();
  await page.getByLabel("Name").fill("Mto Panga Timber");
  await page.getByLabel("Phone").fill("call me");
  await page.getByLabel("Email").fill("nobody");
  await page.getByLabel("Location").fill("somewhere");
  await page.getByLabel("Days between visits").fill("9999");
  await page.getByLabel("Town").fill("Mtwapa");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Location: enter latitude and longitude like -1.29206, 36.82195, or leave it empty.")).toBeVisible();
  await page.getByLabel("Location").fill("-3.94, 39.74");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Enter a phone number with 4 to 20 digits, like +254 722 100 318.")).toBeVisible();
  await expect(page.getByText("Enter an email address like name@company.com.")).toBeVisible();
  await expect(page.getByText("Days between visits: enter 1 to 730, or leave it empty.")).toBeVisible();
  await look(page, "refused");

  await page.reload();
  await expect(page.getByLabel("Town")).toHaveValue("Mtwapa");
  await page.getByLabel("Phone").fill("0722 000 111");
  await page.getByLabel("Email").fill("mto@panga.example");
  await page.getByLabel("Days between visits").fill("10");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Mto Panga Timber" })).toBeVisible();
  await expect(page.getByText("Grey: never visited")).toBeVisible();
  await sent(page);
  const [found] = await office.find("Mto Panga");
  expect(found).toMatchObject({ name: "Mto Panga Timber", town: "Mtwapa" });

  await page.goto("/clients/new");
  await expect(page.getByLabel("Name")).toHaveValue("");
});

test("a name that is there already is warned about while it is typed", async ({ page, office, look }) => {
  await office.client("Simba Ridge Contractors", { town: "Ruiru" });
  await office.as("colleague").client("Simba Ridge Quarry", { town: "Ngong" });
  await carry(page);
  await page.goto("/clients/new");
  await page.getByLabel("Name").fill("Simba Ridge Contractor");
  const warning = page.getByRole("status").filter({ hasText: "This may be here already" });
  await expect(warning.getByRole("link", { name: /Simba Ridge Contractors/ })).toBeVisible();
  await look(page, "duplicate");
  await page.getByLabel("Name").fill("Simba Ridge Quarry");
  await expect(warning.getByText("Simba Ridge Quarry")).toBeVisible();
  await expect(warning).toContainText("Daniel Kiptoo");
  await expect(warning.getByRole("link", { name: /Quarry/ })).toBeHidden();
});

test("a client is edited, archived, and brought back", async ({ page, office, look }) => {
  const client = await office.client("Bahari Logistics", { town: "Kilifi" });
  await carry(page);
  await page.goto(`/clients/${client.id}`);
  await page.getByRole("link", { name: "Edit details" }).click();
  await page.getByLabel("Town").fill("Malindi");
  await page.getByLabel("Tier").selectOption("A");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Client · tier A · every 21 days · Malindi")).toBeVisible();

  await page.getByRole("button", { name: /^Archive/ }).click();
  await expect(page.getByText("Archived: not in lists, everything is kept.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Check in" })).toBeHidden();
  await sent(page);
  await look(page, "archived");
  await page.goto("/clients?q=bahari");
  await expect(page.getByText("Nothing matches")).toBeVisible();
  await page.goto("/clients?q=bahari&archived=1");
  await row(page, "Bahari Logistics").getByRole("link").click();
  await page.getByRole("button", { name: "Bring back" }).click();
  await expect(page.getByRole("button", { name: "Check in" })).toBeVisible();
  await sent(page);
  expect(await office.show(client.id)).toMatchObject({ town: "Malindi", tier: "A", archivedAt: null });
});

test("a prospect becomes a client and keeps its id, history and people", async ({ page, office, look }) => {
  const prospect = await office.prospect("Tana Delta Rice", { town: "Garsen" });
  await office.contact(prospect.id, "Halima Omar");
  await office.logged(prospect.id, 3, { notes: "First talk." });
  await carry(page);
  await page.goto("/prospects?q=tana+delta");
  await look(page, "prospects");
  await row(page, "Tana Delta Rice").getByRole("link").click();
  await page.getByRole("button", { name: /Make it a client/ }).click();
  await expect(page).toHaveURL(new RegExp(`/clients/${prospect.id}$`));
  await expect(page.getByText(/^Client · every 35 days/)).toBeVisible();
  await expect(page.getByText("Halima Omar")).toBeVisible();
  await expect(page.getByText("First talk.")).toBeVisible();
  await sent(page);
  expect((await office.show(prospect.id)).stage).toBe("client");
  await page.goto("/prospects?q=tana+delta");
  await expect(page.getByText("Nothing matches")).toBeVisible();
});
