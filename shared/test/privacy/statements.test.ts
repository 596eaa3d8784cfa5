import { describe, expect, it } from "vitest";
import { planSealing } from "../../src/privacy/plan-sealing.js";
import { coordinatorStatement, releasesStatement } from "../../src/privacy/statements.js";
import { privateTask } from "./support/private-task.js";

const task = privateTask();
const local = privateTask({ privacy: { mode: "local" } });
const dimension = 2000;

describe("the two statements", () => {
  it("are one where updates are masked: the coordinator sees the sums that everybody sees", () => {
    expect(coordinatorStatement(task, dimension, 4)).toEqual(releasesStatement(task, dimension, 4));
  });

  it("counts, against a coordinator that sees single updates, only the noise in each", () => {
    const planned = planSealing(local, dimension);
    if (!planned.ok) throw new Error(planned.message);
    const { integerNorm, shareDeviation } = planned.plan;
    const { rho } = coordinatorStatement(local, dimension, 4);
    expect(rho).toBeCloseTo((4 * integerNorm ** 2) / (2 * shareDeviation ** 2), 9);
  });

  it("counts, against whoever sees the releases, the noise of the fewest honest contributors", () => {
    const { rho } = releasesStatement(task, dimension, 4);
    expect(rho).toBeGreaterThanOrEqual(4 / (2 * 2.5 ** 2));
    expect(rho).toBeLessThan((4 / (2 * 2.5 ** 2)) * 1.01);
  });

  it("differs by the number of shares in the sum", () => {
    const ratio = coordinatorStatement(local, dimension, 1).rho / releasesStatement(local, dimension, 1).rho;
    expect(ratio).toBeCloseTo(80, 3);
  });

  it("does not count the noise of clients that may be corrupt", () => {
    const wary = privateTask({ cohort: { corruptFraction: 0.5 } });
    expect(releasesStatement(wary, dimension, 1).rho).toBeCloseTo(
      releasesStatement(task, dimension, 1).rho,
      3,
    );
  });

  it("promise nothing where the sampler alone takes up delta", () => {
    const impossible = privateTask({ privacy: { delta: 1e-40 } });
    expect(releasesStatement(impossible, dimension, 3).epsilon).toBe(Number.POSITIVE_INFINITY);
  });

  it("starts at zero and grows with every participation", () => {
    for (const statement of [coordinatorStatement, releasesStatement]) {
      expect(statement(task, dimension, 0)).toMatchObject({ epsilon: 0, participations: 0, delta: 1e-5 });
      const epsilons = [1, 2, 3, 10].map((count) => statement(task, dimension, count).epsilon);
      expect(epsilons).toEqual(epsilons.toSorted((a, b) => a - b));
    }
  });
});
