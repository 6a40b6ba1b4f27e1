// Lighthouse on a page somebody is signed in to.
import { createServer } from "node:net";
import lighthouse from "lighthouse";

const CATEGORIES = ["performance", "accessibility", "best-practices"];

// Adds what Lighthouse says of a page to the figures, in its mobile preset or another.
export async function judge(name, address, port, cookie, figures, preset) {
  const flags = { port, output: "json", logLevel: "error", onlyCategories: CATEGORIES, extraHeaders: { Cookie: cookie } };
  const { lhr } = await lighthouse(address, flags, preset);
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

// What the browser sends with each request, so that Lighthouse is signed in too.
export const cookieOf = async (context) => (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
