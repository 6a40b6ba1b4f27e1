// Lighthouse's mobile preset on the signed-in pages with data, and axe on the same pages in both themes.
import { createServer } from "node:net";
import AxeBuilder from "@axe-core/playwright";
import lighthouse from "lighthouse";
import { launch, main, runs, signIn, url } from "./browser.mjs";

const CATEGORIES = ["performance", "accessibility", "best-practices"];

main(async () => {
  const port = await freePort();
  const context = await launch({ args: [`--remote-debugging-port=${port}`] });
  const page = await context.newPage();
  await signIn(page);
  await page.goto(`${url}/clients`);
  const card = await page.locator("main a.row").first().getAttribute("href");
  const pages = { today: "/", clients: "/clients", card };
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const figures = {};
  for (const theme of ["light", "dark"]) figures[`axe.${theme}`] = [await violations(page, pages, theme)];
  await page.goto("about:blank");
  for (const [name, path] of Object.entries(pages)) {
    for (let run = 0; run < runs; run++) await judge(name, `${url}${path}`, port, cookie, figures);
  }
  await context.close();
  return figures;
});

async function judge(name, address, port, cookie, figures) {
  const flags = { port, output: "json", logLevel: "error", onlyCategories: CATEGORIES, extraHeaders: { Cookie: cookie } };
  const { lhr } = await lighthouse(address, flags);
  if (lhr.runtimeError) throw new Error(`${name}: ${lhr.runtimeError.message}`);
  for (const category of CATEGORIES) (figures[`${name}.${category}`] ??= []).push(Math.round(lhr.categories[category].score * 100));
  const metric = (id) => `${id} ${lhr.audits[id].displayValue}`;
  console.log(`${name}: ${["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"].map(metric).join(", ")}`);
  complain(name, lhr);
}

// Every audit that keeps a category from a hundred, the measured times aside.
function complain(name, lhr) {
  for (const category of CATEGORIES.slice(1)) {
    const counted = lhr.categories[category].auditRefs.filter(({ weight }) => weight > 0);
    const failed = counted.map(({ id }) => lhr.audits[id]).filter(({ score }) => score !== null && score < 1);
    for (const { title, details } of failed) console.log(`  ${name}, ${category}: ${title} ${JSON.stringify(details?.items?.slice(0, 2) ?? []).slice(0, 300)}`);
  }
}

async function violations(page, pages, theme) {
  await page.emulateMedia({ colorScheme: theme });
  let count = 0;
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(`${url}${path}`);
    await page.waitForSelector("main h1");
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, nodes } of violations) console.log(`axe, ${theme}, ${name}: ${id} at ${nodes.map(({ target }) => target.join(" ")).slice(0, 3).join(" and ")}`);
    count += violations.length;
  }
  return count;
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
