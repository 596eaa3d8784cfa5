import { coin, coinsOf, PURPOSE } from "../coins.js";

/**
 * When clients can take part. `always`; `diurnal`: most in the afternoon and hardly any at night, in slots of a quarter of an
 * hour; `charging`: idle and plugged in at night, most nights, from about eleven to about seven.
 */
export const AVAILABILITIES = ["always", "diurnal", "charging"] as const;
export type Availability = (typeof AVAILABILITIES)[number];

const HOUR = 3600;
const DAY = 24 * HOUR;
const SLOT = HOUR / 4;
/** Time zones around one centre. */
const ZONE_DEVIATION = 3 * HOUR;
const [LEAST, MOST] = [0.05, 0.55];
const BUSIEST = 15 * HOUR;
const PLUGGED_IN = 0.8;
const NIGHT = { begins: 23 * HOUR, lasts: 8 * HOUR, deviation: HOUR };

/** Whether a client can take part at a time in seconds; depends on seed, client and time only. */
export function isAvailable(kind: Availability, seed: number, client: number, time: number): boolean {
  if (kind === "always") return true;
  const zone = ZONE_DEVIATION * coinsOf(seed, PURPOSE.timeZone, 0, client).normal();
  const local = time + zone;
  if (kind === "diurnal") {
    const swing = (1 + Math.cos((2 * Math.PI * (local - BUSIEST)) / DAY)) / 2;
    const share = LEAST + (MOST - LEAST) * swing;
    return coin(seed, PURPOSE.available, Math.floor(time / SLOT), client) < share;
  }
  // A night is numbered by the noon before it.
  const night = Math.floor((local - DAY / 2) / DAY);
  const coins = coinsOf(seed, PURPOSE.available, night, client);
  if (coins.uniform() >= PLUGGED_IN) return false;
  const begins = night * DAY + NIGHT.begins + NIGHT.deviation * coins.normal();
  const lasts = Math.max(HOUR, NIGHT.lasts + NIGHT.deviation * coins.normal());
  return local >= begins && local < begins + lasts;
}
