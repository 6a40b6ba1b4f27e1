// A viewer reads everything and changes nothing.
import { at, expect, test } from "../support/journey.ts";
import { live } from "../support/steps.ts";

test.use({ role: "viewer" });

const WRITES = /^(New|Check in|Check out|Plan|Edit.*|Archive.*|Add a person|Set location.*|Make it a client.*|Kept|Dropped|Reassign|New time|Cancel it|Log)$/;

test("no screen offers a viewer a way to change anything, and the server refuses it", async ({ page, office, watch, look }) => {
  const rep = office.as("rep");
  const client = await rep.visited("Read Only Ltd", 10, { phone: "0722 000 000" });
  const visit = await rep.planned(client.id, at(1, "09:00"));
  for (const path of ["/", "/clients", "/prospects", `/clients/${client.id}`, "/visits", `/visits/${visit.id}`]) {
    await page.goto(path);
    await live(page);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const offered = page.getByRole("main").locator("button:enabled, a[href]").filter({ hasText: WRITES });
    await expect(offered, path).toHaveCount(0);
  }
  await page.goto(`/clients/${client.id}`);
  await look(page, "card");
  await page.goto(`/clients/${client.id}/edit`);
  await expect(page.getByText("Your role does not allow this. Ask an administrator.")).toBeVisible();
  await look(page, "forbidden");
  await page.goto(`/visits/new?client=${client.id}`);
  await expect(page.getByText("Your role does not allow this. Ask an administrator.")).toBeVisible();
  await expect(office.client("Not by a viewer")).rejects.toMatchObject({ status: 403 });
  void watch;
});
