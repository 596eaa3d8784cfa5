import { addPacked, packIntegers, seededRandom } from "@tacit/shared";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Effect } from "../../src/rounds/effect.js";
import { RoundMachine } from "../../src/rounds/round-machine.js";
import type { RoundSettings } from "../../src/rounds/round-settings.js";
import type { Attendance } from "../../src/store/store.js";
import { id } from "../support/ids.js";

const settings = fc
  .record({
    minimum: fc.integer({ min: 2, max: 4 }),
    extra: fc.integer({ min: 0, max: 3 }),
    maximumStaleness: fc.integer({ min: 0, max: 2 }),
    participations: fc.integer({ min: 1, max: 4 }),
    minimumSeparation: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ minimum, extra, maximumStaleness, participations, minimumSeparation }): RoundSettings => {
    const limit = { participations, minimumSeparation, reason: "participations-spent" } as const;
    return {
      cohortSize: minimum + extra,
      minimum,
      maximumStaleness,
      timeoutSeconds: 10,
      masked: false,
      rounds: 1000,
      limit,
    };
  });

/** One thing that happens, from few clients and few updates, so that they collide. */
const happening = fc.record({
  what: fc.constantFrom(
    "ready",
    "ready",
    "upload",
    "upload",
    "upload",
    "withdraw",
    "leave",
    "tick",
    "commit",
    "fail",
  ),
  client: fc.nat({ max: 7 }),
  update: fc.nat({ max: 40 }),
  age: fc.integer({ min: -1, max: 3 }),
  honest: fc.boolean(),
  wait: fc.integer({ min: 0, max: 6000 }),
});

describe("RoundMachine, whatever happens", () => {
  it("sums exactly what it accepted, never commits too few, too stale, too often or too soon, and is never wedged", () => {
    fc.assert(
      fc.property(settings, fc.array(happening, { maxLength: 120 }), (given, happenings) => {
        const world = new World(given);
        for (const one of happenings) world.happen(one);
        world.completeAnHonestRound();
      }),
      { numRuns: 300 },
    );
  });
});

/** Drives a machine and checks every effect against a model that only counts. */
class World {
  readonly #settings: RoundSettings;
  readonly #machine: RoundMachine;
  readonly #attendance = new Map<string, Attendance>();
  readonly #committed = new Set<string>();
  readonly #invited = new Map<string, Effect & { kind: "invite" }>();
  #commit: (Effect & { kind: "commit" }) | undefined;
  #accepted = 0;
  #now = 0;

  constructor(given: RoundSettings) {
    this.#settings = given;
    const summation = {
      empty: () => new Uint32Array(1),
      add: (sum: Uint32Array, packed: Uint8Array) => addPacked({ bits: 32 }, sum, packed),
    };
    const past = { modelVersion: 0, participations: new Map() };
    this.#machine = new RoundMachine(given, summation, past, seededRandom(5));
  }

  happen({
    what,
    client,
    update,
    age,
    honest,
    wait,
  }: typeof happening extends fc.Arbitrary<infer T> ? T : never) {
    const machine = this.#machine;
    const clientId = id(client);
    this.#now += wait;
    if (what === "ready") {
      const modelVersion = Math.max(machine.modelVersion - age, 0);
      this.#apply(machine.ready({ clientId, updateId: id(1000 + update), modelVersion }, this.#now).effects);
    } else if (what === "withdraw") {
      this.#apply(machine.withdraw(clientId, id(1000 + update), this.#now).effects);
    } else if (what === "leave") {
      this.#apply(machine.leave(clientId, this.#now));
    } else if (what === "upload") {
      const invitation = this.#invited.get(clientId);
      const cohortId = invitation?.cohortId ?? id(1);
      const updateId = honest && invitation ? invitation.updateId : id(1000 + update);
      this.#upload(clientId, { cohortId, updateId, modelVersion: invitation?.modelVersion ?? 0 });
    } else if (what === "commit" && this.#commit) {
      this.#settle(this.#commit);
    } else if (what === "fail" && this.#commit) {
      this.#commit = undefined;
      const past = { modelVersion: machine.modelVersion, participations: new Map(this.#attendance) };
      this.#apply(machine.failed(past, "failed", this.#now));
    } else {
      this.#apply(machine.tick(this.#now));
    }
  }

  /** Fresh, honest clients still get a version out of it. */
  completeAnHonestRound() {
    if (this.#commit) this.#settle(this.#commit);
    this.#now += 100_000;
    this.#apply(this.#machine.tick(this.#now));
    if (this.#commit) this.#settle(this.#commit);
    for (let client = 0; client < 8; client++) this.#apply(this.#machine.leave(id(client), this.#now));
    const before = this.#machine.modelVersion;
    for (let n = 0; n < this.#settings.cohortSize; n++) {
      const update = { clientId: id(50 + n), updateId: id(5000 + n), modelVersion: before };
      const { reply, effects } = this.#machine.ready(update, this.#now);
      expect(reply).toEqual({ ok: true });
      this.#apply(effects);
    }
    for (let n = 0; n < this.#settings.cohortSize; n++) {
      const invitation = this.#invited.get(id(50 + n));
      expect(invitation).toBeDefined();
      if (invitation) expect(this.#upload(id(50 + n), invitation).ok).toBe(true);
    }
    expect(this.#commit).toBeDefined();
    if (this.#commit) this.#settle(this.#commit);
    expect(this.#machine.modelVersion).toBe(before + 1);
  }

  #upload(clientId: string, update: { cohortId: string; updateId: string; modelVersion: number }) {
    const value = 1 + this.#committed.size + this.#attendance.size;
    const packed = packIntegers(Uint32Array.of(value), 32);
    const { cohortId, updateId, modelVersion } = update;
    const outcome = this.#machine.upload({ clientId, cohortId, updateId, modelVersion, packed }, this.#now);
    if (outcome.reply.ok) this.#accepted += value;
    this.#apply(outcome.effects);
    return outcome.reply;
  }

  #apply(effects: readonly Effect[]) {
    for (const effect of effects) {
      if (effect.kind === "invite") this.#invited.set(effect.clientId, effect);
      if (effect.kind === "abandon") {
        this.#accepted = 0;
        this.#invited.clear();
      }
      if (effect.kind === "commit") this.#check(effect);
    }
  }

  #check(commit: Effect & { kind: "commit" }) {
    const { minimum, cohortSize, maximumStaleness, limit } = this.#settings;
    const { contributors, sums, selected } = commit;
    expect(this.#commit).toBeUndefined();
    expect(contributors.length).toBeGreaterThanOrEqual(minimum);
    expect(selected).toBeLessThanOrEqual(cohortSize);
    expect(new Set(contributors.map(({ clientId }) => clientId)).size).toBe(contributors.length);
    for (const { clientId, updateId, modelVersion } of contributors) {
      expect(modelVersion).toBeGreaterThanOrEqual(this.#machine.modelVersion - maximumStaleness);
      expect(modelVersion).toBeLessThanOrEqual(this.#machine.modelVersion);
      const before = this.#attendance.get(clientId);
      expect(before?.participations ?? 0).toBeLessThan(limit.participations);
      const between = this.#machine.modelVersion - (before?.latest ?? Number.NEGATIVE_INFINITY);
      expect(between).toBeGreaterThanOrEqual(limit.minimumSeparation);
      expect(this.#committed.has(updateId)).toBe(false);
    }
    expect(sums).toEqual([{ sum: Uint32Array.of(this.#accepted), contributors: contributors.length }]);
    this.#commit = commit;
  }

  #settle({ contributors, participations }: Effect & { kind: "commit" }) {
    for (const { clientId, updateId } of contributors) {
      const before = this.#attendance.get(clientId)?.participations ?? 0;
      const latest = this.#machine.modelVersion + 1;
      this.#attendance.set(clientId, { participations: before + 1, latest });
      this.#committed.add(updateId);
    }
    expect(participations).toBe(Math.max(...[...this.#attendance.values()].map((one) => one.participations)));
    this.#commit = undefined;
    this.#accepted = 0;
    this.#invited.clear();
    this.#apply(this.#machine.committed(this.#now));
  }
}
