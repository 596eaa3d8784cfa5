import { referenceEngine, seededRandom } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { auditTraining } from "../../src/audit/audit-training.js";
import { dot, drawCanaries } from "../../src/audit/canaries.js";
import type { Sabotage } from "../../src/audit/sabotage.js";
import { tellApart } from "../../src/audit/tell-apart.js";
import { moviesEnvironment } from "../../src/environments/movies.js";
import { moviesTask } from "../../src/task-defaults/movies-task.js";

const [CLIENTS, CANARIES, ROUNDS] = [10, 400, 3];
const environment = moviesEnvironment({ clients: CLIENTS, seed: 3 });
const task = moviesTask(
  { ...environment, clients: { length: CLIENTS + CANARIES } },
  { rounds: ROUNDS, seed: 3, epsilon: 10 },
);

function audit(sabotage: Sabotage) {
  const random = seededRandom(17);
  const bytes = {
    fill(into: Uint8Array) {
      for (let i = 0; i < into.length; i++) into[i] = random.integer(256);
    },
  };
  return auditTraining({
    environment,
    task,
    canaries: CANARIES,
    engine: referenceEngine,
    seed: 3,
    sabotage,
    bytes,
  });
}

describe("an audit by canaries", () => {
  it("finds nothing against a training that keeps its claim, and comes near to it", () => {
    const { claimed, oneRun, canaryEstimate, refuted } = audit("none");
    expect(refuted).toBe(false);
    expect(claimed.epsilon).toBeLessThanOrEqual(10);
    expect(oneRun.epsilonLowerBound).toBeGreaterThan(1);
    expect(canaryEstimate.epsilon).toBeGreaterThan(0.6 * claimed.epsilon);
  });

  it.each(["halve-noise", "skip-clip"] as const)("catches a build that was sabotaged: %s", (sabotage) => {
    const { claimed, canaryEstimate, refuted } = audit(sabotage);
    expect(refuted).toBe(true);
    expect(canaryEstimate.epsilonLowerBound).toBeGreaterThan(1.2 * claimed.epsilon);
  });
});

describe("telling canaries apart", () => {
  it("finds each one's share though their directions overlap", () => {
    const canaries = drawCanaries(30, 60, seededRandom(5));
    const shares = canaries.map((_, i) => i % 3);
    const heard = new Float32Array(60);
    canaries.forEach(({ direction }, i) => {
      for (let at = 0; at < heard.length; at++)
        heard[at] = (heard[at] ?? 0) + (shares[i] ?? 0) * (direction[at] ?? 0);
    });
    const found = tellApart(heard, canaries, 0);
    shares.forEach((share, i) => {
      expect(found[i]).toBeCloseTo(share, 3);
    });
    expect(Math.abs(dot(heard, canaries[0]?.direction ?? heard) - (shares[0] ?? 0))).toBeGreaterThan(0.1);
  });
});
