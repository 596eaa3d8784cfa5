import { actorCritic } from "../../../src/learning/objectives/actor-critic.js";
import { implicitQLearning } from "../../../src/learning/objectives/implicit-q-learning.js";
import { policyGradient } from "../../../src/learning/objectives/policy-gradient.js";
import { ppo } from "../../../src/learning/objectives/ppo.js";
import { qLearning } from "../../../src/learning/objectives/q-learning.js";
import { selfSupervisedActorCritic } from "../../../src/learning/objectives/self-supervised-actor-critic.js";
import type { ObjectiveSpec } from "../../../src/task/objective-spec.js";
import {
  EACH,
  entropyOf,
  ITEMS_PER_NEGATIVE,
  type Loss,
  type Made,
  type Point,
  ROWS,
  softmaxOf,
} from "./point.js";

export const IMPORTANCE_CLIP = 5;
const common = { importanceClip: IMPORTANCE_CLIP } as const;

/** An objective, and what its documented formula comes to when what it holds constant stays as it is at `held`. */
interface Formula {
  loss(point: Point): Loss;
  written(held: Point, at: Made): number;
}

/** One state of a point, named as in the formulas. */
function state(held: Point, { logits, critic, values }: Made, row: number) {
  const policy = softmaxOf(logits, row, ITEMS_PER_NEGATIVE);
  const heldPolicy = softmaxOf(held.logits, row, ITEMS_PER_NEGATIVE)[0] ?? 0;
  const propensity = held.propensities[row] ?? 0;
  const weigh = (probability: number) =>
    propensity > 0 ? Math.min(IMPORTANCE_CLIP, probability / propensity) : 1;
  return {
    pi: policy[0] ?? 0,
    entropy: entropyOf(policy, ITEMS_PER_NEGATIVE),
    choice: softmaxOf(logits, row, 1)[0] ?? 0,
    v: values[row] ?? 0,
    q: critic[row * EACH] ?? 0,
    logit: logits[row * EACH] ?? 0,
    held: { pi: heldPolicy, v: held.values[row] ?? 0, q: held.critic[row * EACH] ?? 0 },
    r: held.rewards[row] ?? 0,
    y: held.targets[row] ?? 0,
    before: held.before[row] ?? 0,
    known: held.known[row] ?? 0,
    weigh,
  };
}

type State = ReturnType<typeof state>;

const mean = (held: Point, at: Made, one: (s: State) => number): number =>
  Array.from({ length: ROWS }, (_, row) => one(state(held, at, row))).reduce((a, b) => a + b) / ROWS;

const actorCriticOptions = {
  kind: "actor-critic",
  policyWeight: 0.7,
  valueWeight: 0.5,
  entropyWeight: 0.2,
  nextItemWeight: 0.9,
} as const;
const policyGradientOptions = {
  kind: "policy-gradient",
  topK: 3,
  valueWeight: 0.4,
  entropyWeight: 0.2,
} as const;
const ppoOptions = {
  kind: "ppo",
  ratioClip: 0.3,
  lambda: 0.9,
  valueWeight: 0.4,
  entropyWeight: 0.2,
} as const;
const implicitOptions = {
  kind: "implicit-q-learning",
  expectile: 0.8,
  sharpness: 1.5,
  advantageClip: 20,
  valueWeight: 0.6,
} as const;
const selfSupervisedOptions = {
  kind: "self-supervised-actor-critic",
  nextItemWeight: 0.7,
  policyWeight: 0.6,
  criticWeight: 0.8,
  valueWeight: 0.3,
} as const;
const PENALTY = 0.3;

/** In double precision, and from the documents rather than from the code. */
export const FORMULAS: Readonly<Record<ObjectiveSpec["kind"], Formula>> = {
  "actor-critic": {
    loss: (point) => (outputs, gradients) =>
      actorCritic({ ...actorCriticOptions, ...common }, ROWS, outputs, point, gradients),
    written: (point, at) =>
      mean(point, at, ({ pi, entropy, choice, v, held, r, y, weigh }) => {
        const { policyWeight, valueWeight, entropyWeight, nextItemWeight } = actorCriticOptions;
        const actor = policyWeight * weigh(held.pi) * (y - held.v) * Math.log(pi);
        const nextItem = r > 0 ? nextItemWeight * Math.log(choice) : 0;
        return (valueWeight / 2) * (v - y) ** 2 - actor - entropyWeight * entropy - nextItem;
      }),
  },
  "policy-gradient": {
    loss:
      ({ targets: returns, propensities }) =>
      (outputs, gradients) =>
        policyGradient(
          { ...policyGradientOptions, ...common },
          ROWS,
          outputs,
          { returns, propensities },
          gradients,
        ),
    written: (point, at) =>
      mean(point, at, ({ pi, entropy, v, held, y, weigh }) => {
        const { topK, valueWeight, entropyWeight } = policyGradientOptions;
        const slate = topK * (1 - held.pi) ** (topK - 1);
        const actor = weigh(held.pi) * slate * (y - held.v) * Math.log(pi);
        return (valueWeight / 2) * (v - y) ** 2 - actor - entropyWeight * entropy;
      }),
  },
  ppo: {
    loss:
      ({ before: logPolicy, known: advantages, propensities }) =>
      (outputs, gradients) =>
        ppo({ ...ppoOptions, ...common }, ROWS, outputs, { logPolicy, advantages, propensities }, gradients),
    written: (point, at) =>
      mean(point, at, ({ pi, entropy, v, y, before, known: advantage, weigh }) => {
        const { ratioClip, valueWeight, entropyWeight } = ppoOptions;
        const ratio = pi / Math.exp(before);
        const clipped = Math.min(1 + ratioClip, Math.max(1 - ratioClip, ratio));
        const actor = weigh(Math.exp(before)) * Math.min(ratio * advantage, clipped * advantage);
        return (valueWeight / 2) * (v - y) ** 2 - actor - entropyWeight * entropy;
      }),
  },
  "q-learning": {
    loss:
      ({ targets }) =>
      (outputs, gradients) =>
        qLearning({ penalty: PENALTY }, ROWS, EACH, outputs, targets, gradients),
    written: (point, at) =>
      mean(point, at, ({ pi, v, logit, y }) => (v + logit - y) ** 2 / 2 - PENALTY * Math.log(pi)),
  },
  "implicit-q-learning": {
    loss:
      ({ targets, known: critic }) =>
      (outputs, gradients) =>
        implicitQLearning(implicitOptions, ROWS, EACH, outputs, { targets, critic }, gradients),
    written: (point, at) =>
      mean(point, at, ({ pi, v, q, held, y, known }) => {
        const { expectile, sharpness, advantageClip, valueWeight } = implicitOptions;
        const advantage = known - v;
        const slope = Math.abs(expectile - (advantage < 0 ? 1 : 0));
        const weight = Math.min(advantageClip, Math.exp(sharpness * (known - held.v)));
        return valueWeight * slope * advantage ** 2 + (q - y) ** 2 / 2 - weight * Math.log(pi);
      }),
  },
  "self-supervised-actor-critic": {
    loss: (point) => (outputs, gradients) =>
      selfSupervisedActorCritic(
        { ...selfSupervisedOptions, ...common },
        ROWS,
        EACH,
        outputs,
        point,
        gradients,
      ),
    written: (point, at) =>
      mean(point, at, ({ pi, choice, v, q, held, r, y, weigh }) => {
        const { nextItemWeight, policyWeight, criticWeight, valueWeight } = selfSupervisedOptions;
        const actor = policyWeight * weigh(held.pi) * Math.max(0, held.q - held.v) * Math.log(pi);
        const nextItem = r > 0 ? nextItemWeight * Math.log(choice) : 0;
        return (criticWeight / 2) * (q - y) ** 2 + (valueWeight / 2) * (v - y) ** 2 - actor - nextItem;
      }),
  },
};
