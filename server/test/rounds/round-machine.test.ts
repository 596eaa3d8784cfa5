import { addPacked, packIntegers, seededRandom } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import type { Effect } from "../../src/rounds/effect.js";
import { RoundMachine } from "../../src/rounds/round-machine.js";
import type { Past, RoundSettings } from "../../src/rounds/round-settings.js";
import type { Attendance } from "../../src/store/store.js";
import { id } from "../support/ids.js";

const usual: RoundSettings = {
  cohortSize: 3,
  minimum: 2,
  maximumStaleness: 0,
  timeoutSeconds: 10,
  masked: false,
  rounds: 5,
  limit: { participations: 3, minimumSeparation: 0, reason: "participations-spent" },
};
const summation = {
  empty: () => new Uint32Array(1),
  add: (sum: Uint32Array, packed: Uint8Array) => addPacked({ bits: 32 }, sum, packed),
};

function machineWith(settings: Partial<RoundSettings> = {}, past: Partial<Past> = {}): RoundMachine {
  const from = { modelVersion: 0, participations: new Map<string, Attendance>(), ...past };
  return new RoundMachine({ ...usual, ...settings }, summation, from, seededRandom(1));
}

/** Client `n` says it is ready with update `100 + n`. */
const ready = (machine: RoundMachine, n: number, now = 0, modelVersion = machine.modelVersion) =>
  machine.ready({ clientId: id(n), updateId: id(100 + n), modelVersion }, now);

const readyAll = (machine: RoundMachine, clients: readonly number[], now = 0): readonly Effect[] =>
  clients.flatMap((n) => ready(machine, n, now).effects);

const cohortOf = (effects: readonly Effect[]): string => {
  const [first] = effects;
  if (first?.kind !== "invite") throw new Error("no cohort was formed");
  return first.cohortId;
};

const upload = (machine: RoundMachine, cohortId: string, n: number, now = 0) => {
  const packed = packIntegers(Uint32Array.of(n), 32);
  const update = { clientId: id(n), updateId: id(100 + n), cohortId, packed };
  return machine.upload({ ...update, modelVersion: machine.modelVersion }, now);
};

const reason = (answer: { reply: { ok: boolean; reason?: string } }) => answer.reply.reason;
const kinds = (effects: readonly Effect[]) => effects.map((effect) => effect.kind);

describe("forming a cohort", () => {
  it("waits for as many ready clients as a cohort has, then invites each to upload", () => {
    const machine = machineWith();
    expect(readyAll(machine, [1, 2])).toEqual([]);
    const { effects } = ready(machine, 3, 500);
    expect(effects).toHaveLength(3);
    expect(effects[0]).toMatchObject({ kind: "invite", modelVersion: 0, size: 3, deadlineSeconds: 10 });
    expect(machine.phase).toBe("collecting");
  });

  it("after the wait takes a smaller cohort, but never one below the minimum", () => {
    const machine = machineWith();
    ready(machine, 1, 0);
    expect(machine.wakeAt).toBeUndefined();
    ready(machine, 2, 1000);
    expect(machine.wakeAt).toBe(11_000);
    expect(machine.tick(10_999)).toEqual([]);
    expect(machine.tick(11_000)).toHaveLength(2);
  });

  it("starts the wait again when too few are left", () => {
    const machine = machineWith();
    readyAll(machine, [1, 2], 0);
    machine.leave(id(2), 5000);
    ready(machine, 3, 9000);
    expect(machine.tick(12_000)).toEqual([]);
    expect(machine.tick(19_000)).toHaveLength(2);
  });
});

describe("collecting uploads", () => {
  it("sums what comes and asks for a commit when everybody has uploaded", () => {
    const machine = machineWith();
    const cohortId = cohortOf(readyAll(machine, [1, 2, 3]));
    expect(upload(machine, cohortId, 1).effects).toEqual([]);
    expect(upload(machine, cohortId, 2).effects).toEqual([]);
    const { effects } = upload(machine, cohortId, 3);
    expect(effects).toMatchObject([
      { kind: "commit", cohortId, selected: 3, participations: 1, sums: [{ sum: Uint32Array.of(6) }] },
    ]);
    expect(machine.phase).toBe("committing");
    expect(machine.modelVersion).toBe(0);
    machine.committed(0);
    expect(machine.modelVersion).toBe(1);
  });

  it("keeps single updates for a rule that looks at them", () => {
    const machine = machineWith({ separate: true });
    const cohortId = cohortOf(readyAll(machine, [1, 2, 3]));
    const effects = [3, 1, 2].flatMap((n) => upload(machine, cohortId, n).effects);
    const sums = [3, 1, 2].map((n) => ({ sum: Uint32Array.of(n), contributors: 1 }));
    expect(effects).toMatchObject([{ kind: "commit", sums }]);
  });

  it("at the deadline goes on with the minimum", () => {
    const machine = machineWith();
    const cohortId = cohortOf(readyAll(machine, [1, 2, 3]));
    upload(machine, cohortId, 1);
    upload(machine, cohortId, 3);
    expect(machine.tick(9_999)).toEqual([]);
    const effects = machine.tick(10_000);
    expect(effects).toMatchObject([{ kind: "commit", sums: [{ sum: Uint32Array.of(4) }] }]);
    expect(reason(upload(machine, cohortId, 2, 10_001))).toBe("late");
  });

  it("below the minimum abandons, and those that uploaded wait again with the same update", () => {
    const machine = machineWith();
    const cohortId = cohortOf(readyAll(machine, [1, 2, 3]));
    upload(machine, cohortId, 1);
    const effects = machine.tick(10_000);
    expect(effects).toMatchObject([{ kind: "abandon", cohortId, uploaded: 1 }]);
    expect(machine.readyClients).toBe(1);
    const again = cohortOf(readyAll(machine, [2, 3], 11_000));
    expect(again).not.toBe(cohortId);
    expect(upload(machine, again, 1, 11_000).reply).toEqual({ ok: true });
  });

  it("does not wait for clients that are gone", () => {
    const machine = machineWith();
    const cohortId = cohortOf(readyAll(machine, [1, 2, 3]));
    upload(machine, cohortId, 1);
    upload(machine, cohortId, 2);
    expect(kinds(machine.leave(id(3), 100))).toEqual(["commit"]);
  });

  it("abandons as soon as the minimum is out of reach", () => {
    const machine = machineWith();
    readyAll(machine, [1, 2, 3]);
    expect(machine.leave(id(1), 1)).toEqual([]);
    expect(kinds(machine.leave(id(2), 2))).toEqual(["abandon"]);
  });

  it("invites a member again that comes back, and takes its upload", () => {
    const machine = machineWith();
    const cohortId = cohortOf(readyAll(machine, [1, 2, 3]));
    machine.leave(id(1), 1);
    const { effects } = ready(machine, 1, 4000);
    expect(effects).toMatchObject([{ kind: "invite", clientId: id(1), cohortId, deadlineSeconds: 6 }]);
    expect(upload(machine, cohortId, 1, 4000).reply.ok).toBe(true);
  });

  it("refuses, and changes nothing: strangers, doubles, wrong versions, closed cohorts", () => {
    const machine = machineWith();
    const cohortId = cohortOf(readyAll(machine, [1, 2, 3]));
    const packed = packIntegers(Uint32Array.of(1000), 32);
    const mine = { clientId: id(1), updateId: id(101), cohortId, modelVersion: 0, packed };
    expect(reason(upload(machine, id(7), 1))).toBe("not-in-cohort");
    expect(reason(upload(machine, cohortId, 9))).toBe("not-in-cohort");
    expect(reason(machine.upload({ ...mine, clientId: id(2) }, 0))).toBe("not-in-cohort");
    expect(reason(machine.upload({ ...mine, modelVersion: 1 }, 0))).toBe("wrong-model");
    upload(machine, cohortId, 1);
    expect(reason(upload(machine, cohortId, 1))).toBe("duplicate");
    expect(reason(upload(machine, cohortId, 2, 10_001))).toBe("late");
    upload(machine, cohortId, 2);
    expect(upload(machine, cohortId, 3).effects).toMatchObject([
      { kind: "commit", sums: [{ sum: Uint32Array.of(6) }] },
    ]);
    expect(reason(upload(machine, cohortId, 3))).toBe("duplicate");
    machine.committed(0);
    expect(reason(upload(machine, cohortId, 3))).toBe("late");
  });
});

describe("being ready", () => {
  it("is harmless when said twice", () => {
    const machine = machineWith();
    readyAll(machine, [1, 1, 1, 1]);
    expect(machine.readyClients).toBe(1);
  });

  it("is for one update a client: the newest", () => {
    const machine = machineWith();
    ready(machine, 1);
    machine.ready({ clientId: id(1), updateId: id(500), modelVersion: 0 }, 0);
    expect(machine.readyClients).toBe(1);
    expect(machine.withdraw(id(1), id(101), 0).reply).toBe(false);
    expect(machine.withdraw(id(1), id(500), 0).reply).toBe(true);
    expect(machine.readyClients).toBe(0);
  });

  it("is refused with an update that is stale, from the future, or another client's", () => {
    const machine = machineWith({}, { modelVersion: 2 });
    expect(reason(ready(machine, 1, 0, 3))).toBe("future");
    expect(reason(ready(machine, 1, 0, 1))).toBe("stale");
    ready(machine, 1);
    expect(reason(machine.ready({ clientId: id(2), updateId: id(101), modelVersion: 2 }, 0))).toBe(
      "duplicate",
    );
  });

  it("with maximumStaleness takes updates of that many versions ago (FedBuff)", () => {
    const machine = machineWith({ maximumStaleness: 2 }, { modelVersion: 3 });
    expect(ready(machine, 1, 0, 1).reply.ok).toBe(true);
    expect(reason(ready(machine, 2, 0, 0))).toBe("stale");
  });

  it("ends for updates that a new version makes stale", () => {
    const machine = machineWith({ cohortSize: 2 });
    const cohortId = cohortOf(readyAll(machine, [1, 2]));
    ready(machine, 3);
    expect(machine.readyClients).toBe(1);
    upload(machine, cohortId, 1);
    upload(machine, cohortId, 2);
    machine.committed(0);
    expect(machine.readyClients).toBe(0);
  });

  it("is refused to a client that has spent its participations, counting one that is being committed", () => {
    const limit = { participations: 2, minimumSeparation: 0, reason: "budget-spent" } as const;
    const machine = machineWith(
      { cohortSize: 2, limit, maximumStaleness: 5 },
      {
        participations: new Map([
          [id(1), { participations: 1, latest: 0 }],
          [id(9), { participations: 2, latest: 0 }],
        ]),
      },
    );
    expect(reason(ready(machine, 9))).toBe("budget-spent");
    const cohortId = cohortOf(readyAll(machine, [1, 2]));
    upload(machine, cohortId, 1);
    const fresh = { clientId: id(1), updateId: id(600), modelVersion: 0 };
    expect(reason(machine.ready(fresh, 0))).toBe("budget-spent");
    upload(machine, cohortId, 2);
    machine.committed(0);
    expect(reason(machine.ready(fresh, 0))).toBe("budget-spent");
    expect(machine.ready({ clientId: id(2), updateId: id(601), modelVersion: 0 }, 0).reply.ok).toBe(true);
  });

  it("is refused to a client until enough rounds have passed since its last one", () => {
    const limit = { participations: 9, minimumSeparation: 2, reason: "budget-spent" } as const;
    const past = { modelVersion: 4, participations: new Map([[id(1), { participations: 1, latest: 2 }]]) };
    const machine = machineWith({ cohortSize: 2, limit, rounds: 50 }, past);
    // Version 2 had it, 3 and 4 had not: it may be a part of version 5.
    let cohortId = cohortOf(readyAll(machine, [1, 2]));
    upload(machine, cohortId, 1);
    const other = { clientId: id(1), updateId: id(600), modelVersion: 4 };
    expect(reason(machine.ready(other, 0))).toBe("too-soon");
    upload(machine, cohortId, 2);
    machine.committed(0);
    for (const [from, clients] of [
      [200, [3, 4]],
      [300, [5, 6]],
    ] as const) {
      const again = { clientId: id(1), updateId: id(from), modelVersion: machine.modelVersion };
      expect(reason(machine.ready(again, 0))).toBe("too-soon");
      cohortId = cohortOf(readyAll(machine, clients));
      for (const n of clients) upload(machine, cohortId, n);
      machine.committed(0);
    }
    const again = { clientId: id(1), updateId: id(400), modelVersion: machine.modelVersion };
    expect(machine.ready(again, 0).reply.ok).toBe(true);
  });

  it("is refused with an update that is committed already, even while its version is young enough", () => {
    const machine = machineWith({ cohortSize: 2, maximumStaleness: 5 });
    const cohortId = cohortOf(readyAll(machine, [1, 2]));
    upload(machine, cohortId, 1);
    upload(machine, cohortId, 2);
    machine.committed(0);
    expect(reason(ready(machine, 1, 0, 0))).toBe("duplicate");
  });

  it("is over when all rounds are done", () => {
    const machine = machineWith({ rounds: 1, cohortSize: 2 });
    const cohortId = cohortOf(readyAll(machine, [1, 2]));
    upload(machine, cohortId, 1);
    upload(machine, cohortId, 2);
    machine.committed(0);
    expect(machine.phase).toBe("finished");
    expect(reason(ready(machine, 3))).toBe("task-finished");
  });
});

describe("a commit that fails", () => {
  it("drops the sum, takes the store's word for the past, and lets the same updates come again", () => {
    const machine = machineWith({ cohortSize: 2 });
    const cohortId = cohortOf(readyAll(machine, [1, 2]));
    upload(machine, cohortId, 1);
    upload(machine, cohortId, 2);
    const past = { modelVersion: 0, participations: new Map() };
    expect(machine.failed(past, "no disk", 50)).toMatchObject([{ kind: "abandon", cohortId, uploaded: 2 }]);
    const again = cohortOf(readyAll(machine, [1, 2]));
    upload(machine, again, 1);
    expect(upload(machine, again, 2).effects).toMatchObject([
      { kind: "commit", sums: [{ sum: Uint32Array.of(3) }] },
    ]);
  });
});

describe("stopping", () => {
  it("abandons the open cohort, and accepts nothing more", () => {
    const machine = machineWith();
    readyAll(machine, [1, 2, 3]);
    expect(kinds(machine.stop())).toEqual(["abandon"]);
    expect(reason(ready(machine, 4))).toBe("busy");
    expect(machine.tick(1e9)).toEqual([]);
  });

  it("leaves a commit alone", () => {
    const machine = machineWith({ cohortSize: 2 });
    const cohortId = cohortOf(readyAll(machine, [1, 2]));
    upload(machine, cohortId, 1);
    upload(machine, cohortId, 2);
    expect(machine.stop()).toEqual([]);
    machine.committed(0);
    expect(machine.modelVersion).toBe(1);
  });
});

describe("a masked cohort", () => {
  const masked = () => machineWith({ masked: true, rounds: 50 });
  const sums = [{ sum: Uint32Array.of(1), contributors: 2 }];
  const past = { modelVersion: 0, participations: new Map() };

  it("is aggregated by whoever drives the machine, and committed with those who came through", () => {
    const machine = masked();
    const effects = readyAll(machine, [1, 2, 3]);
    expect(kinds(effects)).toEqual(["invite", "invite", "invite", "aggregate"]);
    const [commit] = machine.summed(cohortOf(effects), [id(1), id(3)], sums, 5);
    expect(commit).toMatchObject({ kind: "commit", selected: 3, sums });
    expect(commit?.kind === "commit" && commit.contributors.map(({ clientId }) => clientId).sort()).toEqual([
      id(1),
      id(3),
    ]);
    expect(reason(upload(machine, cohortOf(effects), 1))).toBe("wrong-encoding");
  });

  it("keeps its updates for the next one when it gave no sum", () => {
    const machine = masked();
    const cohortId = cohortOf(readyAll(machine, [1, 2, 3]));
    expect(kinds(machine.gaveUp(cohortId, "too few", 5))).toEqual(["abandon"]);
    expect(kinds(readyAll(machine, [1, 2, 3]))).toContain("aggregate");
  });

  it.each<[string, (machine: RoundMachine, cohortId: string) => void]>([
    [
      "could not be committed",
      (machine, cohortId) => {
        machine.summed(cohortId, [id(1), id(2)], sums, 5);
        machine.failed(past, "the database is away", 6);
      },
    ],
    [
      "was of too few",
      (machine, cohortId) => {
        machine.summed(cohortId, [id(1)], sums, 5);
      },
    ],
  ])("lets no update into another sum whose own was opened and %s", (_, lose) => {
    const machine = masked();
    lose(machine, cohortOf(readyAll(machine, [1, 2, 3])));
    expect(reason(ready(machine, 1))).toBe("duplicate");
    expect(reason(ready(machine, 3))).toBeUndefined();
    expect(reason(machine.ready({ clientId: id(1), updateId: id(900), modelVersion: 0 }, 9))).toBeUndefined();
  });

  it("is not formed with a client that cost one lately", () => {
    const machine = masked();
    machine.setAside(id(1));
    expect(reason(ready(machine, 1))).toBe("busy");
    for (let version = 0; version < 10; version++) {
      const clients = [2 + 10 * version, 3 + 10 * version, 4 + 10 * version];
      const cohortId = cohortOf(readyAll(machine, clients));
      machine.summed(cohortId, clients.map(id), sums, 5);
      machine.committed(6);
    }
    expect(reason(ready(machine, 1))).toBeUndefined();
  });
});
