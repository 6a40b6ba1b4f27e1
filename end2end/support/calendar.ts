// The company's clock: its business days and the instants in them.
const ZONE_H = 3;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TURN_MS = 75_000;

/** An instant so many days from today, at an hour of the company's clock (UTC+3 all year). */
export function at(days: number, clock: string): string {
  return new Date(`${day(days)}T${clock}:00+0${ZONE_H}:00`).toISOString();
}

/** The business day so many days from today, `YYYY-MM-DD`. */
export function day(days = 0): string {
  return new Date(Date.now() + ZONE_H * HOUR_MS + days * DAY_MS).toISOString().slice(0, 10);
}

/** As the application writes a day: `4 Dec`. */
export function short(days: number): string {
  return new Date(`${day(days)}T00:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
}

/** Waits for the next day when this one is about to end: no journey is to begin on one day and end on another. */
export async function settled(): Promise<void> {
  const left = DAY_MS - ((Date.now() + ZONE_H * HOUR_MS) % DAY_MS);
  if (left < TURN_MS) await new Promise((resolve) => setTimeout(resolve, left + 1_000));
}
