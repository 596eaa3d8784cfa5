import { coordinatorStatement, networkShape, parameterCount, releasesStatement } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { moviesEnvironment } from "../../src/environments/movies.js";
import { moviesTask } from "../../src/task-defaults/movies-task.js";

const environment = moviesEnvironment({ clients: 30, seed: 1 });

describe("a simulated task's noise", () => {
  it.each([1, 4, 10])("is the least that keeps the whole run within epsilon %d", (epsilon) => {
    const task = moviesTask(environment, { rounds: 6, seed: 1, epsilon });
    const dimension = parameterCount(networkShape(task));
    expect(releasesStatement(task, dimension, task.rounds).epsilon).toBeLessThanOrEqual(epsilon);
    const less = {
      ...task,
      privacy: { ...task.privacy, noiseMultiplier: 0.99 * task.privacy.noiseMultiplier },
    };
    expect(releasesStatement(less, dimension, task.rounds).epsilon).toBeGreaterThan(epsilon);
    expect(task.privacy.delta).toBe(1e-5);
  });

  it("is calibrated against the coordinator where each update has all of it", () => {
    const task = moviesTask(environment, { rounds: 6, seed: 1, mode: "local", epsilon: 4 });
    const { epsilon } = coordinatorStatement(task, parameterCount(networkShape(task)), task.rounds);
    expect(epsilon).toBeLessThanOrEqual(4);
    expect(epsilon).toBeGreaterThan(3.95);
  });

  it("keeps the shared model at a few thousand coordinates, whatever the size of the catalogue", () => {
    const task = moviesTask(environment, { rounds: 6, seed: 1, epsilon: 10 });
    expect(parameterCount(networkShape(task))).toBeLessThan(5000);
  });
});
