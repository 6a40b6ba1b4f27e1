// A gate before the server, at the address browsers know: loses replies, answers in the server's place, or lets everything through. It also
// stands before what a service worker sends, where a browser's own interception does not.
import { createServer, type IncomingMessage, request, type Server as Listener, type ServerResponse } from "node:http";

type Rule = { path: RegExp; act: (answer: ServerResponse, forward: () => void, lose: () => void) => void };

export class Gate {
  private rules: Rule[] = [];
  private readonly listener: Listener;
  /** Every request that came, and when, in milliseconds. */
  readonly came: { path: string; at: number }[] = [];

  private constructor(private readonly server: () => string) {
    this.listener = createServer((asked, answer) => this.handle(asked, answer));
  }

  static open(port: number, server: () => string): Promise<Gate> {
    const gate = new Gate(server);
    return new Promise((resolve) => gate.listener.listen(port, "127.0.0.1", () => resolve(gate)));
  }

  /** The server gets the request and does its work; nobody hears of it. */
  loseReplies(path: RegExp): void {
    this.rules.push({ path, act: (_, __, lose) => lose() });
  }

  /** Answers in the server's place. */
  answer(path: RegExp, code: number, body: unknown = { data: null, error: { code: "internal", message: "", details: [] }, metadata: { requestId: "gate-1" } }): void {
    this.rules.push({
      path,
      act: (answer) => answer.writeHead(code, { "content-type": "application/json", "x-request-id": "gate-1" }).end(JSON.stringify(body)),
    });
  }

  /** Lets everything through again. */
  openAll(): void {
    this.rules = [];
  }

  close(): Promise<void> {
    this.listener.closeAllConnections();
    return new Promise((resolve) => this.listener.close(() => resolve()));
  }

  private handle(asked: IncomingMessage, answer: ServerResponse): void {
    const path = asked.url ?? "/";
    this.came.push({ path, at: Date.now() });
    const rule = this.rules.find((rule) => rule.path.test(path));
    const forward = (lost = false) => this.forward(asked, answer, lost);
    if (!rule) return forward();
    // what is not forwarded must still be read, or the connection hangs
    asked.resume();
    rule.act(answer, () => forward(), () => forward(true));
  }

  private forward(asked: IncomingMessage, answer: ServerResponse, lost: boolean): void {
    const [host, port] = this.server().split(":");
    const onward = request({ host, port, method: asked.method, path: asked.url, headers: asked.headers }, (reply) => {
      if (lost) {
        reply.resume();
        reply.once("end", () => answer.destroy());
        return;
      }
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    });
    onward.once("error", () => answer.destroy());
    asked.pipe(onward);
  }
}
