import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import type { ModelVersion, RoundCommit, Store } from "../../src/store/store.js";

const gaussian = { mechanism: "discrete-gaussian", sensitivity: 4.1, stddev: 12, dimension: 7 } as const;
const hex = (bytes: number) => randomBytes(bytes).toString("hex");

const initial: ModelVersion = {
  modelVersion: 0,
  hash: hex(32),
  previousHash: "0".repeat(64),
  parameters: Float32Array.of(1.5, -2.25, 1e-30, 3.4e38),
  optimiserState: new Float32Array(0),
  noiseState: new Int32Array(4),
};

/** A round on top of `previous`, with one fresh update from each of `clients`. */
export function roundAfter(previous: ModelVersion, clients: readonly string[]): RoundCommit {
  const modelVersion = previous.modelVersion + 1;
  return {
    version: {
      modelVersion,
      hash: hex(32),
      previousHash: previous.hash,
      parameters: Float32Array.of(modelVersion, 0, 0, 0),
      optimiserState: Float32Array.of(0.5, modelVersion),
      noiseState: Int32Array.of(modelVersion, -5, 2 ** 31 - 1, -(2 ** 31)),
    },
    round: {
      modelVersion,
      cohortId: hex(16),
      selected: clients.length + 1,
      contributors: clients.length,
      metrics: [
        { name: "hit-rate", minimum: 0, maximum: 1, places: 0.25, share: 0.5, error: 1e-3, shareError: 5e-4 },
      ],
      committedAt: new Date("2024-05-06T07:08:09.123Z"),
    },
    ledger: {
      modelVersion,
      participations: modelVersion,
      events: { coordinator: null, releases: [{ event: gaussian, compositions: modelVersion }] },
      coordinatorEpsilon: 12.5,
      releasesEpsilon: 1.25,
      delta: 1e-5,
    },
    participations: clients.map((clientId) => ({ clientId, updateId: hex(16) })),
  };
}

/** What every store promises. `open` may return the same store each time: each case works on a task of its own. */
export function describeStore(open: () => Store): void {
  const newTask = async (store: Store) => {
    const taskHash = hex(32);
    await store.openTask({ taskHash, name: `task-${taskHash.slice(0, 8)}`, spec: "{}", initial });
    return taskHash;
  };

  it("starts a new task at its version 0", async () => {
    const store = open();
    const task = await newTask(store);
    expect(await store.latest(task)).toEqual(initial);
    expect(await store.version(task, 0)).toEqual(initial);
    expect(await store.version(task, 1)).toBeUndefined();
    expect(await store.rounds(task)).toEqual([]);
    expect(await store.ledger(task)).toEqual([]);
  });

  it("finds a task again and keeps its first version 0", async () => {
    const store = open();
    const task = await newTask(store);
    const other = { ...initial, hash: hex(32), parameters: Float32Array.of(9) };
    await store.openTask({ taskHash: task, name: `task-${task.slice(0, 8)}`, spec: "{}", initial: other });
    expect(await store.latest(task)).toEqual(initial);
  });

  it("refuses another spec under a name it knows", async () => {
    const store = open();
    const task = await newTask(store);
    const opening = { taskHash: hex(32), name: `task-${task.slice(0, 8)}`, spec: "{}", initial };
    await expect(store.openTask(opening)).rejects.toThrow(/different spec/);
    expect(await store.latest(task)).toEqual(initial);
  });

  it("commits a version with its round, ledger entry and participations", async () => {
    const store = open();
    const task = await newTask(store);
    const [ann, bob] = [hex(16), hex(16)];
    const first = roundAfter(initial, [ann, bob]);
    const second = roundAfter(first.version, [bob]);
    expect(await store.commitRound(task, first)).toBe("committed");
    expect(await store.commitRound(task, second)).toBe("committed");
    expect(await store.latest(task)).toEqual(second.version);
    // The noise of a version is gone once the next one has its own.
    expect(await store.version(task, 1)).toEqual({ ...first.version, noiseState: new Int32Array(0) });
    expect(await store.rounds(task)).toEqual([first.round, second.round]);
    expect(await store.ledger(task)).toEqual([first.ledger, second.ledger]);
    expect(await store.attendance(task)).toEqual(
      new Map([
        [ann, { participations: 1, latest: 1 }],
        [bob, { participations: 2, latest: 2 }],
      ]),
    );
    const updateId = second.participations[0]?.updateId ?? "";
    expect(await store.participation(task, updateId)).toEqual({ updateId, clientId: bob, modelVersion: 2 });
    expect(await store.participation(task, hex(16))).toBeUndefined();
    const links = (await store.chain(task)).map(({ hash, previousHash }) => [previousHash, hash]);
    expect(links).toEqual([initial, first.version, second.version].map((v) => [v.previousHash, v.hash]));
  });

  it("commits the same cohort once, however often it is asked", async () => {
    const store = open();
    const task = await newTask(store);
    const round = roundAfter(initial, [hex(16)]);
    expect(await store.commitRound(task, round)).toBe("committed");
    expect(await store.commitRound(task, round)).toBe("committed");
    expect((await store.chain(task)).length).toBe(2);
    expect((await store.attendance(task)).size).toBe(1);
  });

  it("lets one of many writers extend a version and tells the others", async () => {
    const store = open();
    const task = await newTask(store);
    const rivals = Array.from({ length: 6 }, () => roundAfter(initial, [hex(16)]));
    const answers = await Promise.all(rivals.map((rival) => store.commitRound(task, rival)));
    expect(answers.filter((answer) => answer === "committed")).toHaveLength(1);
    const winner = rivals[answers.indexOf("committed")];
    expect(await store.latest(task)).toEqual(winner?.version);
    expect(await store.rounds(task)).toHaveLength(1);
    expect((await store.attendance(task)).size).toBe(1);
  });

  it("leaves nothing behind of a round that fails half way", async () => {
    const store = open();
    const task = await newTask(store);
    const first = roundAfter(initial, [hex(16)]);
    await store.commitRound(task, first);
    const next = roundAfter(first.version, [hex(16), hex(16)]);
    const replayed = { ...next, participations: [...next.participations, ...first.participations] };
    await expect(store.commitRound(task, replayed)).rejects.toThrow();
    expect(await store.latest(task)).toEqual(first.version);
    expect(await store.rounds(task)).toEqual([first.round]);
    expect(await store.ledger(task)).toEqual([first.ledger]);
    expect(await store.commitRound(task, next)).toBe("committed");
  });

  it("keeps rounds of many thousand participations and infinite epsilons", async () => {
    const store = open();
    const task = await newTask(store);
    const round = roundAfter(
      initial,
      Array.from({ length: 10_500 }, () => hex(16)),
    );
    const ledger = { ...round.ledger, coordinatorEpsilon: Number.POSITIVE_INFINITY };
    expect(await store.commitRound(task, { ...round, ledger })).toBe("committed");
    expect((await store.attendance(task)).size).toBe(10_500);
    expect(await store.ledger(task)).toEqual([ledger]);
  });

  it("keeps tasks apart", async () => {
    const store = open();
    const [here, there] = [await newTask(store), await newTask(store)];
    await store.commitRound(here, roundAfter(initial, [hex(16)]));
    expect((await store.latest(there)).modelVersion).toBe(0);
    expect((await store.attendance(there)).size).toBe(0);
  });

  it("answers a ping", async () => {
    await expect(open().ping()).resolves.toBeUndefined();
  });
}
