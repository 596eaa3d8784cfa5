import type { CohortInvitation, Refusal } from "@tacit/shared";
import type { LimitReached } from "../ledger/limits.js";
import { isFinal } from "./final-refusals.js";
import type {
  Head,
  ParticipantEffect,
  ParticipantEvent,
  ParticipantRules,
  ParticipantState,
  SealedUpdate,
  Step,
} from "./participant-state.js";

/** Nobody has been spoken to; `update` is what an earlier run of the app left. */
export function initialParticipant(update: SealedUpdate | undefined): ParticipantState {
  return {
    checkedIn: false,
    head: undefined,
    update,
    cohortId: undefined,
    exposure: "none",
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
        state: {
          ...state,
          checkedIn: false,
          cohortId: state.exposure === "none" ? undefined : state.cohortId,
        },
        effects: [],
      };
    case "checked-in":
      if (!event.reply.ok) return checkInRefused(state, event.reply, rules);
      return offer(withHead({ ...state, checkedIn: true }, event.reply), rules);
    case "announced":
      return announced(withHead(state, event.head), rules);
    case "offered":
      return offer(
        { state: { ...state, update: event.update, cohortId: undefined, exposure: "none" }, effects: [] },
        rules,
      );
    case "invited":
      return invited(state, event.invitation, rules);
    case "abandoned":
      return abandoned(state, event.cohortId, rules);
    case "exposed":
      if (state.cohortId !== event.cohortId || state.exposure === "spent") return { state, effects: [] };
      return { state: { ...state, exposure: event.exposure }, effects: [] };
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
  const discarded = discard(state, state.update, false);
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
  if (state.exposure !== "none" && state.cohortId !== cohortId) {
    // How the other cohort ended was never heard: the update may be in its sum.
    const { state: without, effects } = discard(state, state.update, true);
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
  if (state.exposure !== "none" && state.cohortId !== cohortId) return { state, effects: [] };
  if (state.exposure === "spent" && state.update) return discard(state, state.update, true);
  return retry({ ...state, cohortId: undefined, exposure: "none" }, rules);
}

/** Late is nobody's fault; anything else is told to the host. */
function left(
  state: ParticipantState,
  { cohortId, reason, message }: Extract<ParticipantEvent, { kind: "left" }>,
  rules: ParticipantRules,
): Step {
  if (state.cohortId !== cohortId || state.exposure === "spent") return { state, effects: [] };
  // The others may open the sum without this client: it hears how the cohort ends before the update goes on.
  const waits = state.exposure === "signed";
  const again = waits ? { state, effects: [] } : retry({ ...state, cohortId: undefined }, rules);
  if (reason === "late" || reason === "abandoned") return again;
  return {
    state: again.state,
    effects: [{ kind: "refused", refused: { reason, message } }, ...again.effects],
  };
}

function participated(state: ParticipantState, update: SealedUpdate, modelVersion: number): Step {
  const { state: after, effects } = discard(state, update, false);
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
  // "duplicate" is how a coordinator says that it has had the update in a sum already: nothing to complain about.
  const had = refusal.reason === "duplicate";
  const { state: after, effects } = state.update ? discard(state, state.update, had) : { state, effects: [] };
  const told: ParticipantEffect[] = had ? [] : [{ kind: "refused", refused: refusal }];
  return { state: after, effects: [...effects, ...told] };
}

function limited(state: ParticipantState, updateId: string, reached: LimitReached): Step {
  return {
    state: { ...state, update: undefined, cohortId: undefined, exposure: "none", stopped: reached.reason },
    effects: [
      { kind: "withdraw", updateId },
      { kind: "discard", updateId, lost: false },
      { kind: "refused", refused: reached },
    ],
  };
}

function erased(state: ParticipantState, updateId: string): Step {
  if (state.update?.updateId !== updateId) return { state, effects: [] };
  const { state: after, effects } = discard(state, state.update, false);
  return { state: after, effects: [{ kind: "withdraw", updateId }, ...effects] };
}

function discard(state: ParticipantState, { updateId }: SealedUpdate, lost: boolean): Step {
  return {
    state: { ...state, update: undefined, cohortId: undefined, exposure: "none" },
    effects: [{ kind: "discard", updateId, lost }],
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
