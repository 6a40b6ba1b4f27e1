// Before the journeys: one demo company, made by the real command, with a session for every role in its database.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { BIN, COLLEAGUE, DEMO, ELSEWHERE, EMAILS, PASSWORD, type Role, SCRATCH, SESSIONS, SITE } from "./places.ts";
import { environment, Server } from "./server.ts";

export default async function demo(): Promise<() => void> {
  process.env.FIELDLIGHT_SCRATCH = SCRATCH;
  mkdirSync(SCRATCH, { recursive: true });
  if (ELSEWHERE) await signInElsewhere();
  else await make();
  return () => rmSync(SCRATCH, { recursive: true, force: true });
}

async function make(): Promise<void> {
  for (const [what, path] of Object.entries({ FIELDLIGHT_BIN: BIN, FIELDLIGHT_SITE: SITE })) {
    if (!existsSync(path)) throw new Error(`${path} is missing: build it with \`cargo xtask test --only e2e\`, or set ${what}.`);
  }
  mkdirSync(DEMO, { recursive: true });
  run(["demo"]);
  run(["user", "add", EMAILS.colleague, "--role", "rep", "--rep", COLLEAGUE, "--password-stdin"], PASSWORD);
  const server = await Server.begin();
  const sessions = await signInAll(server.url);
  await server.keep(DEMO);
  writeFileSync(SESSIONS, JSON.stringify(sessions));
}

function run(args: string[], input?: string): void {
  execFileSync(BIN, args, { env: environment(DEMO), input, stdio: ["pipe", "pipe", "inherit"] });
}

async function signInAll(url: string): Promise<Record<string, string>> {
  const roles = Object.keys(EMAILS) as Role[];
  const tokens = await Promise.all(roles.map(async (role) => [role, await signIn(url, EMAILS[role])]));
  return Object.fromEntries(tokens);
}

/** On somebody else's server there is the one account we were given, whatever its role. */
async function signInElsewhere(): Promise<void> {
  const email = process.env.FIELDLIGHT_EMAIL;
  if (!email || !process.env.FIELDLIGHT_PASSWORD) throw new Error("FIELDLIGHT_URL needs FIELDLIGHT_EMAIL and FIELDLIGHT_PASSWORD of an account there.");
  const token = await signIn(ELSEWHERE!, email);
  const answer = await fetch(`${ELSEWHERE}/api/v1/auth/session`, { headers: { cookie: `${cookieName(ELSEWHERE!)}=${token}` } });
  const { data } = (await answer.json()) as { data: { caller: { role: string } } };
  writeFileSync(SESSIONS, JSON.stringify({ [data.caller.role === "salesRep" ? "rep" : data.caller.role]: token }));
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
