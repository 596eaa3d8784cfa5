import { createRecommender, memoryHistoryStore, type Recommender } from "@tacit/client";
import { type Coordinator, startCoordinator } from "@tacit/server";
import { type MetricSum, metricEstimate, planSealing, referenceEngine, type TaskSpec } from "@tacit/shared";
import { afterEach, describe, expect, it } from "vitest";
import { history, items, smallTask } from "./support/small-population.js";

const CLIENTS = 4;
const ROUNDS = 8;
const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Federated {
  readonly coordinator: Coordinator;
  readonly versions: Float32Array[];
  /** The metrics of each round. */
  readonly told: (readonly MetricSum[])[];
}

async function federate(task: TaskSpec): Promise<Federated> {
  const coordinator = await startCoordinator({ task, port: 0 });
  cleanups.push(() => coordinator.close());
  const versions = [coordinator.parameters()];
  const told: (readonly MetricSum[])[] = [];
  const done = new Promise<void>((resolve) => {
    coordinator.onRound(({ round }) => {
      told.push(round.metrics);
      versions.push(coordinator.parameters());
      if (versions.length > ROUNDS) resolve();
    });
  });
  for (let person = 0; person < CLIENTS; person++)
    cleanups.push(closing(await enter(coordinator.url, person)));
  await done;
  return { coordinator, versions, told };
}

async function enter(url: string, person: number): Promise<Recommender> {
  const store = memoryHistoryStore();
  for (const interaction of history(person)) await store.append(interaction);
  const engine = referenceEngine;
  const limits = { ...generous, noiseMultiplier: 0.1, trustCoordinator: true };
  return createRecommender({
    url,
    task: "small",
    items,
    store,
    engine,
    consent: true,
    seed: person,
    limits,
    offerPause: 0,
  });
}

const generous = { lifetimeEpsilon: 1e6, releasesEpsilon: 1e6, cohort: 2 };

const closing = (recommender: Recommender) => () => recommender.close();

/** Clients that learn next to nothing, so that whatever moves the model is noise. */
const idle = {
  learning: {
    localSteps: 1,
    batchSize: 1,
    candidates: 1,
    minimumInteractions: 3,
    learningRate: 1e-9,
    optimiser: "sgd",
  },
  rounds: ROUNDS,
} as const;

describe("the noise of a model version, from the clients' devices to the coordinator's", () => {
  it.each([
    ["distributed: a cohort's shares make it together", "distributed", 1],
    ["local: each update has all of it", "local", CLIENTS],
    ["trusted: the coordinator adds it to the sum", "trusted", 1],
  ] as const)("has the deviation that the task says, and no other; %s", async (_, mode, shares) => {
    const privacy = { mode, noiseMultiplier: 3, maximumParticipations: ROUNDS, maximumEpsilon: 1000 };
    const task = smallTask({ ...idle, privacy });
    const { versions } = await federate(task);
    const steps = versions
      .slice(1)
      .map((after, round) => after.map((value, i) => value - (versions[round]?.[i] ?? 0)));
    const draws = steps.flatMap((step) => [...step]);
    const deviation = (3 * task.privacy.clip * Math.sqrt(shares)) / CLIENTS;
    // Two-sided at 6 standard errors: neither half nor double the noise comes anywhere near.
    const variance = draws.reduce((sum, value) => sum + value * value, 0) / draws.length;
    expect(Math.abs(variance / deviation ** 2 - 1)).toBeLessThan(6 * Math.sqrt(2 / draws.length));
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    expect(Math.abs(mean)).toBeLessThan((6 * deviation) / Math.sqrt(draws.length));
    // Gaussian tails, and no coordinate like its neighbour or like itself a round later.
    const fourth = draws.reduce((sum, value) => sum + value ** 4, 0) / draws.length;
    expect(Math.abs(fourth / variance ** 2 - 3)).toBeLessThan(6 * Math.sqrt(24 / draws.length));
    for (const lag of [1, versions[0]?.length ?? 1]) {
      const product = draws.slice(lag).reduce((sum, value, i) => sum + value * (draws[i] ?? 0), 0);
      expect(Math.abs(product / draws.length / variance)).toBeLessThan(6 / Math.sqrt(draws.length - lag));
    }
  });

  it("is taken back in part where it is correlated, while every client sits out the rounds it must", async () => {
    const correlation = { bands: 2, minimumSeparation: 1 };
    const privacy = {
      mode: "trusted" as const,
      correlation,
      noiseMultiplier: 3,
      maximumParticipations: ROUNDS,
      maximumEpsilon: 1000,
    };
    const cohort = { size: 2, minimum: 2, timeoutSeconds: 20 };
    const { coordinator, versions } = await federate(smallTask({ ...idle, cohort, privacy }));
    // Two pairs of clients, in turns.
    expect(coordinator.status().privacy.releases.participations).toBe(ROUNDS / 2);
    const steps = versions
      .slice(1)
      .map((after, round) => after.map((value, i) => value - (versions[round]?.[i] ?? 0)));
    const products = steps
      .slice(1)
      .flatMap((step, round) => [...step].map((value, i) => value * (steps[round]?.[i] ?? 0)));
    const mean = products.reduce((sum, product) => sum + product, 0) / products.length;
    // n_t = w_t − n_(t−1) / 2: neighbours have a correlation of −1/2, at a variance of σ² / (1 − 1/4).
    const variance = (3 * 0.5) ** 2 / 0.75;
    expect(Math.abs(mean / variance + 0.5)).toBeLessThan(6 * Math.sqrt(1.25 / products.length));
    expect(6 * Math.sqrt(1.25 / products.length)).toBeLessThan(0.5);
  });

  it("lets the metrics of a round be told apart from it, and stores them", async () => {
    const metrics = [{ name: "reward" }, { name: "hit-rate" }, { name: "loss", maximum: 10 }] as const;
    const privacy = {
      metrics: [...metrics],
      noiseMultiplier: 0.1,
      maximumParticipations: ROUNDS,
      maximumEpsilon: 1000,
    };
    const task = smallTask({ ...idle, privacy });
    const { told } = await federate(task);
    const means = ["reward", "hit-rate", "loss"].map((name) => {
      const estimates = told.flatMap((round) => round.filter((metric) => metric.name === name));
      expect(estimates).toHaveLength(ROUNDS);
      const { mean = Number.NaN, standardError: error = Number.NaN } = metricEstimate(estimates) ?? {};
      return { mean, error };
    });
    const [reward, hits, loss] = means;
    // Everybody clicks and nothing else, a reward of 1; a quarter of ten places among forty items is hit by chance.
    expect(Math.abs((reward?.mean ?? 0) - 1)).toBeLessThan(5 * (reward?.error ?? 0));
    expect(hits?.mean).toBeGreaterThan(-5 * (hits?.error ?? 0));
    expect(hits?.mean).toBeLessThan(1 + 5 * (hits?.error ?? 0));
    expect(loss?.mean).toBeGreaterThan(-5 * (loss?.error ?? 0));
    expect(loss?.mean).toBeLessThan(10 + 5 * (loss?.error ?? 0));
  });

  it("moves an adaptive clip towards the updates' length", async () => {
    const adaptiveClip = { quantile: 0.5, learningRate: 1 };
    const cohort = { size: CLIENTS, minimum: CLIENTS, timeoutSeconds: 20 };
    const privacy = {
      adaptiveClip,
      noiseMultiplier: 0.1,
      maximumParticipations: ROUNDS,
      maximumEpsilon: 1000,
    };
    const task = smallTask({ ...idle, cohort, privacy });
    const { coordinator, versions } = await federate(task);
    // Everybody is within the clip: it shrinks, by e^(−1/2) a round but for the noise on the count.
    expect(coordinator.clip()).toBeLessThan(0.3 * task.privacy.clip);
    const planned = planSealing(task, versions[0]?.length ?? 0);
    expect(planned.ok && planned.plan.dimension).toBe((versions[0]?.length ?? 0) + 1);
  });
});
