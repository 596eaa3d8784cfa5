/** One use of a mechanism on one client's contribution; sensitivities are L2 unless said. */
export type PrivacyEvent =
  /** Noise N(0, (z·Δ)²), each client sampled with probability q (1: everybody). */
  | { readonly mechanism: "gaussian"; readonly noiseMultiplier: number; readonly samplingProbability: number }
  /** Integers, sensitivity Δ, discrete Gaussian of deviation σ. */
  | { readonly mechanism: "discrete-gaussian"; readonly sensitivity: number; readonly stddev: number }
  /** Noise of scale z times the L1 sensitivity. */
  | { readonly mechanism: "laplace"; readonly noiseMultiplier: number }
  /** Integers with L1 and L2 sensitivities, Skellam noise of this variance. */
  | {
      readonly mechanism: "skellam";
      readonly sensitivity: number;
      readonly l1Sensitivity: number;
      readonly variance: number;
    }
  /** The sum of `clients` shares, each discrete Gaussian, on the integers. */
  | {
      readonly mechanism: "distributed-discrete-gaussian";
      readonly sensitivity: number;
      readonly l1Sensitivity: number;
      readonly localStddev: number;
      readonly clients: number;
      readonly dimension: number;
    };

/** The same event several times. */
export interface RepeatedEvent {
  readonly event: PrivacyEvent;
  readonly compositions: number;
}
