import { sumsDivergence } from "../sums-divergence.js";
import { deltaOfZcdp, epsilonOfZcdp, rhoOfGaussian } from "../zcdp.js";
import type { Accountant } from "./accountant.js";
import type { PrivacyEvent, RepeatedEvent } from "./privacy-event.js";

/** Zero-concentrated differential privacy: one number for each event, and they add up. Knows no sampling. */
export const zcdpAccountant: Accountant = {
  name: "zcdp",
  epsilon: (events, delta) => over(events, (rho) => epsilonOfZcdp(rho, delta)),
  delta: (events, epsilon) => over(events, (rho) => deltaOfZcdp(rho, epsilon)),
};

/** ρ of all events together; undefined where one of them has none. */
export function composeZcdp(events: readonly RepeatedEvent[]): number | undefined {
  let rho = 0;
  for (const { event, compositions } of events) {
    const one = rhoOf(event);
    if (one === undefined) return undefined;
    rho += compositions * one;
  }
  return rho;
}

function over(events: readonly RepeatedEvent[], read: (rho: number) => number): number | undefined {
  const rho = composeZcdp(events);
  return rho === undefined ? undefined : read(rho);
}

/** Bun, Steinke 2016, arXiv 1605.02065: Prop. 6 for Gaussians, Prop. 3 (ε²/2) for pure differential privacy. */
function rhoOf(event: PrivacyEvent): number | undefined {
  switch (event.mechanism) {
    case "gaussian":
      return rhoOfGaussian(1, event.noiseMultiplier);
    case "discrete-gaussian":
      return rhoOfGaussian(event.sensitivity, event.stddev);
    case "correlated-gaussian":
      return rhoOfGaussian(Math.sqrt(event.squaredSensitivity), event.noiseMultiplier);
    case "laplace":
      return 0.5 / event.noiseMultiplier ** 2;
    case "discrete-laplace":
      return 0.5 * (event.sensitivity / event.scale) ** 2;
    case "distributed-discrete-gaussian": {
      const { sensitivity, localStddev, clients, dimension } = event;
      const central = localStddev * Math.sqrt(clients);
      const tau = sumsDivergence(localStddev, clients);
      return Math.min(
        rhoOfGaussian(sensitivity, central) + dimension * tau,
        (sensitivity / central + Math.sqrt(dimension) * tau) ** 2 / 2,
      );
    }
    case "poisson-sampled":
      return event.probability === 0 ? 0 : undefined;
    case "skellam":
      return undefined;
  }
}
