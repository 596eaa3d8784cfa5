import { type CohortInvitation, refuse } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { initialParticipant, participate } from "../../src/participation/participant.js";
import type {
  ParticipantEffect,
  ParticipantEvent,
  ParticipantState,
  SealedUpdate,
} from "../../src/participation/participant-state.js";

const rules = { maximumStaleness: 0, minimumCohort: 3, masked: true };
const update: SealedUpdate = { updateId: "a", modelVersion: 0, values: Uint32Array.of(7) };
const head = (modelVersion: number) => ({ modelVersion, modelHash: "h", finished: false });
const invitation = (cohortId: string): CohortInvitation => ({
  version: 1,
  cohortId,
  updateId: "a",
  modelVersion: 0,
  size: 4,
  deadlineSeconds: 1,
});

const checkedIn: ParticipantEvent = { kind: "checked-in", reply: { ok: true, ...head(0) } };
const offered: ParticipantEvent = { kind: "offered", update };
const invited = (cohortId = "c"): ParticipantEvent => ({ kind: "invited", invitation: invitation(cohortId) });
const signed: ParticipantEvent = { kind: "exposed", cohortId: "c", exposure: "signed" };
const spent: ParticipantEvent = { kind: "exposed", cohortId: "c", exposure: "spent" };
const abandoned: ParticipantEvent = { kind: "abandoned", cohortId: "c" };
const committed: ParticipantEvent = { kind: "committed", updateId: "a", modelVersion: 1 };
const left = (reason: "late" | "second-survivor-list"): ParticipantEvent => ({
  kind: "left",
  cohortId: "c",
  reason,
  message: "",
});

function play(...events: readonly ParticipantEvent[]) {
  let state: ParticipantState = initialParticipant(undefined);
  const effects: ParticipantEffect[] = [];
  for (const event of [checkedIn, offered, ...events]) {
    const step = participate(state, event, rules);
    state = step.state;
    effects.push(...step.effects);
  }
  return { state, effects, kinds: effects.map(({ kind }) => kind).slice(2) };
}

describe("a participant whose update goes out masked", () => {
  it("is aggregated, helps to open the sum, and is done when the version is committed", () => {
    const { kinds, state } = play(invited(), spent, committed);
    expect(kinds).toEqual(["aggregate", "discard", "participated"]);
    expect(state).toMatchObject({ update: undefined, cohortId: undefined, exposure: "none" });
  });

  it("keeps the very same update for the next cohort when this one gives no sum", () => {
    const { effects, kinds } = play(invited(), abandoned, invited("d"));
    expect(kinds).toEqual(["aggregate", "say-ready", "aggregate"]);
    const [first, second] = effects.filter((effect) => effect.kind === "aggregate");
    expect(second?.update.values).toBe(first?.update.values);
  });

  it("never takes an update to a second cohort once it has helped to open a sum", () => {
    expect(play(invited(), spent, abandoned).effects.at(-1)).toEqual({
      kind: "discard",
      updateId: "a",
      lost: true,
    });
    const { kinds, state } = play(
      invited(),
      spent,
      { kind: "disconnected" },
      { kind: "connected" },
      checkedIn,
      invited("d"),
    );
    expect(kinds).toEqual(["aggregate", "check-in", "say-ready", "withdraw", "discard"]);
    expect(state.update).toBeUndefined();
  });

  it("goes on with the same cohort after a lost connection", () => {
    const { kinds, state } = play(
      invited(),
      { kind: "disconnected" },
      { kind: "connected" },
      checkedIn,
      invited(),
      spent,
      committed,
    );
    expect(kinds).toEqual(["aggregate", "check-in", "say-ready", "aggregate", "discard", "participated"]);
    expect(state.update).toBeUndefined();
  });

  it("drops an update that turns out to be committed already, without complaint", () => {
    const duplicate: ParticipantEvent = {
      kind: "ready-answered",
      updateId: "a",
      reply: refuse("duplicate", ""),
    };
    expect(play(invited(), spent, { kind: "disconnected" }, checkedIn, duplicate).kinds).toEqual([
      "aggregate",
      "say-ready",
      "discard",
    ]);
  });

  it("tells the host which rule the coordinator broke, and offers the update to the next cohort", () => {
    const { effects, kinds, state } = play(invited(), left("second-survivor-list"));
    expect(kinds).toEqual(["aggregate", "refused", "say-ready"]);
    expect(effects).toContainEqual({
      kind: "refused",
      refused: { reason: "second-survivor-list", message: "" },
    });
    expect(state).toMatchObject({ failures: 1, cohortId: undefined, update });
  });

  it("waits, once it has signed the survivors, to hear how the cohort ended: the others may open the sum", () => {
    expect(play(invited(), signed, left("late")).kinds).toEqual(["aggregate"]);
    expect(play(invited(), signed, left("late"), abandoned, invited("d")).kinds).toEqual([
      "aggregate",
      "say-ready",
      "aggregate",
    ]);
    expect(play(invited(), signed, left("late"), committed).kinds.at(-1)).toBe("participated");
    const unheard = play(invited(), signed, { kind: "disconnected" }, checkedIn, invited("d"));
    expect(unheard.effects.at(-1)).toEqual({ kind: "discard", updateId: "a", lost: true });
  });

  it("says nothing of a cohort that went on without it", () => {
    expect(play(invited(), left("late")).kinds).toEqual(["aggregate", "say-ready"]);
  });

  it("is not moved by news of other cohorts", () => {
    const other: ParticipantEvent = { kind: "left", cohortId: "x", reason: "late", message: "" };
    expect(play(invited(), { ...spent, cohortId: "x" }, other).kinds).toEqual(["aggregate"]);
    expect(play(invited(), { ...committed, updateId: "b" }).kinds).toEqual(["aggregate"]);
  });
});
