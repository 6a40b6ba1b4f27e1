// A new version waits for consent, and what waits on the phone outlives it.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SCRATCH, SITE } from "../support/places.ts";
import { expect, NO_SERVER, status, test } from "../support/journey.ts";
import { carry, chip, sent } from "../support/steps.ts";

test.use({ gated: true });

/** The built site as its next build would be: the same program under another version. */
function nextVersion(): { folder: string; version: string } {
  const folder = mkdtempSync(join(SCRATCH, "site-"));
  cpSync(SITE, folder, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(folder, "assets.json"), "utf8")) as { version: string };
  const version = [...manifest.version].reverse().join("");
  for (const file of ["assets.json", "sw.js"]) {
    const text = readFileSync(join(folder, file), "utf8").replaceAll(manifest.version, version);
    writeFileSync(join(folder, file), text);
    for (const packed of [".br", ".gz"]) rmSync(join(folder, file + packed), { force: true });
  }
  return { folder, version };
}

test("twenty queued entries survive a new version, which is loaded only when asked to", async ({ page, office, server, gate, watch, look }) => {
  watch.expect(NO_SERVER, status(503));
  const client = await office.client("Rift View Quarry");
  await carry(page);
  gate.answer(/\/sync\/push/, 503);
  await page.goto(`/clients/${client.id}`);
  for (let i = 1; i <= 20; i++) {
    await page.getByRole("button", { name: "Add a person" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill(`Person ${i}`);
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("dialog")).toBeHidden();
  }
  await expect(chip(page)).toHaveText(/20/);

  await server.kill();
  const { folder, version } = nextVersion();
  await server.start({ FIELDLIGHT_SITE_DIR: folder });
  await page.reload();
  // the app looks for a new version every hour: this is that hour
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect(page.getByText("A new version is ready.")).toBeVisible();
  const versions = () => page.evaluate(async () => (await caches.keys()).filter((name) => name !== "fieldlight-marker").sort());
  expect(await versions()).toHaveLength(2);
  await look(page, "ready");
  const reloaded = page.waitForEvent("load");
  await page.getByRole("button", { name: "Load it" }).click();
  await reloaded;
  await expect.poll(versions).toEqual([`fieldlight-${version}`]);
  await expect(page.getByRole("heading", { level: 1, name: "Rift View Quarry" })).toBeVisible();
  await expect(chip(page)).toHaveText(/20/);
  await expect(page.getByText("A new version is ready.")).toBeHidden();

  gate.openAll();
  await page.goto("/");
  await sent(page);
  const { items } = await office.get<{ items: unknown[] }>(`/contacts?clientId=${client.id}`);
  expect(items).toHaveLength(20);
});
