import { combineSums, createOptimiser, splitCohort, type VisibleSum } from "@tacit/server";
import {
  addSealed,
  type ByteSource,
  createMechanism,
  emptySum,
  initialNoise,
  initialParameters,
  type Mechanism,
  networkShape,
  planSealing,
  type Random,
  type SealingPlan,
  seededRandom,
  type TaskSpec,
} from "@tacit/shared";
import { type Attack, poison } from "./attacks.js";
import { clipped, mean, relativeDistance } from "./vectors.js";

/** Updates of all clients, the corrupt ones first, from these parameters in this round. */
export type Train = (
  parameters: Float32Array,
  round: number,
  rewardFlipped: boolean,
) => readonly Float32Array[];

export interface AttackRun {
  readonly task: TaskSpec;
  readonly attack: Attack;
  /** How many clients are corrupt. */
  readonly corrupt: number;
  readonly train: Train;
  readonly seed: number;
}

export interface AttackResult {
  readonly parameters: Float32Array;
  /** Of the first round's update from the honest clients' mean, in lengths of that mean; 1 where the round is lost. */
  readonly distance: number;
  /** Rounds that left the model as it was: too many updates were beyond the norm bound. */
  readonly lostRounds: number;
}

/** Trains for all of the task's rounds with corrupt clients in each, through the product's sealing, opening and combining. */
export function attackTraining({ task, attack, corrupt, train, seed }: AttackRun): AttackResult {
  const random = seededRandom(seed);
  const bytes = seededBytes(random);
  const optimiser = createOptimiser(task.aggregation);
  let parameters = initialParameters(networkShape(task), task.model.seed);
  let state = new Float32Array();
  const planned = planSealing(task, parameters.length);
  if (!planned.ok) throw new RangeError(`${planned.field}: ${planned.message}`);
  const { plan } = planned;
  let distance = Number.NaN;
  let lostRounds = 0;
  for (let round = 0; round < task.rounds; round++) {
    const updates = train(parameters, round, attack === "reward-flip");
    const sent = [...poison(attack, updates.slice(0, corrupt)), ...updates.slice(corrupt)];
    const seedOfRotation = `attack/${round}`;
    const mechanism = createMechanism(plan, seedOfRotation);
    const free = createMechanism(withoutClip(plan), seedOfRotation);
    const sealed = sent.map((update, i) =>
      seal(attack === "scaled-past-clip" && i < corrupt ? free : mechanism, update, bytes),
    );
    const combined = combineSums({
      task,
      plan,
      mechanism,
      sums: visibleSums(task, plan, sealed, random),
      noiseState: initialNoise(plan),
      bytes,
    });
    const lost = !combined || combined.contributors < task.cohort.minimum;
    if (lost) lostRounds++;
    const update = lost ? new Float32Array(parameters.length) : combined.joint;
    if (round === 0) {
      const honest = updates.slice(corrupt).map((vector) => clipped(vector, plan.clip));
      distance = relativeDistance(update, mean(honest));
    }
    const stepped = optimiser.step(parameters, update, state);
    parameters = Float32Array.from(stepped.parameters);
    state = Float32Array.from(stepped.state);
  }
  return { parameters, distance, lostRounds };
}

/** As a client does that was rewritten so. */
const withoutClip = (plan: SealingPlan): SealingPlan => ({
  ...plan,
  clip: Number.POSITIVE_INFINITY,
  integerNorm: Number.POSITIVE_INFINITY,
});

function seal(mechanism: Mechanism, update: Float32Array, bytes: ByteSource): Uint32Array {
  const sealed = mechanism.seal(update, bytes);
  if (!sealed.ok) throw new Error(`an update could not be sealed: ${sealed.reason}`);
  return sealed.sealed;
}

/** Single updates, or the sums of random groups. */
function visibleSums(
  { cohort, privacy }: TaskSpec,
  plan: SealingPlan,
  sealed: readonly Uint32Array[],
  random: Random,
): readonly VisibleSum[] {
  if (privacy.mode !== "distributed") return sealed.map((sum) => ({ sum, contributors: 1 }));
  const places = sealed.map((_, i) => String(i));
  return splitCohort(places, cohort.groups, random).map((group) => {
    const sum = emptySum(plan);
    for (const place of group) addSealed(plan, sum, sealed[Number(place)] ?? emptySum(plan));
    return { sum, contributors: group.length };
  });
}

/** Repeatable, and so for simulations only. */
const seededBytes = (random: Random): ByteSource => ({
  fill(bytes) {
    for (let i = 0; i < bytes.length; i++) bytes[i] = random.integer(256);
  },
});
