// The app can be installed: manifest, icons, and what the browser says about them.
import { expect, PHONE, test } from "../support/journey.ts";
import { carry } from "../support/steps.ts";

type Manifest = { name: string; short_name: string; start_url: string; display: string; theme_color: string; background_color: string; icons: { src: string; sizes: string; type: string; purpose?: string }[]; shortcuts?: { url: string }[] };

/** Width and height in a PNG's header. */
function pixels(png: Buffer): string {
  return `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;
}

test("the manifest is whole and the browser would install the app", PHONE, async ({ page, request }) => {
  await carry(page);
  const answer = await request.get("/manifest.webmanifest");
  expect(answer.headers()["content-type"]).toContain("application/manifest+json");
  const manifest = (await answer.json()) as Manifest;
  expect(manifest).toMatchObject({ name: expect.stringContaining("Fieldlight"), display: "standalone", start_url: expect.stringMatching(/^\//) });
  expect(manifest.icons.some((icon) => icon.purpose?.includes("maskable"))).toBe(true);
  for (const size of ["192x192", "512x512"]) expect(manifest.icons.map((icon) => icon.sizes)).toContain(size);
  for (const { src, sizes, type } of manifest.icons) {
    const icon = await request.get(src);
    expect(icon.ok(), src).toBe(true);
    expect(icon.headers()["content-type"]).toContain(type);
    if (type === "image/png") expect(pixels(await icon.body()), src).toBe(sizes);
  }
  for (const { url } of manifest.shortcuts ?? []) expect((await request.get(url)).status(), url).toBe(200);

  const session = await page.context().newCDPSession(page);
  const seen = (await session.send("Page.getAppManifest")) as { errors: unknown[]; url: string };
  expect(seen.errors).toEqual([]);
  expect(seen.url).toMatch(/\/manifest\.webmanifest$/);
  const { installabilityErrors } = (await session.send("Page.getInstallabilityErrors")) as { installabilityErrors: { errorId: string }[] };
  // a private window is never installed from: the one thing a test's browser is told
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual([]);
});

test("what is served for good is compressed and never asked for again", PHONE, async ({ page, request }) => {
  await page.goto("/");
  const wasm = await page.locator("link[as=fetch]").getAttribute("href");
  const answer = await request.get(wasm!, { headers: { "accept-encoding": "br" } });
  expect(answer.headers()).toMatchObject({ "cache-control": "public, max-age=31536000, immutable", "content-encoding": "br" });
  expect((await request.get("/sw.js")).headers()["cache-control"]).toContain("no-cache");
});
