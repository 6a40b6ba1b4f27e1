// Where things are: the server's binary, the built site, the demo company, or somebody else's server.
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** The server under test, when it is not ours to start: any address and role. */
export const ELSEWHERE = process.env.FIELDLIGHT_URL?.replace(/\/$/, "");
export const BIN = process.env.FIELDLIGHT_BIN || join(root, "target/debug/fieldlight");
export const SITE = process.env.FIELDLIGHT_SITE || join(root, "target/site");

/** Everything of one run that is thrown away after it. */
export const SCRATCH = process.env.FIELDLIGHT_SCRATCH || join(tmpdir(), `fieldlight-journeys-${process.pid}`);

export const PASSWORD = process.env.FIELDLIGHT_PASSWORD || "correct horse battery";

export type Role = "admin" | "manager" | "rep" | "colleague" | "viewer";

/** Who signs in; the colleague is another rep of the same branch. */
export const EMAILS: Record<Role, string> = {
  admin: "admin@demo.example",
  manager: "manager@demo.example",
  rep: "rep@demo.example",
  colleague: "colleague@demo.example",
  viewer: "viewer@demo.example",
};
export const COLLEAGUE = "Daniel Kiptoo";
