/** One use of a mechanism on one client's contribution; sensitivities are L2 unless said. */
export type MechanismEvent =
  /** Noise N(0, (z·Δ)²). */
  | { readonly mechanism: "gaussian"; readonly noiseMultiplier: number }
  /** Integers, sensitivity Δ, discrete Gaussian of deviation σ on each. */
  | {
      readonly mechanism: "discrete-gaussian";
      readonly sensitivity: number;
      readonly stddev: number;
      readonly dimension: number;
    }
  /** One number, noise of scale z times its sensitivity. */
  | { readonly mechanism: "laplace"; readonly noiseMultiplier: number }
  /** One integer, of sensitivity Δ, noise of weights exp(−|x| / scale). */
  | { readonly mechanism: "discrete-laplace"; readonly sensitivity: number; readonly scale: number }
  /** Integers with L1 and L2 sensitivities, Skellam noise of this variance on each. */
  | {
      readonly mechanism: "skellam";
      readonly sensitivity: number;
      readonly l1Sensitivity: number;
      readonly variance: number;
      readonly dimension: number;
    }
  /** The sum of `clients` shares, each discrete Gaussian, on the integers. */
  | {
      readonly mechanism: "distributed-discrete-gaussian";
      readonly sensitivity: number;
      readonly l1Sensitivity: number;
      readonly localStddev: number;
      readonly clients: number;
      readonly dimension: number;
    }
  /** A whole run with Gaussian noise that is correlated over its steps: z for each unit, and the run's sensitivity. */
  | {
      readonly mechanism: "correlated-gaussian";
      readonly noiseMultiplier: number;
      readonly squaredSensitivity: number;
    };

/** A mechanism, or one in which each client takes part by its own coin with this probability (Poisson sampling). */
export type PrivacyEvent =
  | MechanismEvent
  | { readonly mechanism: "poisson-sampled"; readonly probability: number; readonly event: MechanismEvent };

/** The same event several times. */
export interface RepeatedEvent {
  readonly event: PrivacyEvent;
  readonly compositions: number;
}

/** The mechanism behind an event, and the probability with which a client is in it. */
export function unsampled(event: PrivacyEvent): {
  readonly event: MechanismEvent;
  readonly probability: number;
} {
  return event.mechanism === "poisson-sampled" ? event : { event, probability: 1 };
}
