import { referenceEngine, seededRandom } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { LIVE_ENVIRONMENTS } from "../../src/environments/live-environments.js";
import { entry } from "../../src/environments/users/entry.js";
import type { LiveArm } from "../../src/live/arms/arm.js";
import { uniformPolicy } from "../../src/live/arms/random-arm.js";
import type { LivePolicy } from "../../src/live/live-policy.js";
import { type LiveOptions, liveScenario } from "../../src/live/live-scenario.js";
import { logPeople } from "../../src/live/log-people.js";
import { playLive } from "../../src/live/play-live.js";
import { RefusedError } from "../../src/refused-error.js";
import { type Arm, armName, comparedArms } from "../../src/scenario/arm.js";
import type { Played } from "../../src/scenario/scenario.js";
import { CLOCK } from "../support/clock.js";

const choices = {
  clients: 60,
  logged: 3,
  users: 30,
  visits: 4,
  generations: 2,
  cohort: 20,
  rounds: 2,
  clock: CLOCK,
  engine: referenceEngine,
  engineChoice: "reference",
  workers: 1,
} as const;

const environment = entry(LIVE_ENVIRONMENTS, 0);

async function playing(options: Partial<LiveOptions>, arm: Arm): Promise<Played> {
  const scenario = liveScenario({ ...choices, environment, ...options });
  const trial = await scenario.prepare({ arm, seed: 1, overrides: {} });
  return trial.play({ signal: new AbortController().signal, progress: () => {} });
}

describe.each(LIVE_ENVIRONMENTS)("arms in $name", (one) => {
  it("earn more if they know the people than if they know nothing, twice the same", async () => {
    const play = (kind: "random" | "oracle") => playing({ environment: one }, { kind });
    const [random, oracle] = [await play("random"), await play("oracle")];
    expect(await play("oracle")).toEqual(oracle);
    expect(oracle.metrics.reward).toBeGreaterThan(random.metrics.reward ?? Number.NaN);
  });
});

describe("an environment's own baseline", () => {
  const own = (name: string) =>
    LIVE_ENVIRONMENTS.flatMap((one) => (one.baseline?.name === name ? [one] : []));
  const never = { exploration: { epsilon: 0 } };

  it("refuses every applicant, who then brings and costs nothing", async () => {
    const lending = entry(own("refuse"), 0);
    const played = await playing(
      { environment: lending, overrides: never },
      { kind: "baseline", name: "refuse" },
    );
    expect(played.metrics).toMatchObject({ reward: 0 });
  });

  it("gives green to the longest queue, after which fewer wait than after any phase at random", async () => {
    const crossings = { environment: entry(own("longest-queue"), 0) };
    const longest = await playing(crossings, { kind: "baseline", name: "longest-queue" });
    const random = await playing(crossings, { kind: "random" });
    expect(longest.metrics.reward).toBeGreaterThan(random.metrics.reward ?? Number.NaN);
  });

  it("is an arm of that environment, by its name, and of no other", async () => {
    const scenario = liveScenario({ ...choices, environment: entry(own("refuse"), 0) });
    expect(scenario.arms).toContain("baseline");
    const { arms: kinds, baseline } = scenario;
    expect(comparedArms({ kinds, epsilons: [8], baseline }).map(armName)).toEqual([
      "random",
      "popularity",
      "refuse",
      "local-only",
      "federated, no privacy",
      "federated, epsilon 8",
      "centralised",
      "oracle",
    ]);
    await expect(playing({}, { kind: "baseline", name: "refuse" })).rejects.toThrow(
      "e-commerce has no baseline refuse",
    );
  });
});

describe("a task's rules", () => {
  const lending = entry(
    LIVE_ENVIRONMENTS.filter(({ name }) => name === "financial-risk"),
    0,
  );
  const under = (blocked: readonly string[], arm: Arm) =>
    playing({ environment: lending, overrides: { rules: { blocked: [...blocked] } } }, arm);

  it.each([
    { kind: "random" },
    { kind: "popularity" },
    { kind: "baseline", name: "refuse" },
    { kind: "local-only" },
    { kind: "centralised" },
    { kind: "oracle" },
  ] satisfies Arm[])("hold for $kind: where lending is blocked, nothing is lent", async (arm) => {
    const { metrics } = await under(["accept", "limit"], arm);
    expect(metrics).toMatchObject({ reward: 0 });
  });

  it("refuse the run where they leave nothing to show", async () => {
    await expect(under(["accept", "limit", "refuse"], { kind: "oracle" })).rejects.toThrow(
      "rules: leave nothing to show",
    );
  });
});

describe("an arm's looks at how it learns", () => {
  it("are of visits that are still to come: none that a later generation has learned from", async () => {
    const scenario = liveScenario({ ...choices, environment });
    const { spec, catalogue } = await scenario.prepare({ arm: { kind: "random" }, seed: 1, overrides: {} });
    const { people, asked, arm } = watched();
    const signal = new AbortController().signal;
    await playLive({ ...choices, environment, arm, spec, catalogue, people, signal, progress: () => {} });
    const [first = 0, second = 0] = asked;
    expect(asked).toHaveLength(2);
    expect(second).toBeGreaterThan(0);
    expect(second).toBeLessThanOrEqual((choices.users * choices.visits) / 2);
    expect(first).toBeGreaterThan(second);
  });

  /** An arm that is judged once a generation, and at how many visits. */
  function watched() {
    const asked: number[] = [];
    const people = logPeople({ environment, clients: choices.clients, logged: choices.logged, seed: 1 });
    const arm: LiveArm = ({ task, judge }) => ({
      async train() {
        let visits = 0;
        const policy = uniformPolicy(task.exploration, seededRandom(1));
        const counting: LivePolicy = {
          begin(...visit) {
            visits++;
            return policy.begin(...visit);
          },
        };
        judge(counting);
        asked.push(visits);
        return policy;
      },
    });
    return { people, asked, arm };
  }
});

describe("a live scenario", () => {
  it("refuses to judge more people than there are", () => {
    expect(() => liveScenario({ ...choices, environment, users: 61 })).toThrow("--users: 61 of 60");
  });

  it("refuses more generations than there are visits to share among them", () => {
    const scenario = (generations: number) =>
      liveScenario({ ...choices, environment, generations, visits: 4 });
    expect(() => scenario(5)).toThrow(new RefusedError("--generations: 5 of 4 visits"));
    expect(() => scenario(4)).not.toThrow();
  });

  it("refuses to judge nobody, where everybody has left for good while their visits were logged", async () => {
    const news = entry(
      LIVE_ENVIRONMENTS.filter(({ name }) => name === "news"),
      0,
    );
    const gone = { environment: news, clients: 4, cohort: 2, users: 2, logged: 900 };
    await expect(playing(gone, { kind: "random" })).rejects.toThrow(
      new RefusedError(
        "--logged: after 900 visits none of 4 clients is there to be judged: log fewer, or take more --clients",
      ),
    );
  });

  it("prices noise for the people of a deployment, and leaves arms without noise as they are", async () => {
    const specOf = async (arm: Arm, noiseCohort?: number) => {
      const scenario = liveScenario({ ...choices, environment, noiseCohort });
      return (await scenario.prepare({ arm, seed: 1, overrides: {} })).spec;
    };
    const unnoised = { kind: "federated", epsilon: undefined } as const;
    expect(await specOf(unnoised, 200)).toEqual(await specOf(unnoised));
    expect(await specOf({ kind: "federated", epsilon: 8 }, 200)).toMatchObject({ standsFor: 10 });
  });

  it("can play all arms that it names, and no other", async () => {
    const scenario = liveScenario({ ...choices, environment });
    expect(scenario.arms).toEqual([
      "random",
      "popularity",
      "local-only",
      "federated",
      "centralised",
      "oracle",
    ]);
    const initial = scenario.prepare({ arm: { kind: "initial" }, seed: 1, overrides: {} });
    await expect(initial).rejects.toThrow(RangeError);
  });
});
