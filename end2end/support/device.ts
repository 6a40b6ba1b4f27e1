// A phone or a desk with a browser profile of its own, on disk: it can be closed, killed in the middle, and opened again.
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from "@playwright/test";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { BROWSER } from "./browser.ts";
import { SCRATCH } from "./places.ts";
import type { Watch } from "./watch.ts";

export class Device {
  private context?: BrowserContext;
  private readonly profile = mkdtempSync(join(SCRATCH, "profile-"));

  constructor(
    private readonly options: BrowserContextOptions,
    private readonly watch: Watch,
  ) {}

  /** Opens the browser; what it stored before is there. */
  async open(): Promise<Page> {
    const { storageState, ...options } = this.options;
    const context = await chromium.launchPersistentContext(this.profile, { ...BROWSER, ...options });
    const known = await context.cookies();
    if (known.length === 0 && storageState && typeof storageState === "object") await context.addCookies(storageState.cookies);
    await this.watch.over(context);
    this.context = context;
    return context.pages()[0] ?? context.newPage();
  }

  get browser(): BrowserContext {
    if (!this.context) throw new Error("the device is not open");
    return this.context;
  }

  /** Another tab. */
  tab = (): Promise<Page> => this.browser.newPage();

  async close(): Promise<void> {
    await this.context?.close();
    this.context = undefined;
  }

  /** The browser dies without a word, as when the system kills it. */
  async kill(page: Page): Promise<void> {
    const gone = new Promise((resolve) => this.browser.once("close", resolve));
    const session = await this.browser.newCDPSession(page);
    await Promise.race([session.send("Browser.crash").catch(() => {}), gone]);
    await gone;
    this.context = undefined;
  }

  async finish(): Promise<void> {
    await this.close();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
