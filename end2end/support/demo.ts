// The demo company every journey starts with, made by the real command, with a session for every role in its database.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { day, settled } from "./calendar.ts";
import { BIN, COLLEAGUE, ELSEWHERE, EMAILS, PASSWORD, type Role, SCRATCH, SITE } from "./places.ts";
import { environment, Server } from "./server.ts";

export type Demo = {
  /** The folder every server starts with a copy of; nothing is there when the server is somebody else's. */
  company: string;
  /** The tokens of sessions that stand in its database. */
  sessions: Partial<Record<Role, string>>;
};

/** Before the journeys: the first is not to wait for the company longer than the others. */
export default async function prepare(): Promise<() => void> {
  process.env.FIELDLIGHT_SCRATCH = SCRATCH;
  mkdirSync(SCRATCH, { recursive: true });
  await today();
  return () => rmSync(SCRATCH, { recursive: true, force: true });
}

/** The company as it stands on this business day: its visits are planned for "today", so it is made anew when the day turns while journeys run. */
export async function today(): Promise<Demo> {
  await settled();
  const folder = join(SCRATCH, day());
  if (!existsSync(folder)) await publish(ELSEWHERE ? signInElsewhere : make, folder);
  return { company: join(folder, "company"), sessions: JSON.parse(readFileSync(join(folder, "sessions.json"), "utf8")) as Demo["sessions"] };
}

/** Makes it beside its place and moves it there whole; where another worker was faster, theirs stays. */
async function publish(make: (folder: string) => Promise<Demo["sessions"]>, folder: string): Promise<void> {
  const draft = mkdtempSync(join(SCRATCH, "draft-"));
  writeFileSync(join(draft, "sessions.json"), JSON.stringify(await make(draft)));
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
}

async function make(folder: string): Promise<Demo["sessions"]> {
  for (const [what, path] of Object.entries({ FIELDLIGHT_BIN: BIN, FIELDLIGHT_SITE: SITE })) {
    if (!existsSync(path)) throw new Error(`${path} is missing: build it with \`cargo xtask test --only e2e\`, or set ${what}.`);
  }
  const fresh = join(folder, "fresh");
  const run = (args: string[], input?: string) => execFileSync(BIN, args, { env: environment(fresh), input, stdio: ["pipe", "pipe", "inherit"] });
  mkdirSync(fresh);
  run(["demo"]);
  run(["user", "add", EMAILS.colleague, "--role", "rep", "--rep", COLLEAGUE, "--password-stdin"], PASSWORD);
  const server = await Server.begin(fresh);
  const sessions = await signInAll(server.url);
  await server.keep(join(folder, "company"));
  rmSync(fresh, { recursive: true });
  return sessions;
}

async function signInAll(url: string): Promise<Record<string, string>> {
  const roles = Object.keys(EMAILS) as Role[];
  const tokens = await Promise.all(roles.map(async (role) => [role, await signIn(url, EMAILS[role])]));
  return Object.fromEntries(tokens);
}

/** On somebody else's server there is the one account we were given, whatever its role. */
async function signInElsewhere(): Promise<Demo["sessions"]> {
  const email = process.env.FIELDLIGHT_EMAIL;
  if (!email || !process.env.FIELDLIGHT_PASSWORD) throw new Error("FIELDLIGHT_URL needs FIELDLIGHT_EMAIL and FIELDLIGHT_PASSWORD of an account there.");
  const token = await signIn(ELSEWHERE!, email);
  const answer = await fetch(`${ELSEWHERE}/api/v1/auth/session`, { headers: { cookie: `${cookieName(ELSEWHERE!)}=${token}` } });
  const { data } = (await answer.json()) as { data: { caller: { role: string } } };
  return { [data.caller.role === "salesRep" ? "rep" : data.caller.role]: token };
}

export const cookieName = (url: string): string => (url.startsWith("https:") ? "__Host-fieldlight" : "fieldlight");

async function signIn(url: string, email: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/auth/session`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  const cookie = answer.headers.getSetCookie().find((line) => line.startsWith(`${cookieName(url)}=`));
  if (!answer.ok || !cookie) throw new Error(`${email} could not sign in at ${url}: ${answer.status} ${await answer.text()}`);
  return cookie.slice(cookie.indexOf("=") + 1, cookie.indexOf(";"));
}
