import fc from "fast-check";
import type { Gradients, Outputs, Terms } from "../../../src/learning/objectives/terms.js";
import { linear } from "../../../src/network/layers/linear.js";
import { sampledSoftmaxLoss, softmaxLoss } from "../../../src/network/layers/softmax-loss.js";
import { valueLoss } from "../../../src/network/layers/value-loss.js";
import { NetworkDraft } from "../../../src/network/network.js";
import { referenceEngine } from "../../../src/network/reference-engine.js";
import type { Tensor } from "../../../src/network/tensor.js";

export const ROWS = 3;
export const EACH = 4;
export const ITEMS_PER_NEGATIVE = 5;

/** What a network might make of a batch: `EACH` logits and Q a state, one V. */
export interface Made {
  readonly logits: readonly number[];
  readonly critic: readonly number[];
  readonly values: readonly number[];
}

/** That, and what was logged or is known by the received parameters, one number a state. */
export interface Point extends Made {
  readonly targets: readonly number[];
  readonly rewards: readonly number[];
  readonly propensities: readonly number[];
  /** Of the received parameters: ln π(a|s), and Q(s, a) or an advantage. */
  readonly before: readonly number[];
  readonly known: readonly number[];
}

const number = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true }).map(Math.fround);
const numbers = (of: fc.Arbitrary<number>, length: number) =>
  fc.array(of, { minLength: length, maxLength: length });

export const points: fc.Arbitrary<Point> = fc.record({
  logits: numbers(number(3), ROWS * EACH),
  critic: numbers(number(3), ROWS * EACH),
  values: numbers(number(3), ROWS),
  targets: numbers(number(3), ROWS),
  rewards: numbers(fc.constantFrom(-1, 0, 1), ROWS),
  propensities: numbers(fc.constantFrom(0, 0.01, 0.5, 1), ROWS),
  before: numbers(fc.constantFrom(-3, -1.5, -0.2), ROWS),
  known: numbers(number(2), ROWS),
});

export type Loss = (
  outputs: Outputs<keyof Terms<unknown>>,
  gradients: Gradients<keyof Terms<unknown>>,
) => number;

const ZERO = { kind: "constant", value: 0 } as const;

/** An objective over a network whose parameters are what it makes: their gradient is that of logits, Q and V. */
export function gradientOf({ logits, critic, values, targets }: Made & Pick<Point, "targets">, write: Loss) {
  const rows = values.length;
  const draft = new NetworkDraft(1);
  const identity = draft.input("identity", "states", rows);
  const own = (name: string, columns: number) =>
    linear(draft, { terms: [{ input: identity, weights: draft.parameter(name, rows, columns, ZERO) }] });
  const made = [own("logits", logits.length / rows), own("critic", critic.length / rows), own("values", 1)];
  const [logitsMade, criticMade, valuesMade] = made;
  if (!logitsMade || !criticMade || !valuesMade) throw new Error("three were made");
  const taken = draft.integers("taken", "states", 1);
  const aims = draft.input("targets", "states", 1);
  const policy = sampledSoftmaxLoss(draft, logitsMade, taken, Math.log(ITEMS_PER_NEGATIVE));
  const choice = softmaxLoss(draft, logitsMade, taken);
  const terms: Terms<Tensor> = {
    logits: logitsMade,
    logPolicy: policy.logProbabilities,
    entropy: policy.entropies,
    logChoice: choice.logProbabilities,
    values: valuesMade,
    valueLosses: valueLoss(draft, valuesMade, aims),
    critic: criticMade,
  };
  const network = draft.finish(Object.values(terms));
  const compiled = referenceEngine.compile(network, { states: rows, candidates: 0 });
  compiled.load(Float32Array.from([...logits, ...critic, ...values]));
  for (let row = 0; row < rows; row++) compiled.values(identity).cells[row * (rows + 1)] = 1;
  compiled.values(aims).cells.set(targets);
  const cells = (of: "values" | "gradients") => ({
    logits: compiled[of](terms.logits).cells,
    logPolicy: compiled[of](terms.logPolicy).cells,
    entropy: compiled[of](terms.entropy).cells,
    logChoice: compiled[of](terms.logChoice).cells,
    values: compiled[of](terms.values).cells,
    valueLosses: compiled[of](terms.valueLosses).cells,
    critic: compiled[of](terms.critic).cells,
  });
  let loss = Number.NaN;
  compiled.gradient({ states: rows, candidates: 0 }, () => {
    loss = write(cells("values"), cells("gradients"));
  });
  const gradient = new Float32Array(network.parameterCount);
  compiled.parameterGradient(gradient);
  const ends = [logits.length, logits.length + critic.length];
  return {
    loss,
    logits: [...gradient.slice(0, ends[0])],
    critic: [...gradient.slice(ends[0], ends[1])],
    values: [...gradient.slice(ends[1])],
  };
}

/** The softmax of one state's logits, that of the action taken first, in double precision. */
export function softmaxOf(logits: readonly number[], row: number, itemsPerNegative: number): number[] {
  const offset = Math.log(itemsPerNegative);
  const weights = logits
    .slice(row * EACH, (row + 1) * EACH)
    .map((logit, c) => Math.exp(c === 0 ? logit : logit + offset));
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / sum);
}

/** Over the whole catalogue: the probability of all but the action taken, which is first, is that of so many items. */
export const entropyOf = (policy: readonly number[], itemsPerNegative: number): number =>
  -policy.reduce((sum, p, c) => sum + p * Math.log(c === 0 ? p : p / itemsPerNegative), 0);
