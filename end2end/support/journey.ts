// What every journey starts from: a server of its own over a fresh demo company, somebody signed in, and eyes on what must not happen.
import { test as base } from "@playwright/test";
import { cookieName, type Demo, today } from "./demo.ts";
import { Device } from "./device.ts";
import { Gate } from "./gate.ts";
import { type Look, looking } from "./look.ts";
import { Office } from "./office.ts";
import { ELSEWHERE, type Role } from "./places.ts";
import { freePort, Server } from "./server.ts";
import { Watch } from "./watch.ts";

export { expect } from "@playwright/test";
export { at, day, short } from "./calendar.ts";
export type { Client, Visit } from "./office.ts";
export { NO_SERVER, status } from "./watch.ts";

/** A journey that is about what happens, not how it looks, is made once: on the screen of those who make it. */
export const PHONE = { tag: "@phone" };
export const DESK = { tag: "@desk" };

export type Options = {
  /** Who is signed in when the journey begins. */
  role: Role | "nobody";
};

type Fixtures = {
  /** A gate stands before the server, at the address browsers know. */
  gated: boolean;
  demo: Demo;
  sessions: Demo["sessions"];
  started: Server | undefined;
  /** Our own server; a journey that needs one is left out against somebody else's. */
  server: Server;
  gate: Gate;
  office: Office;
  watch: Watch;
  look: Look;
  device: Device;
};

export const test = base.extend<Options & Fixtures>({
  role: ["rep", { option: true }],
  gated: [false, { option: true }],

  demo: [async ({}, use) => use(await today()), { timeout: 180_000 }],

  sessions: async ({ role, demo }, use, info) => {
    info.skip(role !== "nobody" && !demo.sessions[role], `the account given is no ${role}`);
    await use(demo.sessions);
  },

  started: async ({ gated, sessions, demo }, use, info) => {
    void sessions;
    if (ELSEWHERE) return use(undefined);
    const server = await Server.begin(demo.company, gated ? { FIELDLIGHT_PUBLIC_URL: `http://127.0.0.1:${await freePort()}` } : {});
    await use(server);
    await server.finish();
    if (info.status !== info.expectedStatus) await info.attach("server.log", { body: server.log, contentType: "text/plain" });
  },

  server: async ({ started }, use, info) => {
    info.skip(!started, "it stops or changes the server");
    await use(started!);
  },

  gate: async ({ server }, use) => {
    const gate = await Gate.open(Number(new URL(server.url).port), () => server.address);
    await use(gate);
    await gate.close();
  },

  baseURL: async ({ started }, use) => use(started?.url ?? ELSEWHERE),

  office: async ({ started, sessions, role }, use) => {
    const url = started?.url ?? ELSEWHERE!;
    await use(new Office({ url, address: started ? `http://${started.address}` : url, sessions }, role === "nobody" ? "rep" : role));
  },

  storageState: async ({ role, sessions, baseURL }, use) => {
    const url = new URL(baseURL!);
    const value = role === "nobody" ? undefined : sessions[role];
    const place = { domain: url.hostname, path: "/", expires: Math.floor(Date.now() / 1000) + 86_400, httpOnly: true, secure: url.protocol === "https:", sameSite: "Lax" as const };
    await use({ cookies: value ? [{ name: cookieName(baseURL!), value, ...place }] : [], origins: [] });
  },

  watch: async ({ baseURL }, use) => {
    const watch = new Watch(baseURL!);
    await use(watch);
    watch.settle();
  },

  context: async ({ context, watch }, use) => {
    await watch.over(context);
    await use(context);
  },

  device: async ({ contextOptions, viewport, hasTouch, isMobile, deviceScaleFactor, locale, timezoneId, baseURL, storageState, watch }, use) => {
    const device = new Device({ ...contextOptions, viewport, hasTouch, isMobile, deviceScaleFactor, locale, timezoneId, baseURL, storageState }, watch);
    await use(device);
    await device.finish();
  },

  look: async ({}, use, info) => use(looking(info)),
});
