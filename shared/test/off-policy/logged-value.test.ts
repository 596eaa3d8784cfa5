import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../src/catalogue/catalogue.js";
import { epsilonGreedy, epsilonGreedyPlaces } from "../../src/learning/exploration/epsilon-greedy.js";
import { policyWalk } from "../../src/learning/exploration/policy-walk.js";
import { drawSlate, SlateWalk, slateProbabilities } from "../../src/learning/exploration/slate-walk.js";
import type { Interaction } from "../../src/learning/interaction.js";
import { finish } from "../../src/learning/local-training.js";
import { personalState } from "../../src/learning/personal/personal-state.js";
import { policyScores } from "../../src/learning/policy-scores.js";
import { currentState } from "../../src/learning/state.js";
import { createTaskModel } from "../../src/learning/task-model.js";
import { initialParameters } from "../../src/network/initial-parameters.js";
import { networkShape } from "../../src/network/network-shape.js";
import { parameterCount } from "../../src/network/parameter-count.js";
import { referenceEngine } from "../../src/network/reference-engine.js";
import { loggedValue } from "../../src/off-policy/logged-value.js";
import { seededRandom } from "../../src/random/random.js";
import { parseTask } from "../../src/task/parse-task.js";
import type { TaskSpec } from "../../src/task/task-spec.js";

const parsed = parseTask({
  name: "logged",
  catalogue: { features: [{ name: "kind", kind: "categorical", values: ["a", "b", "c", "d"] }] },
  model: { embedding: 2, hidden: 2, historyLength: 2 },
  reward: { weights: { click: 1 } },
  exploration: { epsilon: 0.3 },
});
if (!parsed.ok) throw new Error("the task is refused");
const { task } = parsed;
const IDS = ["a", "b", "c", "d"];
const catalogue = createCatalogue(
  task.catalogue.features,
  IDS.map((id) => ({ id, features: { kind: id } })),
);
const model = createTaskModel({ task, catalogue, engine: referenceEngine });
const parameters = initialParameters(networkShape(task), 5);
const valueFrom = (history: readonly Interaction[]) => finish(loggedValue({ model, parameters, history }));

const SLATES = IDS.flatMap((_, first) =>
  IDS.flatMap((_, second) => (first === second ? [] : [[first, second]])),
);
const walkOf = (scores: ArrayLike<number>, epsilon: number) =>
  new SlateWalk({ scores, policy: epsilonGreedyPlaces(epsilon) });
const product = (values: readonly number[]) => values.reduce((all, value) => all * value, 1);

/** Uniform at every place, and what follows: the second place is seen, and its item clicked, depending on the first. */
const LOGGED = [1 / 4, 1 / 3];
const isSeen = ([first = 0]: readonly number[]) => first !== 1;
const isClicked = (slate: readonly number[], k: number) =>
  k === 0 ? slate[0] === 2 : (slate[0] ?? 0) + (slate[1] ?? 0) !== 3;

function historyOf(slate: readonly number[]): Interaction[] {
  const seen = isSeen(slate) ? slate : slate.slice(0, 1);
  return seen.flatMap((row, position) => {
    const event = { itemId: IDS[row] ?? "", at: 1000, recommendationId: "r" };
    const shown: Interaction = { ...event, kind: "impression", position, propensity: LOGGED[position] ?? 0 };
    return isClicked(slate, position) ? [shown, { ...event, kind: "click", at: 2000 }] : [shown];
  });
}

describe("the value of the received model by one history's slates", () => {
  const state = { events: [], at: 1000 };
  const { logits } = policyScores(model, parameters, state, Int32Array.of(0, 1, 2, 3));
  const probabilityOf = (slate: readonly number[]) => product(slateProbabilities(walkOf(logits, 0.3), slate));

  it("is unbiased over every slate that the logging policy may show", () => {
    let [reward, impressions, rewardTruth, impressionsTruth] = [0, 0, 0, 0];
    for (const slate of SLATES) {
      const value = valueFrom(historyOf(slate));
      reward += product(LOGGED) * (value?.reward ?? Number.NaN);
      impressions += product(LOGGED) * (value?.impressions ?? Number.NaN);
      const seen = isSeen(slate) ? [0, 1] : [0];
      rewardTruth += probabilityOf(slate) * seen.filter((k) => isClicked(slate, k)).length;
      impressionsTruth += probabilityOf(slate) * seen.length;
    }
    expect(rewardTruth).toBeGreaterThan(0.1);
    expect(reward).toBeCloseTo(rewardTruth, 12);
    expect(impressions).toBeCloseTo(impressionsTruth, 12);
  });

  it("is the logged reward where the model that made the slates is evaluated", () => {
    const shown = epsilonGreedy(logits, 3, 0.3, seededRandom(1));
    const impressions = shown.map(
      ({ place, propensity }, position): Interaction => ({
        kind: "impression",
        itemId: IDS[place] ?? "",
        at: 1000,
        recommendationId: "r",
        propensity,
        position,
      }),
    );
    const clicked = IDS[shown[1]?.place ?? 0] ?? "";
    const click: Interaction = { kind: "click", itemId: clicked, at: 1500, recommendationId: "r" };
    const value = valueFrom([...impressions, click]);
    expect(value?.reward).toBeCloseTo(1, 12);
    expect(value?.impressions).toBeCloseTo(3, 12);
  });

  it("is that of the policy that is served: the one with the person's own parameters, where a task has them", () => {
    const own: TaskSpec = {
      ...task,
      model: { ...task.model, personal: { vector: true, bias: true, steps: 20, learningRate: 1 } },
      exploration: { kind: "boltzmann", temperature: 1 },
    };
    const personal = createTaskModel({ task: own, catalogue, engine: referenceEngine });
    const before: Interaction[] = [0, 1, 2].map((visit) => ({
      kind: "click",
      itemId: "c",
      at: 1000 * visit,
    }));
    const at = 5000;
    const told = currentState(own, catalogue, before, at);
    const state = personalState(personal, parameters, before, told);
    const candidates = Int32Array.of(0, 1, 2, 3);
    const random = seededRandom(1);
    const served = { model: personal, parameters, history: before, state, candidates, random };
    const [shown] = drawSlate(policyWalk(served).walk, 1, random);
    if (!shown) throw new Error("something is shown");
    expect(policyScores(personal, parameters, state, candidates)).not.toEqual(
      policyScores(personal, parameters, told, candidates),
    );
    const event = { itemId: IDS[shown.place] ?? "", recommendationId: "r" };
    const slate: Interaction[] = [
      { ...event, kind: "impression", at, position: 0, propensity: shown.propensity },
      { ...event, kind: "click", at: at + 1 },
    ];
    const value = finish(loggedValue({ model: personal, parameters, history: [...before, ...slate] }));
    expect(value?.impressions).toBeCloseTo(1, 12);
    expect(value?.reward).toBeCloseTo(1, 12);
  });

  it("counts a slate down to the first place that was not logged, and knows nothing without slates", () => {
    const [first, second] = historyOf([2, 0]).filter(({ kind }) => kind === "impression");
    if (!first || !second) throw new Error("two impressions were expected");
    const gap: Interaction = { ...second, position: 2 };
    expect(valueFrom([first, gap])).toEqual(valueFrom([first]));
    expect(valueFrom([{ ...first, position: 1 }])).toBeUndefined();
    expect(valueFrom([{ kind: "click", itemId: "a", at: 1 }])).toBeUndefined();
    const { propensity: _, ...unknown } = first;
    expect(valueFrom([unknown])).toBeUndefined();
  });

  it("looks at the newest 32 slates, one at a time", () => {
    const history = Array.from({ length: 40 }, (_, slate) =>
      historyOf([2, 0]).map((event) => ({
        ...event,
        at: event.at + 10_000 * slate,
        recommendationId: `r${slate}`,
        itemId: slate < 8 ? "d" : event.itemId,
      })),
    ).flat();
    const steps = [...loggedValue({ model, parameters, history })];
    expect(steps).toHaveLength(32);
  });

  it("scores each slate in the moment that was told with it", () => {
    const moment = parseTask({
      ...task,
      context: { features: [{ name: "hour", kind: "numeric", minimum: 0, maximum: 24 }] },
    });
    if (!moment.ok) throw new Error("the task is refused");
    const told = createTaskModel({ task: moment.task, catalogue, engine: referenceEngine });
    const values = (seed: number) => {
      const random = seededRandom(seed);
      const own = new Float32Array(parameterCount(networkShape(moment.task))).map(() => random.normal());
      return [0, 12, 24].map((hour) => {
        const history = historyOf([2, 0]).map((event) => ({ ...event, context: { hour } }));
        return finish(loggedValue({ model: told, parameters: own, history }))?.impressions;
      });
    };
    // The hour reorders the items of some models at least.
    const seeds = Array.from({ length: 20 }, (_, seed) => seed);
    expect(seeds.filter((seed) => new Set(values(seed)).size > 1)).not.toEqual([]);
  });

  it("truncates weights at the root of the clients that all rounds may have", () => {
    const greatest = (size: number, rounds: number) => {
      const of = { ...task, rounds, cohort: { ...task.cohort, size } };
      const few = createTaskModel({ task: of, catalogue, engine: referenceEngine });
      const seen = SLATES.map((slate) => historyOf(slate)).filter((history) => history.length > 1);
      const values = seen.map((history) => finish(loggedValue({ model: few, parameters, history })));
      return Math.max(...values.map((value) => value?.impressions ?? 0));
    };
    expect(greatest(1, 1)).toBe(2);
    expect(greatest(2, 2)).toBeGreaterThan(2);
    expect(greatest(2, 2)).toBeLessThanOrEqual(4);
    expect(greatest(1000, 1000)).toBeGreaterThan(4);
  });
});

describe("the probabilities of a slate", () => {
  it("are what epsilon-greedy logs when it draws that slate", () => {
    const random = seededRandom(9);
    const scores = [0.3, 2, -1, 0.3, 5];
    for (let draw = 0; draw < 200; draw++) {
      const slate = epsilonGreedy(scores, 3, 0.5, random);
      const places = slate.map(({ place }) => place);
      expect(slateProbabilities(walkOf(scores, 0.5), places)).toEqual(
        slate.map(({ propensity }) => propensity),
      );
    }
  });
});
