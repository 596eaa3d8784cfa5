import {
  coordinatorStatement,
  epsilonOfZcdp,
  groupOf,
  releasesStatement,
  type SealingPlan,
  type TaskSpec,
} from "@tacit/shared";
import { type Ledger, lifetimeRho, participations } from "./ledger.js";

/** What this device agrees to at most, whatever a task or its coordinator asks for. */
export interface ClientLimits {
  /** Whether a task may leave all noise to its coordinator (mode `trusted`), against which nothing is promised then. */
  readonly trustCoordinator: boolean;
  /** Greatest epsilon of the task against whoever sees the released models. */
  readonly releasesEpsilon: number;
  /** Greatest epsilon of the task against the coordinator, which sees sums where updates are masked, else single updates. */
  readonly coordinatorEpsilon: number;
  /** Greatest epsilon of all tasks together, ever, against whoever sees all their released models; at δ = 1e-5. */
  readonly lifetimeEpsilon: number;
  /** Greatest number of participations in one task. */
  readonly participations: number;
  /** Least noise multiplier. */
  readonly noiseMultiplier: number;
  /** Fewest clients whose updates are summed. */
  readonly cohort: number;
}

export const DEFAULT_LIMITS: ClientLimits = {
  trustCoordinator: false,
  releasesEpsilon: 10,
  coordinatorEpsilon: Number.POSITIVE_INFINITY,
  lifetimeEpsilon: 30,
  participations: 100,
  noiseMultiplier: 0.5,
  cohort: 3,
};

/** What is left out, or undefined, is as by default: a limit that nobody has set must not be one that nothing reaches. */
export const limitsOf = (given: { readonly [name in keyof ClientLimits]?: unknown } = {}): ClientLimits => ({
  ...DEFAULT_LIMITS,
  ...Object.fromEntries(Object.entries(given).filter(([, limit]) => limit !== undefined)),
});

export type LimitReason =
  | "coordinator-not-trusted"
  | "noise-too-small"
  | "cohort-too-small"
  | "participations-spent"
  | "budget-spent";

export interface LimitReached {
  readonly ok: false;
  readonly reason: LimitReason;
  readonly message: string;
}

export interface LimitedTask {
  readonly task: TaskSpec;
  readonly taskHash: string;
  readonly plan: Pick<SealingPlan, "updateLength">;
}

const DEVICE_DELTA = 1e-5;

/** A task whose own δ is larger would make its epsilon look small. */
const atDeviceDelta = (task: TaskSpec): TaskSpec => ({
  ...task,
  privacy: { ...task.privacy, delta: Math.min(task.privacy.delta, DEVICE_DELTA) },
});

/** Everything a device has ever spent, as one epsilon at δ = 1e-5. */
export const lifetimeEpsilon = (rho: number): number => epsilonOfZcdp(rho, DEVICE_DELTA);

/** What the next participation costs, in zero-concentrated differential privacy. */
export const participationRho = ({ task, plan }: LimitedTask): number =>
  releasesStatement(task, plan.updateLength, 1).rho;

/**
 * The first version that this client may train from, after its last participation: noise that is correlated over
 * rounds counts on a client's rounds being apart.
 */
export function nextVersion({ task, taskHash }: LimitedTask, ledger: Ledger): number {
  const { correlation } = task.privacy;
  if (!correlation) return 0;
  return ledger
    .filter((entry) => entry.taskHash === taskHash)
    .reduce((next, entry) => Math.max(next, entry.modelVersion + 1 + correlation.minimumSeparation), 0);
}

/** Why this client does not make one more participation beside those in its ledger; undefined where it may. */
export function limitReached(
  limits: ClientLimits,
  limited: LimitedTask,
  ledger: Ledger,
): LimitReached | undefined {
  const { task, taskHash, plan } = limited;
  const { mode, noiseMultiplier, maximumParticipations } = task.privacy;
  if (mode === "trusted" && !limits.trustCoordinator) {
    const message = "privacy.mode: trusted, this client does not leave the noise to the coordinator";
    return { ok: false, reason: "coordinator-not-trusted", message };
  }
  if (noiseMultiplier < limits.noiseMultiplier) {
    return reached("noise-too-small", "privacy.noiseMultiplier", noiseMultiplier, limits.noiseMultiplier);
  }
  const { minimum } = groupOf(task.cohort);
  if (minimum < limits.cohort) {
    const field = task.cohort.groups > 1 ? "cohort.minimum / cohort.groups" : "cohort.minimum";
    return reached("cohort-too-small", field, minimum, limits.cohort);
  }
  const next = participations(ledger, taskHash) + 1;
  const most = Math.min(limits.participations, maximumParticipations);
  if (next > most) return reached("participations-spent", "participations", next, most);
  const judged = atDeviceDelta(task);
  const releases = releasesStatement(judged, plan.updateLength, next).epsilon;
  if (!(releases <= limits.releasesEpsilon)) {
    return reached("budget-spent", "releasesEpsilon", releases, limits.releasesEpsilon);
  }
  const coordinator = coordinatorStatement(judged, plan.updateLength, next).epsilon;
  if (!(coordinator <= limits.coordinatorEpsilon)) {
    return reached("budget-spent", "coordinatorEpsilon", coordinator, limits.coordinatorEpsilon);
  }
  const lifetime = lifetimeEpsilon(lifetimeRho(ledger) + participationRho(limited));
  if (!(lifetime <= limits.lifetimeEpsilon)) {
    return reached("budget-spent", "lifetimeEpsilon", lifetime, limits.lifetimeEpsilon);
  }
  return undefined;
}

function reached(reason: LimitReason, field: string, value: number, limit: number): LimitReached {
  return { ok: false, reason, message: `${field}: ${value}, this client's limit is ${limit}` };
}
