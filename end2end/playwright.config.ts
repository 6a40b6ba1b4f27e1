// How the journeys run: two sizes of screen, the system's Chromium, traces and an HTML report for whoever looks into a failure.
import { defineConfig } from "@playwright/test";
import type { Options } from "./support/journey.ts";
import { BROWSER } from "./support/browser.ts";

export default defineConfig<Options>({
  testDir: "tests",
  globalSetup: "./support/demo.ts",
  fullyParallel: true,
  workers: 2,
  // tried again for its trace alone, which would slow every journey down: one that passes then hides a race
  retries: 1,
  failOnFlakyTests: true,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["html", { open: "never" }]],
  use: {
    launchOptions: BROWSER,
    trace: { mode: "on-first-retry", screenshots: false },
    screenshot: "only-on-failure",
    locale: "en-GB",
    timezoneId: "Africa/Nairobi",
    contextOptions: { reducedMotion: "reduce" },
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
  },
  projects: [
    { name: "phone", grepInvert: /@desk/, use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 } },
    { name: "desk", grepInvert: /@phone/, use: { viewport: { width: 1440, height: 900 } } },
  ],
});
