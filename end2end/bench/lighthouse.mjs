// Lighthouse's mobile preset on the signed-in pages with data, and axe on the same pages in both themes.
import AxeBuilder from "@axe-core/playwright";
import { launch, main, runs, signIn, url } from "./browser.mjs";
import { cookieOf, freePort, judge } from "./judge.mjs";

main(async () => {
  const port = await freePort();
  const context = await launch({ args: [`--remote-debugging-port=${port}`] });
  const page = await context.newPage();
  await signIn(page);
  await page.goto(`${url}/clients`);
  const card = await page.locator("main a.row").first().getAttribute("href");
  const pages = { today: "/", clients: "/clients", card };
  const cookie = await cookieOf(context);
  const figures = {};
  for (const theme of ["light", "dark"]) figures[`axe.${theme}`] = [await violations(page, pages, theme)];
  await page.goto("about:blank");
  for (const [name, path] of Object.entries(pages)) {
    for (let run = 0; run < runs; run++) await judge(name, `${url}${path}`, port, cookie, figures);
  }
  await context.close();
  return figures;
});

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
