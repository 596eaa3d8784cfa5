import { type Aggregation, type ModelVersion, nextVersion, type ParticipationLimit } from "@tacit/server";
import {
  addSealed,
  emptySum,
  isMasked,
  type MetricSum,
  planAt,
  platformPrimitives,
  splitVersion,
  trainedClip,
} from "@tacit/shared";
import { RefusedError } from "../../refused-error.js";
import { isAvailable } from "../clock/availability.js";
import type { ClockSpec } from "../clock/clock-spec.js";
import { drawCohort } from "../clock/draw-cohort.js";
import { type PlayedRound, playRound } from "../clock/play-round.js";
import { bytesOf, PURPOSE } from "../coins.js";
import { type Attendance, mayAttend } from "../columns/attendance.js";
import type { Crew } from "../crew/crew.js";
import { addDeployedNoise } from "../round/cohort-noise.js";
import { countUnsealed, MEASURES, type RoundMeasures, roundMeasures } from "../round/measures.js";
import { protocolSum } from "../round/protocol-sum.js";
import type { RoundSpec } from "../round/round-spec.js";
import type { Stopwatch } from "../round/stopwatch.js";
import type { RunPhase } from "./run-phase.js";
import type { RunState } from "./run-state.js";
import { TrainingDivergedError } from "./training-diverged-error.js";

export interface VersionContext {
  readonly spec: RoundSpec;
  readonly clock: ClockSpec;
  readonly aggregation: Aggregation;
  readonly limit: Pick<ParticipationLimit, "participations" | "minimumSeparation">;
  readonly clients: number;
  readonly crew: Crew;
  readonly stopwatch: Stopwatch<RunPhase>;
  readonly signal: AbortSignal;
}

/** A version that a cohort came to, and how. */
export interface PlayedVersion {
  readonly version: ModelVersion;
  readonly contributors: Uint32Array;
  readonly measures: RoundMeasures;
  /** What the sum told of those that the task names. */
  readonly metrics: readonly MetricSum[];
  readonly now: number;
  readonly cohorts: number;
  readonly failedCohorts: number;
  readonly invited: number;
  readonly lost: number;
  readonly late: number;
  readonly dropped: number;
}

type Played = Extract<PlayedRound, { ok: true }>;

/** How long nobody is looked for when too few were found. */
const PAUSE_SECONDS = 900;
const MOST_PAUSES = 2 * 96;
const MOST_FAILED = 1000;
/** Cohorts that would have given a sum, had all that they trained been finite. */
const MOST_DIVERGED = 10;

/**
 * Draws cohorts until one gives a sum, and makes a version of it. As the coordinator counts, a failed cohort costs nobody
 * a participation.
 * @throws RefusedError where the clock or the limits leave too few clients; TrainingDivergedError; the signal's reason once it is
 * aborted.
 */
export async function playVersion(context: VersionContext, state: RunState): Promise<PlayedVersion> {
  const { spec, clock, aggregation, stopwatch } = context;
  const { size, minimum } = spec.task.cohort;
  const { head } = state;
  const wanted = Math.min(context.clients, Math.ceil(size * clock.overSelection));
  let now = Math.max(state.now, head.modelVersion * clock.roundEverySeconds);
  let { cohorts } = state;
  let [failedCohorts, pauses, diverged] = [0, 0, 0];
  for (;;) {
    context.signal.throwIfAborted();
    const invited = invite(context, state.attendance, head.modelVersion, now, cohorts, wanted);
    if (invited.length < minimum) {
      if (++pauses > MOST_PAUSES) throw new RefusedError(tooFew(context, state, invited.length));
      now += PAUSE_SECONDS;
      cohorts++;
      continue;
    }
    const { modelVersion } = head;
    const cohort = cohorts++;
    const invitation = { seed: spec.seed, modelVersion, cohort, at: now, invited, size, minimum };
    const played = playRound(clock, invitation);
    now = played.endedAt;
    stopwatch.lap("clock");
    const summed = played.ok ? await sumOf(context, head, played) : undefined;
    const next = summed?.ok
      ? nextVersion(aggregation, head, [summed], coordinatorBytes(spec, modelVersion))
      : undefined;
    stopwatch.lap("opening");
    if (played.ok && summed?.ok && next?.ok) {
      const { measured } = summed;
      const clip = splitVersion(spec.task.privacy, head.parameters)?.clip ?? Number.NaN;
      const planned = planAt(spec.plan, clip);
      return {
        version: next.version,
        contributors: played.survivors.filter((_, place) => !Number.isNaN(measured[MEASURES * place])),
        measures: roundMeasures(measured, trainedClip(planned)),
        metrics: next.metrics,
        now,
        cohorts,
        failedCohorts,
        invited: invited.length,
        lost: played.lost,
        late: played.late,
        dropped: played.dropped.length,
      };
    }
    if (summed && !summed.ok && summed.unsealed > 0 && ++diverged >= MOST_DIVERGED) {
      throw new TrainingDivergedError(tooFar(context, modelVersion, summed.unsealed));
    }
    if (++failedCohorts >= MOST_FAILED) {
      throw new RefusedError(
        `${MOST_FAILED} cohorts in a row gave no sum: lower --minimum or --dropout, or raise --deadline`,
      );
    }
  }
}

function invite(
  { spec, clock, limit, clients }: VersionContext,
  attendance: Attendance,
  modelVersion: number,
  now: number,
  draw: number,
  wanted: number,
): number[] {
  const fits = (client: number) =>
    mayAttend(attendance, limit, client, modelVersion + 1) &&
    isAvailable(clock.availability, spec.seed, client, now);
  return drawCohort(spec.seed, draw, clients, wanted, fits);
}

type Summed =
  | {
      readonly ok: true;
      readonly sum: Uint32Array;
      readonly contributors: number;
      /** By survivor. */
      readonly measured: Float64Array;
    }
  /** Of so many survivors the update is not finite. */
  | { readonly ok: false; readonly unsealed: number };

/** The sum as the coordinator opens it. */
async function sumOf(context: VersionContext, head: ModelVersion, played: Played): Promise<Summed> {
  const { spec, crew, stopwatch } = context;
  const { plan, task, seed } = spec;
  const { modelVersion, parameters } = head;
  const work = { modelVersion, parameters, clients: played.survivors };
  if (spec.path === "protocol") return sumByProtocol(context, head, played);
  const { sum, measured } = await crew.sum(work);
  stopwatch.lap("clients");
  const { contributors } = roundMeasures(measured, plan.clip);
  if (contributors < task.cohort.minimum) return noSum(measured);
  const coins = bytesOf(seed, PURPOSE.cohortNoise, modelVersion, 0);
  addDeployedNoise(plan, sum, contributors, spec.standsFor, coins);
  stopwatch.lap("noise");
  return { ok: true, sum, contributors, measured };
}

const noSum = (measured: Float64Array) => ({ ok: false, unsealed: countUnsealed(measured) }) as const;

async function sumByProtocol(
  { spec, crew, stopwatch }: VersionContext,
  head: ModelVersion,
  { survivors, dropped }: Played,
): Promise<Summed> {
  const { modelVersion, parameters } = head;
  const { sealed, measured } = await crew.seal({ modelVersion, parameters, clients: survivors });
  stopwatch.lap("clients");
  const sent = Array.from(survivors, (client, place) => ({ client, sealed: sealed[place] })).flatMap(
    ({ client, sealed: update }) => (update ? [{ client, sealed: update }] : []),
  );
  if (sent.length < spec.task.cohort.minimum) return noSum(measured);
  if (!isMasked(spec.task.privacy)) {
    const sum = emptySum(spec.plan);
    for (const member of sent) addSealed(spec.plan, sum, member.sealed);
    return { ok: true, sum, contributors: sent.length, measured };
  }
  // What those hold who drop out before they send it is nobody's business.
  const gone = dropped.map((one) => ({ ...one, sealed: emptySum(spec.plan) }));
  const summed = await protocolSum(spec, await platformPrimitives(), head, [...sent, ...gone]);
  stopwatch.lap("protocol");
  return summed.ok ? { ...summed, measured } : noSum(measured);
}

const coordinatorBytes = ({ seed }: RoundSpec, modelVersion: number) =>
  bytesOf(seed, PURPOSE.coordinatorNoise, modelVersion, 0);

function tooFar({ spec }: VersionContext, modelVersion: number, unsealed: number): string {
  const { learningRate, localSteps } = spec.task.learning;
  return `round ${modelVersion + 1}: ${MOST_DIVERGED} cohorts gave no sum; in the last of them ${unsealed} clients trained updates that are not finite: lower learning.learningRate (${learningRate}) or learning.localSteps (${localSteps})`;
}

function tooFew(
  { clients, limit, spec }: VersionContext,
  { attendance, head }: RunState,
  found: number,
): string {
  let left = 0;
  for (let client = 0; client < clients; client++) {
    if (mayAttend(attendance, limit, client, head.modelVersion + 1)) left++;
  }
  return `round ${head.modelVersion + 1}: ${found} clients can be invited, ${spec.task.cohort.minimum} are needed; ${left} of ${clients} may still take part (each ${limit.participations} times), and of them too few are available`;
}
