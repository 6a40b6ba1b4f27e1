// The office: asks the server over REST as anybody, to lay out what a journey needs and to see what the server really holds.
import { test } from "@playwright/test";
import { randomUUID } from "node:crypto";
import { at } from "./calendar.ts";
import { cookieName } from "./demo.ts";
import type { Role } from "./places.ts";

export type Place = { lat: number; lon: number };
export type Client = { id: string; name: string; version: number; town?: string; repId: string; position?: Place; notes?: string; phone?: string; stage: string };
export type Visit = { id: string; clientId: string; status: string; outcome?: string; notes?: string; promise?: string; [field: string]: unknown };
type Fields = Record<string, unknown>;

export class Refused extends Error {
  constructor(readonly status: number, readonly body: string) {
    super(`${status}: ${body}`);
  }
}

export class Office {
  constructor(
    private readonly at: { url: string; address: string; sessions: Partial<Record<Role, string>> },
    private readonly who: Role,
  ) {}

  /** The same office with another person's rights. */
  as(who: Role): Office {
    test.skip(!this.at.sessions[who], `it takes a ${who} as well`);
    return new Office(this.at, who);
  }

  get headers(): Record<string, string> {
    return { cookie: `${cookieName(this.at.url)}=${this.at.sessions[this.who]}`, origin: this.at.url };
  }

  async ask<T>(method: string, path: string, body?: Fields): Promise<T> {
    const headers = { ...this.headers, "content-type": "application/json" };
    const answer = await fetch(`${this.at.address}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Refused(answer.status, text);
    return (JSON.parse(text) as { data: T }).data;
  }

  get = <T>(path: string): Promise<T> => this.ask("GET", path);
  post = <T>(path: string, body: Fields = {}): Promise<T> => this.ask("POST", path, body);

  /** A new client of this rep. */
  client = (name: string, fields: Fields = {}): Promise<Client> => this.post("/clients", { name, ...fields });
  prospect = (name: string, fields: Fields = {}): Promise<Client> => this.post("/prospects", { name, ...fields });
  contact = (clientId: string, name: string, fields: Fields = {}): Promise<{ id: string }> => this.post("/contacts", { clientId, name, ...fields });

  /** A client with a completed visit so many days ago: its light follows. */
  async visited(name: string, days: number, fields: Fields = {}): Promise<Client> {
    const client = await this.client(name, fields);
    await this.logged(client.id, days);
    return client;
  }

  logged = (clientId: string, days: number, report: Fields = {}): Promise<Visit> =>
    this.post("/visits", { clientId, startedAt: at(-days, "09:00"), endedAt: at(-days, "09:40"), outcome: "order", ...report });
  planned = (clientId: string, plannedAt: string, fields: Fields = {}): Promise<Visit> => this.post("/visits", { clientId, plannedAt, ...fields });

  /** A visit that began and has not ended. */
  async running(clientId: string, begun: string): Promise<Visit> {
    const id = randomUUID();
    return this.post(`/visits/${id}/checkin`, { clientId, at: begun });
  }

  visits = async (clientId: string): Promise<Visit[]> => (await this.get<{ items: Visit[] }>(`/visits?client=${clientId}&limit=200`)).items;
  show = (id: string): Promise<Client> => this.get(`/clients/${id}`);
  find = async (name: string, stage = "clients"): Promise<Client[]> =>
    (await this.get<{ items: Client[] }>(`/${stage}?text=${encodeURIComponent(name)}`)).items;

  /** Ends this person's session on the server: the browser still holds its cookie. */
  endSession = (): Promise<unknown> => this.ask("DELETE", "/auth/session");
}

/** What Today says of a target, as REST tells it. */
export type Overview = { figures: { targetState: string; target: { minor: number } | null; month: { budget: { minor: number } | null } } };
