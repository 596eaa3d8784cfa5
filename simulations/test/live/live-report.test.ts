import { describe, expect, it } from "vitest";
import { LIVE_ENVIRONMENTS } from "../../src/environments/live-environments.js";
import { liveReport } from "../../src/live/live-report.js";
import { liveTask } from "../../src/live/live-task.js";

const [environment] = LIVE_ENVIRONMENTS;
if (!environment) throw new Error("there is no environment");
const task = liveTask(environment, 100, { rounds: 2, seed: 1, epsilon: 8 });

/** Reward a visit of each arm, in one population. */
const played = (rewards: Readonly<Record<string, number>>) => ({
  task,
  persons: 10,
  arms: Object.entries(rewards).map(([name, reward]) => ({
    name,
    metrics: {
      reward,
      cumulative: reward,
      discounted: reward,
      ctr: undefined,
      cvr: undefined,
      satisfaction: undefined,
      returns: undefined,
      retention: undefined,
    },
    privacy: null,
  })),
});

describe("the report of live comparisons", () => {
  const report = liveReport(
    environment,
    [1, 2],
    [
      played({ random: 1, popularity: 2.9, "federated-private": 3, "federated-without-privacy": 3.5 }),
      played({ random: 1.1, popularity: 2.8, "federated-private": 3.1, "federated-without-privacy": 3.5 }),
    ],
  );

  it("counts as beaten who lies below without overlap of the intervals", () => {
    expect(report.beaten).toEqual(["random"]);
  });

  it("tells what privacy cost, seed by seed", () => {
    expect(report.privacyCost?.mean).toBeCloseTo(0.45, 12);
    expect(report.privacyCost?.values).toEqual([3.5 - 3, 3.5 - 3.1]);
  });

  it("has null where there is nothing to count", () => {
    expect(report.arms[0]?.metrics.ctr).toBeNull();
  });
});
