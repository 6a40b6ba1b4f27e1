// What must not happen on any screen: console errors, page errors, violated content-security policy, requests of ours that fail.
import { type BrowserContext, expect, type Page } from "@playwright/test";

/** What a browser writes to the console while the server is away or says no: each journey names what it expects. */
export const NO_SERVER = /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_FAILED|ERR_ABORTED|Failed to fetch/;
export const status = (code: number): RegExp => new RegExp(`status of ${code}|answered ${code}`);

export class Watch {
  private readonly seen: string[] = [];
  private readonly expected: RegExp[] = [];

  constructor(private readonly origin: string) {}

  /** From now on, and for what was seen before, this is part of the journey. */
  expect(...what: RegExp[]): void {
    this.expected.push(...what);
  }

  async over(context: BrowserContext): Promise<void> {
    await context.addInitScript(() =>
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`securitypolicyviolation: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
      }),
    );
    const pages = context.pages();
    context.on("page", (page) => this.follow(page));
    pages.forEach((page) => this.follow(page));
    context.on("weberror", (error) => this.seen.push(`page error: ${error.error().stack ?? error.error()}`));
  }

  /** Fails the journey when anything was seen that it did not expect. */
  settle(): void {
    const unexpected = this.seen.filter((line) => !this.expected.some((pattern) => pattern.test(line)));
    expect(unexpected, "the browser's console, page errors and failed requests").toEqual([]);
  }

  private follow(page: Page): void {
    this.followWorker(page).catch(() => {}); // the page may be gone again
    page.on("console", (message) => {
      if (message.type() !== "error") return;
      const { url } = message.location();
      this.seen.push(`console: ${message.text()} ${url}`);
    });
    page.on("requestfailed", (request) => {
      // a page that is left gives up what it was still loading
      const reason = request.failure()?.errorText ?? "";
      if (request.url().startsWith(this.origin) && reason !== "net::ERR_ABORTED") this.seen.push(`request: ${request.url()} ${reason}`);
    });
    page.on("response", (response) => {
      if (response.url().startsWith(this.origin) && response.status() >= 400) this.seen.push(`response: ${response.url()} answered ${response.status()}`);
    });
  }

  /** A service worker fails without a word to the page. */
  private async followWorker(page: Page): Promise<void> {
    const session = await page.context().newCDPSession(page);
    session.on("ServiceWorker.workerErrorReported", ({ errorMessage }) => {
      this.seen.push(`service worker: ${errorMessage.errorMessage} ${errorMessage.sourceURL}:${errorMessage.lineNumber}`);
    });
    await session.send("ServiceWorker.enable");
  }
}
