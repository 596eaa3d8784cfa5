import * as v from "valibot";
import { COMBINE_RULES } from "./combine-rule.js";
import { featureSpecSchema } from "./feature-spec.js";
import type { InteractionKind } from "./interaction-kind.js";
import { layersSchema } from "./layers-spec.js";
import { METRIC_NAMES } from "./metric-name.js";
import { below, finite, positiveUpTo, wholeWithin, within } from "./numbers.js";
import { STATE_ENCODERS } from "./state-encoder.js";

const whole = (minimum: number, maximum: number, fallback: number) =>
  v.optional(wholeWithin(minimum, maximum), fallback);
const real = (minimum: number, maximum: number, fallback: number) =>
  v.optional(within(minimum, maximum), fallback);
const positive = (maximum: number, fallback: number) => v.optional(positiveUpTo(maximum), fallback);

const modelSchema = v.strictObject({
  encoder: v.optional(v.picklist(STATE_ENCODERS), "mean"),
  embedding: whole(2, 256, 16),
  historyLength: whole(1, 200, 10),
  hidden: whole(2, 256, 16),
  halfLifeDays: positive(36_500, 30),
  seed: whole(0, 4_294_967_295, 1),
  /** The author's own network; `embedding` and `hidden` then mean nothing. */
  layers: v.optional(layersSchema),
});

const learningSchema = v.strictObject({
  objective: v.optional(v.literal("actor-critic"), "actor-critic"),
  localSteps: whole(1, 10_000, 20),
  batchSize: whole(1, 4096, 16),
  learningRate: positive(10, 0.01),
  optimiser: v.optional(v.picklist(["sgd", "momentum", "adam"]), "adam"),
  /** Of the optimiser `momentum`. */
  momentum: v.optional(below(1), 0.9),
  /** Items drawn uniformly from the catalogue beside each action. */
  candidates: whole(1, 4096, 31),
  importanceClip: positive(1000, 5),
  policyWeight: real(0, 1000, 0.1),
  valueWeight: real(0, 1000, 0.5),
  entropyWeight: real(0, 1000, 0.01),
  nextItemWeight: real(0, 1000, 1),
  minimumInteractions: whole(1, 1_000_000, 5),
});

const weight = v.exactOptional(finite);
/** Not a record, which would pass over keys like `__proto__`. */
const rewardWeights = v.strictObject({
  impression: weight,
  click: weight,
  purchase: weight,
  rating: weight,
  dwell: weight,
  like: weight,
  share: weight,
  skip: weight,
} satisfies Record<InteractionKind, typeof weight>);

const rewardSchema = v.strictObject({
  weights: v.optional(rewardWeights, {
    click: 1,
    purchase: 5,
    rating: 1,
    like: 1,
    share: 2,
    skip: -0.1,
  }),
  discount: real(0, 1, 0.9),
  sessionGapMinutes: positive(10_000_000, 720),
});

const explorationSchema = v.strictObject({
  kind: v.optional(v.literal("epsilon-greedy"), "epsilon-greedy"),
  epsilon: real(0, 1, 0.1),
});

export const PRIVACY_MODES = ["distributed", "local", "trusted"] as const;

const privacySchema = v.strictObject({
  /**
   * Who makes the noise: a cohort together (`distributed`); each client enough for its single update (`local`), for
   * which the coordinator needs no trust at all and the model pays with √cohort times the noise; or the coordinator
   * (`trusted`), which then promises nothing against itself. Clients refuse the last unless their host allows it.
   */
  mode: v.optional(v.picklist(PRIVACY_MODES), "distributed"),
  /** L2 bound of one whole update. */
  clip: positive(1e6, 1),
  /** Moves the clip, from `clip` on, towards this quantile of the updates' lengths; by about `learningRate` a round. */
  adaptiveClip: v.optional(
    v.strictObject({
      quantile: v.optional(v.pipe(finite, v.gtValue(0), v.ltValue(1)), 0.5),
      learningRate: positive(1, 0.2),
    }),
  ),
  /**
   * Mode `trusted` only: each round's noise takes back a part of that of the `bands` − 1 rounds before it, so that less
   * of it stays in the model (banded Toeplitz factorisation, Choquette-Choo et al. 2023, arXiv 2306.08153). A client
   * takes part again only after `minimumSeparation` further rounds, at least `bands` − 1.
   */
  correlation: v.optional(
    v.strictObject({
      bands: wholeWithin(2, 64),
      minimumSeparation: wholeWithin(1, 1_000_000),
    }),
  ),
  /**
   * Means over the clients of each round, released with its version. None unless named: they cost no privacy, but each
   * takes 1 % off the square of the update's length. Values beyond the range count as its ends.
   */
  metrics: v.optional(
    v.array(
      v.strictObject({
        name: v.picklist(METRIC_NAMES),
        minimum: v.optional(finite, 0),
        maximum: v.optional(finite, 1),
      }),
    ),
  ),
  /** Standard deviation of the noise in a cohort's sum, or in one update in mode `local`, in units of `clip`. */
  noiseMultiplier: positive(1e6, 2.5),
  /** Sealed coordinates are integers modulo 2^bits. */
  bits: whole(8, 32, 32),
  /** Of both statements, 1e-12 to 1e-2. */
  delta: real(1e-12, 1e-2, 1e-5),
  /** Uploads that one client may make in the life of the task. */
  maximumParticipations: whole(1, 1_000_000, 10),
  /** Budget against the released models, in mode `local` against the coordinator: no round is committed that would pass it. */
  maximumEpsilon: positive(1000, 10),
});

const cohortSchema = v.strictObject({
  size: whole(1, 100_000, 100),
  /** Fewest contributors to one version (U_min); the noise shares are calibrated to it, or to a group's part of it. */
  minimum: whole(1, 100_000, 80),
  /** Random parts, each masked and opened by itself, so that `aggregation.combine` has several means to compare. */
  groups: whole(1, 10_000, 1),
  /** Of the clients behind one sum: of each group, where there are several, and they do not spread evenly. */
  corruptFraction: v.optional(below(1), 0),
  /** What the coordinator is taken to do beside looking on: nothing, or lie to single clients once they showed their keys. */
  adversary: v.optional(v.picklist(["semi-honest", "semi-malicious"]), "semi-honest"),
  /** 0: synchronous FedAvg; more: buffered, updates may be this many versions old (FedBuff). */
  maximumStaleness: whole(0, 1000, 0),
  timeoutSeconds: positive(86_400, 60),
});

const aggregationSchema = v.strictObject({
  optimiser: v.optional(v.picklist(["fedavg", "fedavgm", "fedadam", "fedyogi"]), "fedavg"),
  learningRate: positive(1000, 1),
  momentum: v.optional(below(1), 0.9),
  secondMoment: v.optional(below(1), 0.99),
  adaptivity: positive(10, 1e-3),
  /**
   * How group means (`cohort.groups`), or in modes `local` and `trusted` single updates, become one update. All rules but
   * `mean` leave out first what is longer than clip and noise explain; so does `mean` of groups.
   */
  combine: v.optional(v.picklist(COMBINE_RULES), "mean"),
  /** Of the group means or single updates: so many may be corrupt, for trimmed-mean, krum and multi-krum. */
  byzantineFraction: v.optional(below(0.5), 0.2),
});

/** The document both sides validate, hash and agree on. Every section may be left out: its defaults are safe. */
export const taskSpecSchema = v.strictObject({
  format: v.optional(v.literal(1), 1),
  name: v.pipe(
    v.string(),
    v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "lower-case letters, digits and hyphens, at most 64"),
  ),
  catalogue: v.strictObject({
    features: v.pipe(v.array(featureSpecSchema), v.minLength(1), v.maxLength(256)),
  }),
  model: v.optional(modelSchema, {}),
  learning: v.optional(learningSchema, {}),
  reward: v.optional(rewardSchema, {}),
  exploration: v.optional(explorationSchema, {}),
  privacy: v.optional(privacySchema, {}),
  cohort: v.optional(cohortSchema, {}),
  aggregation: v.optional(aggregationSchema, {}),
  rounds: whole(1, 1_000_000, 10),
});

/** A validated task: every default filled in. */
export type TaskSpec = v.InferOutput<typeof taskSpecSchema>;

/** What an author writes: defaults may be left out. */
export type TaskSpecInput = v.InferInput<typeof taskSpecSchema>;

export type PrivacyMode = (typeof PRIVACY_MODES)[number];
