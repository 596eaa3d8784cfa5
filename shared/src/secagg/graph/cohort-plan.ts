import {
  type CohortAssumptions,
  corruptClients,
  droppedClients,
  graphParameters,
  LARGEST_COHORT,
  SMALLEST_COHORT,
} from "./graph-parameters.js";

/** Up to here everyone is everyone's neighbour; above, the sparse graph is cheaper. */
const LARGEST_COMPLETE_COHORT = 150;

/** Shares live on the non-zero points of GF(256). */
const MOST_SHARES = 255;

/** How a cohort of this size runs. Both sides compute it; nobody is told. */
export interface CohortPlan {
  readonly graph: "complete" | "harary";
  /** Other clients that each client masks with and shares its secrets with. */
  readonly neighbours: number;
  /** Shares of each secret: the neighbours, and on a complete graph also the client itself. */
  readonly shares: number;
  /** Shares that open a secret. */
  readonly threshold: number;
  /** Signatures on one survivor list before anybody unmasks: more than n(1+γ)/2. */
  readonly quorum: number;
}

export type PlannedCohort =
  | { readonly ok: true; readonly plan: CohortPlan }
  | { readonly ok: false; readonly field: string; readonly message: string };

const refuse = (field: string, message: string): PlannedCohort => ({ ok: false, field, message });
const isFraction = (value: number) => value >= 0 && value < 1;

/** Graph, threshold and quorum for these assumptions, or the field that makes them impossible. */
export function planCohort(assumptions: CohortAssumptions): PlannedCohort {
  const { clients, corrupt, dropout } = assumptions;
  if (!Number.isInteger(clients) || clients < SMALLEST_COHORT || clients > LARGEST_COHORT) {
    return refuse("clients", `${clients}: expected ${SMALLEST_COHORT} to ${LARGEST_COHORT}`);
  }
  if (!isFraction(corrupt)) return refuse("corrupt", `${corrupt}: expected at least 0 and less than 1`);
  if (!isFraction(dropout)) return refuse("dropout", `${dropout}: expected at least 0 and less than 1`);
  const quorum = majority(assumptions);
  const surviving = clients - droppedClients(assumptions);
  if (quorum > surviving) {
    return refuse(
      "dropout",
      `${dropout}: only ${surviving} of ${clients} would be left to sign, ${quorum} signatures are needed`,
    );
  }
  if (clients <= LARGEST_COMPLETE_COHORT) {
    return {
      ok: true,
      plan: {
        graph: "complete",
        neighbours: clients - 1,
        shares: clients,
        threshold: completeThreshold(assumptions),
        quorum,
      },
    };
  }
  const sparse = graphParameters(assumptions);
  if (!sparse || sparse.neighbours > MOST_SHARES) {
    const need = sparse
      ? `${sparse.neighbours} neighbours each, at most ${MOST_SHARES} can hold a share`
      : "a complete graph";
    return refuse("corrupt", `γ = ${corrupt} and δ = ${dropout} need ${need}`);
  }
  return { ok: true, plan: { graph: "harary", shares: sparse.neighbours, ...sparse, quorum } };
}

/** The least integer above n(1+γ)/2: any two such sets of clients share an honest one. */
const majority = (assumptions: CohortAssumptions) =>
  Math.floor(
    (assumptions.clients + Math.max(corruptClients(assumptions), assumptions.corrupt * assumptions.clients)) /
      2,
  ) + 1;

/** Against a coordinator that only looks, more than half already keeps both secrets of one client apart. */
const completeThreshold = (assumptions: CohortAssumptions) =>
  assumptions.adversary === "semi-malicious"
    ? majority(assumptions)
    : Math.max(2, Math.floor(assumptions.clients / 2) + 1, corruptClients(assumptions) + 1);
