import type { AnswerKind } from "@tacit/shared";
import { coinsOf, PURPOSE } from "../coins.js";
import { isAvailable } from "./availability.js";
import type { ClockSpec } from "./clock-spec.js";
import { EventQueue } from "./event-queue.js";
import { trainingTime } from "./training-time.js";

/** Who is invited, when, and to what. */
export interface Invitation {
  readonly seed: number;
  /** Model version that the clients train from. */
  readonly modelVersion: number;
  /** Number of this cohort in the run, the failed ones counted: dropouts are drawn anew. */
  readonly cohort: number;
  /** Virtual seconds. */
  readonly at: number;
  readonly invited: readonly number[];
  readonly size: number;
  readonly minimum: number;
}

/** A client that left while its cohort was summed. */
interface Dropped {
  readonly client: number;
  /** The first answer that does not arrive. */
  readonly silentFrom: AnswerKind;
}

/** How one cohort went. */
export type PlayedRound = {
  /** Virtual seconds. */
  readonly endedAt: number;
  /** Were offline when their update was ready, or not ready when the cohort formed. */
  readonly lost: number;
  readonly late: number;
} & (
  | {
      readonly ok: true;
      /** Whose updates are in the sum, ascending. */
      readonly survivors: Uint32Array;
      readonly dropped: readonly Dropped[];
    }
  | { readonly ok: false; readonly reason: "too-few-ready" | "too-many-dropped" }
);

type Event = { readonly kind: "ready"; readonly client: number } | { readonly kind: "deadline" };

/** Messages to and fro while a cohort is summed, in seconds altogether. */
const AGGREGATION_SECONDS = 15;
/** Answers without which an update is in no sum. */
const BEFORE_THE_SUM: readonly AnswerKind[] = ["advertisement", "shares", "masked-input"];

/**
 * Train first, aggregate after, as the coordinator has it: the first `size` clients that are ready and online form the
 * cohort; at the deadline those that are, if they are enough. Then some drop out, and the sum is opened if enough are
 * left. A pure function: every coin depends on seed, client and time.
 */
export function playRound(clock: ClockSpec, invitation: Invitation): PlayedRound {
  const { seed, modelVersion, at, invited, size, minimum } = invitation;
  const queue = new EventQueue<Event>();
  queue.add(at + clock.deadlineSeconds, { kind: "deadline" });
  for (const client of invited) {
    queue.add(at + trainingTime(clock.spread, seed, client, modelVersion), { kind: "ready", client });
  }
  const ready: number[] = [];
  let lost = 0;
  let now = at;
  for (let next = queue.next(); next && ready.length < size; next = queue.next()) {
    now = next.at;
    if (next.event.kind === "deadline") break;
    if (isAvailable(clock.availability, seed, next.event.client, now)) ready.push(next.event.client);
    else if (++lost > invited.length - minimum) break;
  }
  const late = invited.length - ready.length - lost;
  if (ready.length < minimum) return { ok: false, reason: "too-few-ready", endedAt: now, lost, late };
  const { survivors, dropped } = dropOut(clock, invitation, ready);
  const endedAt = now + AGGREGATION_SECONDS;
  if (survivors.length < minimum) return { ok: false, reason: "too-many-dropped", endedAt, lost, late };
  return { ok: true, survivors: Uint32Array.from(survivors).sort(), dropped, endedAt, lost, late };
}

function dropOut({ dropout }: ClockSpec, { seed, cohort }: Invitation, members: readonly number[]) {
  const survivors: number[] = [];
  const dropped: Dropped[] = [];
  for (const client of members) {
    const coins = coinsOf(seed, PURPOSE.dropout, cohort, client);
    const silentFrom = coins.uniform() < dropout ? BEFORE_THE_SUM[coins.integer(3)] : undefined;
    if (silentFrom) dropped.push({ client, silentFrom });
    else survivors.push(client);
  }
  return { survivors, dropped };
}
