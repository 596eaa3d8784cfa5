import { createTaskModel, referenceEngine } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { type BaselineOptions, baselineScorer } from "../../src/ranking/baseline-scorer.js";
import type { RunSpec } from "../../src/virtual/run/run-spec.js";
import { sampleOf } from "../../src/virtual/run/sample.js";
import { CLOCK } from "../support/clock.js";
import { CLIENTS, smallRoom } from "../virtual/support/small-room.js";

const ROUNDS = 4;

/** Ways to come to rankings of two dozen clients. */
function options(changes: Partial<BaselineOptions> = {}): BaselineOptions {
  const { room } = smallRoom("fast", { rounds: ROUNDS });
  const { population, catalogue } = room;
  const { task } = room.spec;
  const model = createTaskModel({ task, catalogue, engine: referenceEngine });
  const spec: RunSpec = {
    population: { kind: "movies", clients: CLIENTS, interactions: 8 },
    task,
    private: false,
    path: "fast",
    clock: CLOCK,
    seed: 1,
    engine: "reference",
    program: "test",
  };
  const sample = sampleOf({ model, population, distinct: CLIENTS, seed: 1 }, CLIENTS);
  const signal = new AbortController().signal;
  const silent = { signal, progress: () => {} };
  return {
    model,
    population,
    distinct: CLIENTS,
    sample,
    spec,
    engine: referenceEngine,
    ...silent,
    ...changes,
  };
}

describe("a ranking that is trained without a federation", () => {
  it.each([
    ["centralised", ["round 0/4", "round 1/4", "round 2/4", "round 3/4"]],
    ["local-only", Array.from({ length: CLIENTS }, (_, client) => `client ${client + 1}/${CLIENTS}`)],
  ] as const)("says how far it is: %s", async (kind, expected) => {
    const told = new Set<string>();
    await baselineScorer(kind, options({ progress: (_, __, news) => void told.add(news) }));
    expect([...told]).toEqual(expected);
  });

  it.each(["centralised", "local-only"] as const)("stops where it is told to: %s", async (kind) => {
    const stopping = new AbortController();
    const progress = (done: number) => {
      if (done === 2) stopping.abort(new Error("stopped"));
    };
    await expect(baselineScorer(kind, options({ signal: stopping.signal, progress }))).rejects.toThrow(
      "stopped",
    );
  });
});
