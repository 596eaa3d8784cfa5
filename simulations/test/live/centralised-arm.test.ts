import { type Interaction, initialParameters, networkShape } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { trainCentrally } from "../../src/baselines/centralised.js";
import { centralisedArm } from "../../src/live/arms/centralised-arm.js";
import { drawCohort } from "../../src/virtual/clock/draw-cohort.js";
import { LOGS, smallSetting } from "./support/small-setting.js";

const setting = smallSetting({ rounds: 10 });
const { task, spec } = setting;
const initial = initialParameters(networkShape(task), task.model.seed);
const cohortOf = (round: number): number[] =>
  drawCohort(spec.seed, round, LOGS.length, task.cohort.size, () => true);
const historiesOf = (round: number) => cohortOf(round).map((client) => LOGS[client] ?? []);

/** Whose logs an arm of so many generations takes, by round. */
async function cohortsIn(generations: number): Promise<Map<number, number[]>> {
  const cohorts = new Map<number, number[]>();
  let now: number[] = [];
  const logs = new Proxy<(readonly Interaction[])[]>([...LOGS], {
    get(people, key, receiver) {
      if (/^\d+$/.test(String(key))) now.push(Number(key));
      return Reflect.get(people, key, receiver);
    },
  });
  const progress = (round: number) => {
    now = [];
    cohorts.set(round, now);
  };
  const run = centralisedArm({ ...setting, generations, progress });
  for (let generation = 0; generation < generations; generation++) await run.train(logs);
  return cohorts;
}

describe("the centralised arm", () => {
  it("ends, by one generation, where training in one go ends", async () => {
    const run = centralisedArm(setting);
    await run.train(LOGS);
    const { parameters } = run.result?.() ?? {};
    expect(parameters).toEqual(
      trainCentrally({ ...setting, parameters: initial, historiesOf, seed: spec.seed }),
    );
  });

  it.each([1, 3, 4, 10])("takes every round's own cohort, once, in %i generations", async (generations) => {
    const rounds = Array.from({ length: task.rounds }, (_, round) => [round, cohortOf(round)] as const);
    expect(await cohortsIn(generations)).toEqual(new Map(rounds));
  });

  it("has coins of its own in every generation", async () => {
    const run = centralisedArm({ ...setting, generations: 2 });
    await run.train(LOGS);
    const { parameters = initial } = run.result?.() ?? {};
    const repeated = trainCentrally({ ...setting, parameters, historiesOf, seed: spec.seed, from: 5 });
    await run.train(LOGS);
    expect(run.result?.().parameters).not.toEqual(repeated);
  });

  it("says how far it is of all rounds, whatever part of them a generation is", async () => {
    const told: string[] = [];
    const progress = (_: number, __: number, news: string) => void told.push(news);
    const run = centralisedArm({ ...setting, generations: 2, progress });
    await run.train(LOGS);
    expect(told.at(-1)).toBe("round 4/10");
    await run.train(LOGS);
    expect(told.at(-1)).toBe("round 9/10");
  });

  it("hears, while it trains, that it is to stop", async () => {
    const stopping = new AbortController();
    const progress = (round: number) => {
      if (round === 1) setImmediate(() => stopping.abort(new Error("stopped")));
    };
    const long = smallSetting({ rounds: 400 });
    const run = centralisedArm({ ...long, signal: stopping.signal, progress });
    await expect(run.train(LOGS)).rejects.toThrow("stopped");
  });
});
