// A screen in its state: accessible in both themes, and a picture of each for a person to look at.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, type TestInfo } from "@playwright/test";
import { basename, join } from "node:path";

const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** What another theme can break; the rest is the same in both. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

export type Look = (page: Page, state: string) => Promise<void>;

/** Checks and pictures `state` of this journey, light and dark. */
export function looking(info: TestInfo): Look {
  return async (page, state) => {
    for (const theme of ["light", "dark"] as const) {
      const since = await page.evaluate(() => performance.now());
      await page.emulateMedia({ colorScheme: theme });
      await settled(page);
      if (theme === "dark") await redrawn(page, since);
      await page.screenshot({ path: picture(info, state, theme), animations: "disabled" });
      await accessible(page, `${state}, ${theme}`, theme === "light" ? undefined : OF_COLOURS);
    }
    await page.emulateMedia({ colorScheme: null });
  };
}

/** Fonts are there and two frames are drawn: what a person sees. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}

/** Charts are drawn beside the page: those in sight have the other theme's colours a moment after it. */
async function redrawn(page: Page, since: number): Promise<void> {
  await page.waitForFunction((since) => {
    const drawn = new Set((performance.getEntriesByName("chart") as PerformanceMark[]).filter(({ startTime }) => startTime > since).map(({ detail }) => detail));
    return [...document.querySelectorAll("chart-view:has(.chart__canvas):not([failed])")].every(({ id }) => drawn.has(id));
  }, since);
}

function picture(info: TestInfo, state: string, theme: string): string {
  const spec = basename(info.file, ".spec.ts");
  return join(info.project.outputDir, "screens", `${spec}-${state}-${info.project.name}-${theme}.png`);
}

async function accessible(page: Page, what: string, rules?: string[]): Promise<void> {
  // no page of ours has frames: what is found needs no page of its own to be put together on
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (rules ? axe.withRules(rules) : axe.withTags(STANDARDS)).analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
  // what slides under a bar that stays in sight is whole again after scrolling
  const real = found.filter((words) => !words.includes("partially obscured"));
  expect.soft(real, `accessibility of ${what}`).toEqual([]);
}
