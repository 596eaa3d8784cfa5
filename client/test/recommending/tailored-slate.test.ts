import {
  createCatalogue,
  createTaskModel,
  currentState,
  drawSlate,
  initialParameters,
  networkShape,
  policyWalk,
  referenceEngine,
  seededRandom,
} from "@tacit/shared";
import { afterEach, describe, expect, it, vi } from "vitest";
import { tailoredSlate } from "../../src/recommending/tailored-slate.js";
import { exampleTask, items } from "../support/example-task.js";

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a slate that takes long", () => {
  const task = exampleTask({ rules: { caps: [{ feature: "genre", most: 2 }] } });
  const catalogue = createCatalogue(task.catalogue.features, items);
  const model = createTaskModel({ task, catalogue, engine: referenceEngine });
  const parameters = initialParameters(networkShape(task), 1);
  const candidates = Int32Array.from(items, (_, row) => row);
  const state = currentState(task, catalogue, [], 1);
  const options = (seed: number) => ({
    ...{ model, parameters, history: [], state, candidates, random: seededRandom(seed) },
    ...{ asked: undefined, count: 4, problem: () => {} },
  });

  it("lets the host have its turn after each place, and is the slate that it would be in one go", async () => {
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => {
      now += 20;
      return now;
    });
    let turns = 0;
    const busy = setInterval(() => turns++, 0);
    const turn = vi.spyOn(globalThis, "setTimeout");
    for (let seed = 0; seed < 20; seed++) {
      turn.mockClear();
      const { slate } = await tailoredSlate(options(seed));
      const { walk } = policyWalk({ ...options(seed), rules: task.rules });
      expect(slate).toEqual(drawSlate(walk, 4, seededRandom(seed)));
      expect(turn).toHaveBeenCalledTimes(slate.length);
    }
    clearInterval(busy);
    expect(turns).toBeGreaterThan(0);
  });
});
