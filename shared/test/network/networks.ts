import { attention } from "../../src/network/layers/attention.js";
import { gatedFusion } from "../../src/network/layers/gated-fusion.js";
import { gru } from "../../src/network/layers/gru.js";
import { lastEvent } from "../../src/network/layers/last-event.js";
import { layerNorm } from "../../src/network/layers/layer-norm.js";
import { linear } from "../../src/network/layers/linear.js";
import { lstm } from "../../src/network/layers/lstm.js";
import { score } from "../../src/network/layers/score.js";
import { sampledSoftmaxLoss, softmaxLoss } from "../../src/network/layers/softmax-loss.js";
import { sparseLinear } from "../../src/network/layers/sparse-linear.js";
import { tableMinimum } from "../../src/network/layers/table-minimum.js";
import { valueLoss } from "../../src/network/layers/value-loss.js";
import { weightedMean } from "../../src/network/layers/weighted-mean.js";
import { type Network, NetworkDraft } from "../../src/network/network.js";
import type { NetworkShape } from "../../src/network/network-shape.js";
import type { Indices, Tensor } from "../../src/network/tensor.js";
import { trainingNetwork } from "../../src/network/training-network.js";
import { STATE_ENCODERS, type StateEncoder } from "../../src/task/state-encoder.js";

/** Sizes of a small network under test; odd ones on purpose. */
export interface Sizes {
  readonly states: number;
  readonly candidates: number;
  readonly historyLength: number;
  /** Columns of inputs. */
  readonly width: number;
  /** Columns of what a layer makes. */
  readonly units: number;
}

/** A network and which of its inputs are masks, which whole numbers lie in which range. */
export interface NetworkUnderTest {
  readonly network: Network;
  /** 1 for events and 0 for the padding behind them. */
  readonly masks: readonly Tensor[];
  /** 0 or 1 anywhere. */
  readonly flags: readonly Tensor[];
  readonly integers: readonly { readonly indices: Indices; values(): number[] }[];
}

const WIDE = { kind: "normal", deviation: 0.7 } as const;

type Draw = (draft: NetworkDraft, sizes: Sizes) => Omit<NetworkUnderTest, "network"> & { outputs: Tensor[] };

const of = (outputs: Tensor[], masks: Tensor[] = []) => ({ outputs, masks, flags: [], integers: [] });

/** A parameter behind every input, so that gradients pass through the layer's input, too. */
const projected = (
  draft: NetworkDraft,
  name: string,
  rows: "states" | "events" | "candidates",
  sizes: Sizes,
) =>
  linear(draft, {
    terms: [
      {
        input: draft.input(name, rows, sizes.width),
        weights: draft.parameter(`${name} weights`, sizes.width, sizes.units, WIDE),
      },
    ],
  });

const LAYERS: Readonly<Record<string, Draw>> = {
  linear(draft, sizes) {
    const [input, other] = [draft.input("x", "states", sizes.width), projected(draft, "y", "states", sizes)];
    const weights = (name: string, rows: number) => draft.parameter(name, rows, sizes.units, WIDE);
    const bias = weights("bias", 1);
    const terms = [
      { input, weights: weights("w", sizes.width) },
      { input: other, weights: weights("v", sizes.units) },
    ] as const;
    return of([
      linear(draft, { terms, bias, residual: other, activation: "tanh" }),
      linear(draft, { terms, bias, activation: "none" }),
    ]);
  },
  "linear to one column": (draft, sizes) => {
    const input = projected(draft, "x", "candidates", sizes);
    const weights = draft.parameter("w", sizes.units, 1, WIDE);
    return of([linear(draft, { terms: [{ input, weights }], bias: draft.parameter("bias", 1, 1, WIDE) })]);
  },
  "sparse linear": (draft, sizes) => {
    const K = 1 + (sizes.units % 5);
    const entries = {
      columns: draft.integers("columns", "candidates", K),
      values: draft.input("values", "candidates", K),
    };
    const weights = (name: string, columns: number) => draft.parameter(name, sizes.width, columns, WIDE);
    const wide = sparseLinear(draft, entries, weights("w", sizes.units));
    const other = linear(draft, {
      terms: [{ input: wide, weights: draft.parameter("v", sizes.units, 1, WIDE) }],
    });
    const values = () =>
      Array.from({ length: sizes.states * sizes.candidates * K }, (_, i) => (5 * i) % sizes.width);
    return {
      ...of([wide, other, sparseLinear(draft, entries, weights("b", 1))]),
      integers: [{ indices: entries.columns, values }],
    };
  },
  "table minimum": (draft, sizes) => {
    const columns = draft.integers("columns", "candidates", 1 + (sizes.units % 5));
    const table = draft.parameter("table", sizes.width + 1, 1, WIDE, { trained: false });
    const least = tableMinimum(draft, columns, table);
    const weights = draft.parameter("w", 1, sizes.units, WIDE);
    const values = () =>
      Array.from(
        { length: sizes.states * sizes.candidates * columns.columns },
        (_, i) => (5 * i) % table.rows,
      );
    return {
      ...of([least, linear(draft, { terms: [{ input: least, weights }] })]),
      integers: [{ indices: columns, values }],
    };
  },
  relu: (draft, sizes) => {
    const input = projected(draft, "x", "states", sizes);
    const weights = draft.parameter("w", sizes.units, sizes.units, WIDE);
    return of([linear(draft, { terms: [{ input, weights }], activation: "relu" })]);
  },
  "weighted mean": (draft, sizes) => {
    const weights = draft.input("weights", "events", 1);
    return of([weightedMean(draft, weights, projected(draft, "x", "events", sizes))]);
  },
  "last event": (draft, sizes) => {
    const mask = draft.input("mask", "events", 1);
    return of([lastEvent(draft, mask, projected(draft, "x", "events", sizes))], [mask]);
  },
  gru: (draft, sizes) => {
    const mask = draft.input("mask", "events", 1);
    return of([gru(draft, mask, projected(draft, "x", "events", sizes), sizes.units + 1)], [mask]);
  },
  lstm: (draft, sizes) => {
    const mask = draft.input("mask", "events", 1);
    return of([lstm(draft, mask, projected(draft, "x", "events", sizes), sizes.units + 1)], [mask]);
  },
  attention: (draft, sizes) => {
    const mask = draft.input("mask", "events", 1);
    const part = (name: string) => projected(draft, name, "events", sizes);
    const inputs = { mask, queries: part("q"), keys: part("k"), seen: part("v") };
    return of([attention(draft, inputs)], [mask]);
  },
  "layer norm": (draft, sizes) => {
    // Two columns normalise to ±1 and leave next to no gradient, and next to nothing of their difference in single precision.
    const units = sizes.units + 3;
    const x = projected(draft, "x", "events", { ...sizes, units });
    const weights = draft.parameter("w", units, sizes.units, WIDE);
    return of([linear(draft, { terms: [{ input: layerNorm(draft, "norm", x), weights }] })]);
  },
  "gated fusion": (draft, sizes) => {
    const values = [
      projected(draft, "text", "candidates", sizes),
      projected(draft, "image", "candidates", sizes),
      projected(draft, "audio", "candidates", sizes),
    ] as const;
    const input = draft.input("item", "candidates", sizes.width);
    const weights = draft.parameter("gate weights", sizes.width, values.length, WIDE);
    const present = draft.input("present", "candidates", values.length);
    const scores = linear(draft, { terms: [{ input, weights }] });
    return { ...of([gatedFusion(draft, { present, scores, values })]), flags: [present] };
  },
  score: (draft, sizes) => {
    const inputs = {
      actions: projected(draft, "actions", "candidates", sizes),
      users: projected(draft, "users", "states", sizes),
      biases: linear(draft, {
        terms: [
          {
            input: draft.input("b", "candidates", sizes.width),
            weights: draft.parameter("bias weights", sizes.width, 1, WIDE),
          },
        ],
      }),
    };
    return of([score(draft, inputs)]);
  },
  "softmax loss": (draft, sizes) => {
    const logits = projected(draft, "x", "states", sizes);
    const taken = draft.integers("taken", "states", 1);
    const { logProbabilities, entropies } = softmaxLoss(draft, logits, taken);
    const values = () => Array.from({ length: sizes.states }, (_, b) => b % sizes.units);
    return { ...of([logProbabilities, entropies]), integers: [{ indices: taken, values }] };
  },
  "sampled softmax loss": (draft, sizes) => {
    const logits = projected(draft, "x", "states", sizes);
    const taken = draft.integers("taken", "states", 1);
    const { logProbabilities, entropies } = sampledSoftmaxLoss(draft, logits, taken, 1.7);
    return of([logProbabilities, entropies]);
  },
  "value loss": (draft, sizes) => {
    const input = projected(draft, "x", "states", sizes);
    const weights = draft.parameter("w", sizes.units, 1, WIDE);
    const values = linear(draft, { terms: [{ input, weights }] });
    return of([valueLoss(draft, values, draft.input("targets", "states", 1))]);
  },
};

const recommender =
  (encoder: StateEncoder, more: Partial<NetworkShape> = {}) =>
  ({ width, units, historyLength }: Sizes) => {
    // As of the layer norm by itself: of two columns it leaves a step, which no difference can follow.
    const { heads = 1 } = more;
    const embedding = encoder === "attention" ? heads * Math.ceil((units + 3) / heads) : Math.max(2, units);
    const shape = {
      features: width,
      embedding,
      hidden: units + 1,
      historyLength,
      kinds: 3,
      halfLifeDays: 30,
    };
    const network = trainingNetwork({ ...shape, encoder, ...more }, 4);
    return { network, masks: [network.inputs.mask], flags: [], integers: [] };
  };

/** Entries of items have columns of their view. */
function withEntries(sizes: Sizes, more: Partial<NetworkShape>): NetworkUnderTest {
  const { network, ...rest } = recommender("gru", more)(sizes);
  const { events, candidates } = network.inputs;
  const flags = [events, candidates].flatMap(({ present }) => present ?? []);
  const integers = [events, candidates].flatMap(({ views }) =>
    views.flatMap((view, i) => {
      if (view.kind === "dense") return [];
      const { columns: indices } = view;
      const rows = sizes.states * (indices.rows === "events" ? sizes.historyLength : sizes.candidates);
      const width = more.views?.[i]?.columns ?? 1;
      return [
        { indices, values: () => Array.from({ length: rows * indices.columns }, (_, k) => (5 * k) % width) },
      ];
    }),
  );
  return { network, ...rest, flags, integers };
}

/** Every layer by itself, and the recommender with each encoder. */
export const NETWORKS: Readonly<Record<string, (sizes: Sizes) => NetworkUnderTest>> = {
  ...Object.fromEntries(
    Object.entries(LAYERS).map(([name, draw]) => [
      name,
      (sizes: Sizes): NetworkUnderTest => {
        const draft = new NetworkDraft(sizes.historyLength);
        const { outputs, ...rest } = draw(draft, sizes);
        return { network: draft.finish(outputs), ...rest };
      },
    ]),
  ),
  ...Object.fromEntries(STATE_ENCODERS.map((encoder) => [`recommender, ${encoder}`, recommender(encoder)])),
  "recommender, attention of two heads": recommender("attention", { heads: 2 }),
  "recommender, attention in three blocks": recommender("attention", { blocks: 3 }),
  "recommender, attention of three heads in two blocks": recommender("attention", { heads: 3, blocks: 2 }),
  "recommender, sparse items": (sizes) =>
    withEntries(sizes, { views: [{ columns: sizes.width, most: 1 + (sizes.units % 4) }] }),
  "recommender, gated fusion": (sizes) => {
    const columns = [1 + (sizes.width % 3), sizes.width, 2];
    const kinds = ["numeric", "text", "id"] as const;
    return withEntries(sizes, {
      itemEncoder: "gated-fusion",
      modalities: kinds.map((kind, i) => ({ kind, first: 0, columns: columns[i] ?? 0 })),
      views: columns.map((of, i) => ({ columns: of, ...(i === 1 && { most: 1 + (sizes.units % 4) }) })),
    });
  },
  "recommender, graph": (sizes) => {
    const [rows, entries] = [{ columns: sizes.width }, { columns: sizes.width, most: 2 }];
    return withEntries(sizes, { itemEncoder: "graph", views: [rows, entries, rows, entries, entries] });
  },
  "recommender, personal": (sizes) => recommender("mean", { personal: Math.max(2, sizes.units) })(sizes),
  "recommender, a short personal vector": (sizes) =>
    recommender("gru", { personal: Math.max(2, sizes.units) >> 1 })(sizes),
  "recommender, critic": recommender("gru", { critic: true }),
  "recommender, item prior": (sizes) => {
    const prior = sizes.width + 2;
    const { network, ...rest } = recommender("mean", { prior })(sizes);
    const { buckets } = network.inputs;
    if (!buckets) throw new Error("there is no prior");
    const cells = sizes.states * sizes.candidates * buckets.columns;
    const values = () => Array.from({ length: cells }, (_, i) => (3 * i) % prior);
    return { network, ...rest, integers: [{ indices: buckets, values }] };
  },
  "recommender, in context": recommender("gru", { context: 3 }),
};
