// A screen in its state: accessible in both themes, and a picture of each for a person to look at.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, type TestInfo } from "@playwright/test";
import { basename, join } from "node:path";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export type Look = (page: Page, state: string) => Promise<void>;

/** Checks and pictures `state` of this journey, light and dark. */
export function looking(info: TestInfo): Look {
  return async (page, state) => {
    for (const theme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await settled(page);
      await page.screenshot({ path: picture(info, state, theme), animations: "disabled" });
      await accessible(page, `${state}, ${theme}`);
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

function picture(info: TestInfo, state: string, theme: string): string {
  const spec = basename(info.file, ".spec.ts");
  return join(info.project.outputDir, "screens", `${spec}-${state}-${info.project.name}-${theme}.png`);
}

async function accessible(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
  // what slides under a bar that stays in sight is whole again after scrolling
  const real = found.filter((words) => !words.includes("partially obscured"));
  expect.soft(real, `accessibility of ${what}`).toEqual([]);
}
