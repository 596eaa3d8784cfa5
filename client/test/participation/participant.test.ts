import { type CohortInvitation, type RefusalReason, refuse } from "@tacit/shared";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { initialParticipant, participate } from "../../src/participation/participant.js";
import type {
  ParticipantEffect,
  ParticipantEvent,
  ParticipantState,
  SealedUpdate,
} from "../../src/participation/participant-state.js";

const rules = { maximumStaleness: 0, minimumCohort: 3, masked: false };
const update = (id: string, modelVersion = 0): SealedUpdate => ({
  updateId: id,
  modelVersion,
  values: Uint32Array.of(id.charCodeAt(0), modelVersion),
});
const head = (modelVersion: number, finished = false) => ({ modelVersion, modelHash: "h", finished });
const invitation = (updateId: string, cohortId = "c", size = 4): CohortInvitation => ({
  version: 1,
  cohortId,
  updateId,
  modelVersion: 0,
  size,
  deadlineSeconds: 1,
});

/** Plays events in order. Returns the last state and every effect. */
function play(events: readonly ParticipantEvent[], stored?: SealedUpdate) {
  let state: ParticipantState = initialParticipant(stored);
  const effects: ParticipantEffect[] = [];
  for (const event of events) {
    const step = participate(state, event, rules);
    state = step.state;
    effects.push(...step.effects);
  }
  return { state, effects, kinds: effects.map(({ kind }) => kind) };
}

const checkedIn: ParticipantEvent = { kind: "checked-in", reply: { ok: true, ...head(0) } };
const offered: ParticipantEvent = { kind: "offered", update: update("a") };
const invited: ParticipantEvent = { kind: "invited", invitation: invitation("a") };
const answered = (reason: RefusalReason): ParticipantEvent => ({
  kind: "upload-answered",
  updateId: "a",
  reply: refuse(reason, ""),
});

describe("a participant", () => {
  it("checks in, says that it is ready, uploads when invited, and is done when the round is", () => {
    const accepted: ParticipantEvent = {
      kind: "upload-answered",
      updateId: "a",
      reply: { ok: true, modelVersion: 1 },
    };
    const { kinds, state } = play([{ kind: "connected" }, checkedIn, offered, invited, accepted]);
    expect(kinds).toEqual(["check-in", "fetch-model", "say-ready", "upload", "discard", "participated"]);
    expect(state.update).toBeUndefined();
  });

  it("offers what an earlier run of the app left, as soon as it is checked in", () => {
    const { effects } = play([{ kind: "connected" }, checkedIn], update("a"));
    expect(effects).toContainEqual({ kind: "say-ready", update: update("a"), failures: 0 });
  });

  it("sends the very same update again after a lost connection", () => {
    const { effects } = play([
      checkedIn,
      offered,
      invited,
      { kind: "disconnected" },
      { kind: "connected" },
      checkedIn,
      { kind: "invited", invitation: invitation("a", "d") },
    ]);
    const uploads = effects.filter((effect) => effect.kind === "upload");
    expect(uploads.map(({ cohortId }) => cohortId)).toEqual(["c", "d"]);
    expect(uploads[0]?.update.values).toBe(uploads[1]?.update.values);
  });

  it.each(["late", "abandoned", "not-in-cohort", "busy"] as const)(
    "waits for another cohort when its upload is answered %s, longer each time",
    (reason) => {
      const { effects, state } = play([
        checkedIn,
        offered,
        invited,
        answered(reason),
        invited,
        answered(reason),
      ]);
      const failures = effects.flatMap((effect) => (effect.kind === "say-ready" ? [effect.failures] : []));
      expect(failures).toEqual([0, 1, 2]);
      expect(state.update).toEqual(update("a"));
    },
  );

  it("drops an update that is a part of the model already, without complaint", () => {
    const { kinds, state } = play([checkedIn, offered, invited, answered("duplicate")]);
    expect(kinds.slice(-1)).toEqual(["discard"]);
    expect(state.update).toBeUndefined();
  });

  it.each(["task-finished", "participations-spent", "budget-spent", "wrong-task"] as const)(
    "takes no further part after %s",
    (reason) => {
      const { kinds, state } = play([checkedIn, offered, invited, answered(reason), offered]);
      expect(state.stopped).toBe(reason);
      expect(kinds.filter((kind) => kind === "say-ready")).toHaveLength(1);
    },
  );

  it("drops an update that a newer version has made stale, and fetches that version", () => {
    const { kinds, state } = play([checkedIn, offered, { kind: "announced", head: head(1) }]);
    expect(kinds.slice(-2)).toEqual(["fetch-model", "discard"]);
    expect(state.update).toBeUndefined();
  });

  it("does not drop an update whose upload is still to be answered", () => {
    const { state } = play([checkedIn, offered, invited, { kind: "announced", head: head(1) }]);
    expect(state.update).toEqual(update("a"));
  });

  it("declines an invitation to too small a cohort, or for an update it does not hold", () => {
    const small = play([checkedIn, offered, { kind: "invited", invitation: invitation("a", "c", 2) }]);
    expect(small.kinds.slice(-2)).toEqual(["refused", "withdraw"]);
    const other = play([checkedIn, offered, { kind: "invited", invitation: invitation("b") }]);
    expect(other.kinds.slice(-1)).toEqual(["withdraw"]);
  });

  it("ignores old news", () => {
    const { effects } = play([checkedIn, { kind: "announced", head: head(0) }]);
    expect(effects.filter(({ kind }) => kind === "fetch-model")).toHaveLength(1);
  });
});

const reason = fc.constantFrom<RefusalReason>("late", "abandoned", "busy", "stale", "duplicate", "malformed");
const updateId = fc.constantFrom("a", "b", "c");
const version = fc.integer({ min: 0, max: 4 });
const arbitraryEvent: fc.Arbitrary<ParticipantEvent> = fc.oneof(
  fc.constant<ParticipantEvent>({ kind: "connected" }),
  fc.constant<ParticipantEvent>({ kind: "disconnected" }),
  version.map((n): ParticipantEvent => ({ kind: "checked-in", reply: { ok: true, ...head(n) } })),
  reason.map((r): ParticipantEvent => ({ kind: "checked-in", reply: refuse(r, "") })),
  fc
    .tuple(version, fc.boolean())
    .map(([n, end]): ParticipantEvent => ({ kind: "announced", head: head(n, end) })),
  fc
    .tuple(updateId, version)
    .map(([id, n]): ParticipantEvent => ({ kind: "offered", update: update(id, n) })),
  fc.tuple(updateId, fc.constantFrom("x", "y"), fc.integer({ min: 1, max: 5 })).map(
    ([id, cohort, size]): ParticipantEvent => ({
      kind: "invited",
      invitation: invitation(id, cohort, size),
    }),
  ),
  fc.constantFrom("x", "y").map((cohortId): ParticipantEvent => ({ kind: "abandoned", cohortId })),
  fc
    .tuple(updateId, reason)
    .map(([id, r]): ParticipantEvent => ({ kind: "ready-answered", updateId: id, reply: refuse(r, "") })),
  fc
    .tuple(updateId, reason)
    .map(([id, r]): ParticipantEvent => ({ kind: "upload-answered", updateId: id, reply: refuse(r, "") })),
  fc.tuple(updateId, version).map(
    ([id, n]): ParticipantEvent => ({
      kind: "upload-answered",
      updateId: id,
      reply: { ok: true, modelVersion: n },
    }),
  ),
);

describe("whatever happens in whatever order", () => {
  it("only what it holds is offered or uploaded, only while checked in, and never to a cohort that is too small", () => {
    fc.assert(
      fc.property(fc.array(arbitraryEvent, { maxLength: 60 }), (events) => {
        let state = initialParticipant(undefined);
        let newest = -1;
        for (const event of events) {
          const { state: after, effects } = participate(state, event, rules);
          for (const effect of effects) {
            if (effect.kind === "upload" || effect.kind === "say-ready") {
              expect(after.checkedIn).toBe(true);
              expect(effect.update).toBe(after.update);
            }
            if (effect.kind === "upload") {
              expect(event).toMatchObject({
                kind: "invited",
                invitation: { updateId: effect.update.updateId },
              });
              if (event.kind === "invited") expect(event.invitation.size).toBeGreaterThanOrEqual(3);
            }
            if (effect.kind === "fetch-model") {
              expect(effect.head.modelVersion).toBeGreaterThan(newest);
              newest = effect.head.modelVersion;
            }
          }
          state = after;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("an update that was discarded is not sent again", () => {
    fc.assert(
      fc.property(fc.array(arbitraryEvent, { maxLength: 60 }), (events) => {
        let state = initialParticipant(undefined);
        const gone = new Set<SealedUpdate>();
        for (const event of events) {
          const before = state.update;
          const { state: after, effects } = participate(state, event, rules);
          for (const effect of effects) {
            if (effect.kind === "discard" && before) gone.add(before);
            if (effect.kind === "upload") expect(gone.has(effect.update)).toBe(false);
          }
          state = after;
        }
      }),
      { numRuns: 1000 },
    );
  });
});
