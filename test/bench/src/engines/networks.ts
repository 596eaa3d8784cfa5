import {
  linear,
  type Network,
  NetworkDraft,
  type NetworkShape,
  type Optimiser,
  softmaxLoss,
  type Tensor,
  trainingNetwork,
  valueLoss,
} from "@tacit/shared";

export const STATES = 32;
const WIDTH = 64;
const ACTIONS = 32;
const NORMAL = { kind: "normal", deviation: 0.1 } as const;
const ENCODERS = ["mean", "gru", "lstm", "attention"] as const satisfies readonly NetworkShape["encoder"][];

const SGD: Optimiser = { kind: "sgd", learningRate: 1e-6 };
const ADAM: Optimiser = { kind: "adam", learningRate: 1e-6 };

export interface MeasuredNetwork {
  readonly name: string;
  readonly network: Network;
  readonly optimiser: Optimiser;
  /** Times the steps of tfjs wasm that the kernel aims at. */
  readonly aim: number;
}

export const networks = (): readonly MeasuredNetwork[] => [
  { name: "64-64-64-32 and a value, SGD", network: perceptron(), optimiser: SGD, aim: 14 },
  { name: "64-64-64-32 and a value, Adam", network: perceptron(), optimiser: ADAM, aim: 14 },
  ...ENCODERS.map((encoder) => ({
    name: `${encoder}, Adam`,
    network: recommender(encoder),
    optimiser: ADAM,
    aim: 8,
  })),
];

/** Columns of a wide catalogue, and the entries of its fullest row. */
export const WIDE = { columns: 2000, most: 12 } as const;

/** One network over a wide catalogue, whose items come as rows of columns or as entries. */
export const wideNetworks = (): readonly Pick<MeasuredNetwork, "name" | "network" | "optimiser">[] => [
  { name: "rows", network: recommender("mean", { features: WIDE.columns }), optimiser: ADAM },
  {
    name: "entries",
    network: recommender("mean", { features: WIDE.columns, views: [WIDE] }),
    optimiser: ADAM,
  },
];

/** One product of 32 × 64 and 64 × 64, and nothing else. */
export function product(): Network {
  const draft = new NetworkDraft(1);
  const weights = draft.parameter("weights", WIDTH, WIDTH, NORMAL);
  return draft.finish([linear(draft, { terms: [{ input: draft.input("x", "states", WIDTH), weights }] })]);
}

/** A policy over 32 actions and a value over one trunk of two hidden layers, with their losses. */
function perceptron(): Network {
  const draft = new NetworkDraft(1);
  const layer = (name: string, input: Tensor, columns: number, activation: "tanh" | "none") =>
    linear(draft, {
      terms: [{ input, weights: draft.parameter(name, input.columns, columns, NORMAL) }],
      bias: draft.parameter(`${name} bias`, 1, columns, NORMAL),
      activation,
    });
  const first = layer("first", draft.input("x", "states", WIDTH), WIDTH, "tanh");
  const second = layer("second", first, WIDTH, "tanh");
  const logits = layer("policy", second, ACTIONS, "none");
  const values = layer("value", second, 1, "none");
  const { logProbabilities } = softmaxLoss(draft, logits, draft.integers("taken", "states", 1));
  return draft.finish([logProbabilities, valueLoss(draft, values, draft.input("targets", "states", 1))]);
}

/** Of 20 events a state. */
function recommender(encoder: NetworkShape["encoder"], more: Partial<NetworkShape> = {}): Network {
  const shape = {
    features: WIDTH,
    embedding: WIDTH,
    hidden: WIDTH,
    historyLength: 20,
    kinds: 8,
    halfLifeDays: 30,
    encoder,
    ...more,
  };
  return trainingNetwork(shape, 100);
}
