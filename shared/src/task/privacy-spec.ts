import * as v from "valibot";
import { METRIC_NAMES } from "./metric-name.js";
import { finite, positive, real, whole, wholeWithin } from "./numbers.js";

export const PRIVACY_MODES = ["distributed", "local", "trusted"] as const;

/** What an update gives away at most. */
export const privacySchema = v.strictObject({
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
   * takes 1 % off the update's length. Values beyond the range count as its ends.
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

export type PrivacyMode = (typeof PRIVACY_MODES)[number];
