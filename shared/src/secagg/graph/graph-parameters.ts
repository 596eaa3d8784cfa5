import { logFactorial, lowerQuantile, upperQuantile } from "./hypergeometric.js";

/** What the coordinator may do: only look (honest but curious), or also lie after the keys are advertised. */
export const ADVERSARIES = ["semi-honest", "semi-malicious"] as const;
export type Adversary = (typeof ADVERSARIES)[number];

/** A population of clients and the worst that is expected of it. */
export interface CohortAssumptions {
  /** Clients in the cohort, 3 to 10,000. */
  readonly clients: number;
  /** γ: fraction that may collude with the coordinator, [0, 1). */
  readonly corrupt: number;
  /** δ: fraction that may drop out, [0, 1). */
  readonly dropout: number;
  readonly adversary: Adversary;
}

/** Degree of the graph and how many of a client's neighbours can open its shares. */
export interface GraphParameters {
  readonly neighbours: number;
  readonly threshold: number;
}

export const SMALLEST_COHORT = 3;
export const LARGEST_COHORT = 10_000;

/** Statistical security σ and correctness η, bits. σ is split evenly over two bad events. */
const SECURITY_BITS = 40;
const CORRECTNESS_BITS = 20;
const EVENT_BITS = SECURITY_BITS + 1;

/** Beyond these losses no instance is considered: γ + δ against a coordinator that looks, γ + 2δ against one that lies. */
const MOST_LOST = 0.9;

/** Keeps 0.29 × 100 from rounding down to 28: rounding errors must never favour the adversary. */
const SLACK = 1e-14;

/** ⌊γn⌋. */
export const corruptClients = ({
  clients,
  corrupt,
}: Pick<CohortAssumptions, "clients" | "corrupt">): number => Math.floor((corrupt + SLACK) * clients);
/** ⌊δn⌋. */
export const droppedClients = ({
  clients,
  dropout,
}: Pick<CohortAssumptions, "clients" | "dropout">): number => Math.floor((dropout + SLACK) * clients);

/**
 * The sparsest Harary graph on which secure aggregation is secure (2^-40) and correct (2^-20): Bell et al.,
 * "Secure Single-Server Aggregation with (Poly)Logarithmic Overhead", CCS 2020, with the bounds of
 * google-parfait/federated-compute. Undefined where no even degree below n − 1 will do, or too many may be lost.
 */
export function graphParameters(assumptions: CohortAssumptions): GraphParameters | undefined {
  const { corrupt, dropout, adversary } = assumptions;
  if (corrupt + (adversary === "semi-honest" ? 1 : 2) * dropout > MOST_LOST) return undefined;
  for (let neighbours = 2; neighbours < assumptions.clients - 1; neighbours += 2) {
    const threshold = thresholdFor(assumptions, neighbours);
    if (threshold !== undefined) return { neighbours, threshold };
  }
  return undefined;
}

function thresholdFor(assumptions: CohortAssumptions, neighbours: number): number | undefined {
  if (logDisconnected(assumptions, neighbours) >= -EVENT_BITS * Math.LN2) return undefined;
  const { clients: total, dropout, adversary } = assumptions;
  const surviving = Math.ceil((1 - dropout - SLACK) * total);
  const corruptMost = upperQuantile(
    { total, marked: corruptClients(assumptions), draws: neighbours },
    2 ** -EVENT_BITS / total,
  );
  const survivingLeast = lowerQuantile(
    { total, marked: surviving, draws: neighbours },
    2 ** -CORRECTNESS_BITS / total,
  );
  // A lying coordinator may ask half of the honest neighbours for one secret and half for the other.
  const reachable =
    adversary === "semi-honest" ? corruptMost : Math.ceil((corruptMost + neighbours - 1.25) / 2);
  return survivingLeast > reachable ? Math.max(reachable + 1, 2) : undefined;
}

/** ln of a bound on the chance that corrupt and dropped clients cut the ring in two places. */
function logDisconnected(assumptions: CohortAssumptions, neighbours: number): number {
  const { clients } = assumptions;
  const lost = corruptClients(assumptions) + droppedClients(assumptions);
  if (neighbours > lost) return Number.NEGATIVE_INFINITY;
  return (
    Math.log((clients * (clients - neighbours - 1)) / 2) +
    logFactorial(lost) +
    logFactorial(clients - neighbours) -
    logFactorial(clients) -
    logFactorial(lost - neighbours)
  );
}
