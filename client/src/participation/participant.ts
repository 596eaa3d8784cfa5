import type { CohortInvitation, Refusal, SecaggReason } from "@tacit/shared";
import type { LimitReached } from "../ledger/limits.js";
import type { RefusedReason } from "../recommender-events.js";
import { isFinal } from "./final-refusals.js";

/** A sealed update that is stored on the device. Its values never change: a second upload sends the same bytes. */
export interface SealedUpdate {
  readonly updateId: string;
  /** The version it was trained from. */
  readonly modelVersion: number;
  /** Integers modulo 2^bits. */
  readonly values: Uint32Array;
}

/** The newest model version that the coordinator has spoken of. */
export interface Head {
  readonly modelVersion: number;
  readonly modelHash: string;
  readonly finished: boolean;
}

export interface ParticipantRules {
  readonly maximumStaleness: number;
  /** Fewest clients in a cohort that this client joins. */
  readonly minimumCohort: number;
  /** Updates go through secure aggregation: the coordinator only sees their sum. */
  readonly masked: boolean;
}

export interface ParticipantState {
  readonly checkedIn: boolean;
  readonly head: Head | undefined;
  readonly update: SealedUpdate | undefined;
  /** The cohort that the update is being uploaded to. */
  readonly cohortId: string | undefined;
  /** This client has helped to open a sum that its update is in: the update must not enter another. */
  readonly spent: boolean;
  /** Failures in a row: what the next attempt waits for grows with them. */
  readonly failures: number;
  /** Why this client takes no further part in the task. */
  readonly stopped: RefusedReason | undefined;
}

export type ParticipantEvent =
  | { readonly kind: "connected" }
  | { readonly kind: "disconnected" }
  | { readonly kind: "checked-in"; readonly reply: ({ readonly ok: true } & Head) | Refusal }
  | { readonly kind: "announced"; readonly head: Head }
  /** The trainer has made an update, and it is stored. */
  | { readonly kind: "offered"; readonly update: SealedUpdate }
  | { readonly kind: "invited"; readonly invitation: CohortInvitation }
  | { readonly kind: "abandoned"; readonly cohortId: string }
  /** This client is about to say what opens the cohort's sum, or may do so. */
  | { readonly kind: "spent"; readonly cohortId: string }
  /** The update is a part of a version that is committed. */
  | { readonly kind: "committed"; readonly updateId: string; readonly modelVersion: number }
  /** This client left the cohort: a rule of secure aggregation was broken, or the cohort went on without it. */
  | {
      readonly kind: "left";
      readonly cohortId: string;
      readonly reason: SecaggReason;
      readonly message: string;
    }
  /** This client's own limits do not allow the upload. */
  | { readonly kind: "limited"; readonly updateId: string; readonly reached: LimitReached }
  /** The stored update is gone: the user had it erased, or withdrew consent, in another tab. */
  | { readonly kind: "erased"; readonly updateId: string }
  | { readonly kind: "ready-answered"; readonly updateId: string; readonly reply: { ok: true } | Refusal }
  | {
      readonly kind: "upload-answered";
      readonly updateId: string;
      readonly reply: { ok: true; modelVersion: number } | Refusal;
    };

export type ParticipantEffect =
  | { readonly kind: "check-in"; readonly failures: number }
  /** A newer model version exists. */
  | { readonly kind: "fetch-model"; readonly head: Head }
  | { readonly kind: "say-ready"; readonly update: SealedUpdate; readonly failures: number }
  /** Charge the ledger, then send. */
  | { readonly kind: "upload"; readonly update: SealedUpdate; readonly cohortId: string }
  /** Take part in this cohort's secure aggregation; charge the ledger before the masked update goes out. */
  | { readonly kind: "aggregate"; readonly update: SealedUpdate; readonly invitation: CohortInvitation }
  | { readonly kind: "withdraw"; readonly updateId: string }
  /** Remove the stored update. */
  | { readonly kind: "discard"; readonly updateId: string }
  | { readonly kind: "participated"; readonly modelVersion: number }
  | {
      readonly kind: "refused";
      readonly refused: { readonly reason: RefusedReason; readonly message: string };
    };

export interface Step {
  readonly state: ParticipantState;
  readonly effects: readonly ParticipantEffect[];
}

/** Nobody has been spoken to; `update` is what an earlier run of the app left. */
export function initialParticipant(update: SealedUpdate | undefined): ParticipantState {
  return {
    checkedIn: false,
    head: undefined,
    update,
    cohortId: undefined,
    spent: false,
    failures: 0,
    stopped: undefined,
  };
}

/** The client's side of check-in → ready → cohort → upload or secure aggregation. Pure: no socket, clock or store. */
export function participate(state: ParticipantState, event: ParticipantEvent, rules: ParticipantRules): Step {
  switch (event.kind) {
    case "connected":
      return { state, effects: [{ kind: "check-in", failures: state.failures }] };
    case "disconnected":
      return {
        state: { ...state, checkedIn: false, cohortId: state.spent ? state.cohortId : undefined },
        effects: [],
      };
    case "checked-in":
      if (!event.reply.ok) return checkInRefused(state, event.reply, rules);
      return offer(withHead({ ...state, checkedIn: true }, event.reply), rules);
    case "announced":
      return announced(withHead(state, event.head), rules);
    case "offered":
      return offer(
        { state: { ...state, update: event.update, cohortId: undefined, spent: false }, effects: [] },
        rules,
      );
    case "invited":
      return invited(state, event.invitation, rules);
    case "abandoned":
      return abandoned(state, event.cohortId, rules);
    case "spent":
      return { state: { ...state, spent: state.spent || state.cohortId === event.cohortId }, effects: [] };
    case "committed":
      if (state.update?.updateId !== event.updateId) return { state, effects: [] };
      return participated(state, state.update, event.modelVersion);
    case "left":
      return left(state, event, rules);
    case "limited":
      return limited(state, event.updateId, event.reached);
    case "erased":
      return erased(state, event.updateId);
    case "ready-answered":
      if (state.update?.updateId !== event.updateId) return { state, effects: [] };
      return event.reply.ok ? { state, effects: [] } : refused(state, event.reply, rules);
    case "upload-answered":
      if (state.update?.updateId !== event.updateId) return { state, effects: [] };
      return event.reply.ok
        ? participated(state, state.update, event.reply.modelVersion)
        : refused({ ...state, cohortId: undefined }, event.reply, rules);
  }
}

function checkInRefused(state: ParticipantState, refusal: Refusal, rules: ParticipantRules): Step {
  if (refusal.reason !== "busy") return refused(state, refusal, rules);
  const failures = state.failures + 1;
  return { state: { ...state, failures }, effects: [{ kind: "check-in", failures }] };
}

function withHead(state: ParticipantState, { modelVersion, modelHash, finished }: Head): Step {
  const head = { modelVersion, modelHash, finished };
  const known = state.head?.modelVersion ?? -1;
  if (modelVersion <= known) return { state, effects: [] };
  return { state: { ...state, head }, effects: [{ kind: "fetch-model", head }] };
}

/** After news of a version: an update that is too old for it goes, unless its own upload is still to be answered. */
function announced({ state, effects }: Step, rules: ParticipantRules): Step {
  if (!state.update || state.cohortId !== undefined || !isSpent(state, state.update, rules)) {
    return { state, effects };
  }
  const discarded = discard(state, state.update);
  return { state: discarded.state, effects: [...effects, ...discarded.effects] };
}

function offer(step: Step, rules: ParticipantRules): Step {
  const { state, effects } = announced(step, rules);
  if (!state.update || !state.checkedIn || state.stopped) return { state, effects };
  const { update, failures } = state;
  return { state, effects: [...effects, { kind: "say-ready", update, failures }] };
}

function invited(state: ParticipantState, invitation: CohortInvitation, rules: ParticipantRules): Step {
  const { updateId, cohortId, size } = invitation;
  if (!state.checkedIn) return { state, effects: [] };
  if (state.update?.updateId !== updateId) return { state, effects: [{ kind: "withdraw", updateId }] };
  if (size < rules.minimumCohort) {
    const message = `size: ${size}, this client's limit is ${rules.minimumCohort}`;
    const refused = { reason: "cohort-too-small", message } as const;
    return {
      state,
      effects: [
        { kind: "refused", refused },
        { kind: "withdraw", updateId },
      ],
    };
  }
  if (state.spent && state.cohortId !== cohortId) {
    const { state: without, effects } = discard(state, state.update);
    return { state: without, effects: [{ kind: "withdraw", updateId }, ...effects] };
  }
  const { update } = state;
  const effect: ParticipantEffect = rules.masked
    ? { kind: "aggregate", update, invitation }
    : { kind: "upload", update, cohortId };
  return { state: { ...state, cohortId }, effects: [effect] };
}

/** Whoever uploads to this cohort hears of it in its upload's answer. */
function abandoned(state: ParticipantState, cohortId: string, rules: ParticipantRules): Step {
  if (!rules.masked) return state.cohortId === cohortId ? { state, effects: [] } : retry(state, rules);
  if (state.spent)
    return state.cohortId === cohortId && state.update
      ? discard(state, state.update)
      : { state, effects: [] };
  return retry({ ...state, cohortId: undefined }, rules);
}

/** Late is nobody's fault; anything else is told to the host. */
function left(
  state: ParticipantState,
  { cohortId, reason, message }: Extract<ParticipantEvent, { kind: "left" }>,
  rules: ParticipantRules,
): Step {
  if (state.cohortId !== cohortId || state.spent) return { state, effects: [] };
  const again = retry({ ...state, cohortId: undefined }, rules);
  if (reason === "late" || reason === "abandoned") return again;
  return {
    state: again.state,
    effects: [{ kind: "refused", refused: { reason, message } }, ...again.effects],
  };
}

function participated(state: ParticipantState, update: SealedUpdate, modelVersion: number): Step {
  const { state: after, effects } = discard(state, update);
  return { state: { ...after, failures: 0 }, effects: [...effects, { kind: "participated", modelVersion }] };
}

/** What each refusal means for the update: wait and try again, give it up, or stop taking part. */
function refused(state: ParticipantState, refusal: Refusal, rules: ParticipantRules): Step {
  const failed = { ...state, failures: state.failures + 1 };
  switch (refusal.reason) {
    case "late":
    case "abandoned":
    case "not-in-cohort":
    case "busy":
      return retry(state, rules);
    case "not-checked-in":
      return { state: failed, effects: [{ kind: "check-in", failures: failed.failures }] };
    default:
      return giveUp(isFinal(refusal.reason) ? { ...state, stopped: refusal.reason } : failed, refusal);
  }
}

/** The same bytes again, for the next cohort. */
function retry(state: ParticipantState, rules: ParticipantRules): Step {
  if (!state.update || !state.checkedIn) return { state, effects: [] };
  const failed = { ...state, failures: state.failures + 1 };
  return offer({ state: failed, effects: [] }, rules);
}

function giveUp(state: ParticipantState, refusal: Refusal): Step {
  const { state: after, effects } = state.update ? discard(state, state.update) : { state, effects: [] };
  // "duplicate" is how a coordinator says that it has the update already: nothing to complain about.
  const told: ParticipantEffect[] =
    refusal.reason === "duplicate" ? [] : [{ kind: "refused", refused: refusal }];
  return { state: after, effects: [...effects, ...told] };
}

function limited(state: ParticipantState, updateId: string, reached: LimitReached): Step {
  return {
    state: { ...state, update: undefined, cohortId: undefined, spent: false, stopped: reached.reason },
    effects: [
      { kind: "withdraw", updateId },
      { kind: "discard", updateId },
      { kind: "refused", refused: reached },
    ],
  };
}

function erased(state: ParticipantState, updateId: string): Step {
  if (state.update?.updateId !== updateId) return { state, effects: [] };
  const { state: after, effects } = discard(state, state.update);
  return { state: after, effects: [{ kind: "withdraw", updateId }, ...effects] };
}

function discard(state: ParticipantState, { updateId }: SealedUpdate): Step {
  return {
    state: { ...state, update: undefined, cohortId: undefined, spent: false },
    effects: [{ kind: "discard", updateId }],
  };
}

function isSpent(
  { head }: ParticipantState,
  { modelVersion }: SealedUpdate,
  rules: ParticipantRules,
): boolean {
  if (!head) return false;
  return head.finished || modelVersion < head.modelVersion - rules.maximumStaleness;
}
