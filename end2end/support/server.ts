// The real server on a free loopback port, over a copy of the demo company: started, killed and started again as a journey needs.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { BIN, PASSWORD, SCRATCH, SITE } from "./places.ts";

/** A port nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createServer();
    socket.once("error", reject);
    socket.listen(0, "127.0.0.1", () => {
      const { port } = socket.address() as { port: number };
      socket.close(() => resolve(port));
    });
  });
}

/** What the binary is told by its environment. */
export function environment(folder: string, more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("FIELDLIGHT_") && name !== "DATABASE_URL");
  return {
    ...Object.fromEntries(kept),
    FIELDLIGHT_DATA_DIR: folder,
    FIELDLIGHT_SITE_DIR: SITE,
    FIELDLIGHT_DEMO_PASSWORD: PASSWORD,
    ...more,
  };
}

export class Server {
  readonly url: string;
  log = "";
  private child?: ChildProcess;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
    private readonly env: Record<string, string>,
  ) {
    this.url = env.FIELDLIGHT_PUBLIC_URL ?? `http://127.0.0.1:${port}`;
  }

  /** A server over its own copy of this company. */
  static async begin(company: string, env: Record<string, string> = {}): Promise<Server> {
    const folder = mkdtempSync(join(SCRATCH, "company-"));
    cpSync(company, folder, { recursive: true });
    const server = new Server(folder, await freePort(), env);
    await server.start();
    return server;
  }

  /** Where the process itself listens; another address than `url` when something stands before it. */
  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  get running(): boolean {
    return this.child !== undefined;
  }

  /** Starts the process, on the same port as before; other settings than before where given. */
  async start(env: Record<string, string> = {}): Promise<void> {
    const child = spawn(BIN, ["serve"], {
      env: environment(this.folder, { ...this.env, ...env, FIELDLIGHT_ADDR: this.address }),
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    const keep = (chunk: Buffer) => (this.log += chunk.toString());
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    await this.answers(child);
  }

  /** Runs another command of the binary on the same company, beside the server; gives what it printed. */
  command(args: string[], input?: string): string {
    const env = environment(this.folder, { ...this.env, FIELDLIGHT_ADDR: this.address });
    return execFileSync(BIN, args, { env, input, encoding: "utf8" });
  }

  /** The disk loses the company's file under the running server, which has just learned that it must read it again. */
  spoil(): void {
    this.command(["user", "reset-link", "viewer@demo.example"]);
    writeFileSync(join(this.folder, "fieldlight.db"), Buffer.alloc(8192, "not a database "));
  }

  /** Kills the process at once, as a power cut would. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
  }

  /** Ends the process in order and moves its company to where the next servers copy it from. */
  async keep(folder: string): Promise<void> {
    await this.end("SIGTERM");
    renameSync(this.folder, folder);
  }

  /** Ends the process and throws its company away. */
  async finish(): Promise<void> {
    await this.end("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await gone;
  }

  private async answers(child: ChildProcess): Promise<void> {
    const until = Date.now() + 30_000;
    while (Date.now() < until) {
      if (child.exitCode !== null) break;
      const ready = await fetch(`http://${this.address}/ready`).catch(() => undefined);
      if (ready?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`the server did not become ready:\n${this.log}`);
  }
}
