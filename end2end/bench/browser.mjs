// A phone's browser for the measurements: Chromium with a profile on the disk, signed in through the form.
import { chromium } from "@playwright/test";

const { BENCH_URL, BENCH_EMAIL, BENCH_PASSWORD, BENCH_PROFILE, BENCH_CHROMIUM, BENCH_RUNS, BENCH_SERVER_PID } = process.env;

export const url = BENCH_URL;
export const runs = Number(BENCH_RUNS);

const PHONE = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 3,
  isMobile: true,
  hasTouch: true,
  locale: "en-GB",
  geolocation: { latitude: -1.286389, longitude: 36.817223, accuracy: 10 },
  permissions: ["geolocation"],
};

// A profile on the disk: a private window would keep its database in memory.
export const launch = (options = {}) =>
  chromium.launchPersistentContext(BENCH_PROFILE, {
    ...PHONE,
    executablePath: BENCH_CHROMIUM,
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", ...(options.args ?? [])],
    ...options.context,
  });

export async function signIn(page) {
  await page.goto(`${url}/`);
  await page.fill("[name=email]", BENCH_EMAIL);
  await page.fill("[name=password]", BENCH_PASSWORD);
  await Promise.all([page.waitForURL(`${url}/`), page.click("button[type=submit]")]);
  await page.waitForSelector("main");
}

// Ends the server in order, and waits until nothing answers.
export async function stopServer() {
  process.kill(Number(BENCH_SERVER_PID), "SIGTERM");
  for (let tries = 0; tries < 300; tries++) {
    const answered = await fetch(`${url}/health`).then(() => true, () => false);
    if (!answered) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the server still answers");
}

// Prints the figures as the last line, and ends the browser with the process, however the measurement went.
export async function main(work) {
  const failed = (error) => {
    console.error(error);
    process.exit(1);
  };
  setTimeout(() => failed("the measurement took longer than ten minutes"), 600_000).unref();
  await work().then((figures) => console.log(JSON.stringify(figures)), failed);
}
