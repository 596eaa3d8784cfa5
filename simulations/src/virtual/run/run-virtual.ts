import { createHash } from "node:crypto";
import { canonicalJson, createTaskModel, type Engine } from "@tacit/shared";
import { RefusedError } from "../../refused-error.js";
import { attendanceBytes, emptyAttendance } from "../columns/attendance.js";
import { populationBytes } from "../columns/population.js";
import type { Crew } from "../crew/crew.js";
import type { RoundSpec } from "../round/round-spec.js";
import { type ClientPhase, type Spent, Stopwatch } from "../round/stopwatch.js";
import { decodeCheckpoint, encodeCheckpoint, readCheckpoint, writeCheckpoint } from "./checkpoint.js";
import { type FinalRanking, finalRanking } from "./final-ranking.js";
import { type HeardMetrics, heardInRun } from "./heard-metrics.js";
import { hitRate } from "./hit-rate.js";
import { networkParameters } from "./network-parameters.js";
import { firstState, nextState } from "./next-state.js";
import { playVersion } from "./play-version.js";
import type { PreparedRun } from "./prepare-run.js";
import { noRunTime, type RunPhase } from "./run-phase.js";
import { roundSpecOf } from "./run-plan.js";
import { distinctClients, type RunSpec } from "./run-spec.js";
import type { RoundReport, RunState } from "./run-state.js";
import { versionContext } from "./version-context.js";

export interface VirtualRunOptions {
  readonly prepared: PreparedRun;
  /** For this thread, which looks at the model. */
  readonly engine: Engine;
  /** Of the same name as this thread's engine. */
  readonly startCrew: (spec: RoundSpec, prepared: PreparedRun) => Promise<Crew>;
  /** Rounds between two looks at HR@10; the last one is looked at in any case. */
  readonly evaluateEvery: number;
  /** Clients whose ranking is looked at in the end. */
  readonly users: number;
  readonly checkpoint?: CheckpointOptions | undefined;
  readonly signal: AbortSignal;
  readonly progress: RunProgress;
}

interface CheckpointOptions {
  readonly folder: string;
  /** Rounds between two. */
  readonly every: number;
  readonly resume: boolean;
}

/** What a run tells whoever watches it. */
export interface RunProgress {
  population(clients: number, bytesPerClient: number, seconds: number): void;
  /** @param seconds since this process began with rounds. */
  round(report: RoundReport, rounds: number, clientRounds: number, seconds: number): void;
  stop(): void;
}

/** All that a run found out, and what it took. */
export interface VirtualRunResult {
  readonly spec: RunSpec;
  readonly state: RunState;
  readonly ranking: FinalRanking;
  /** Undefined where the task names no metrics. */
  readonly heard: HeardMetrics | undefined;
  readonly bytesPerClient: number;
  readonly engine: string;
  readonly workers: number;
  /** Of this process: a resumed run's others are not in them. */
  readonly seconds: number;
  readonly roundSeconds: number;
  readonly clientRounds: number;
  readonly peakMemoryBytes: number;
  readonly runTime: Readonly<Spent<RunPhase>>;
  readonly clientTime: Readonly<Spent<ClientPhase>>;
}

/** Plays all rounds of a run that are left, in virtual time. */
export async function runVirtual(options: VirtualRunOptions): Promise<VirtualRunResult> {
  const { prepared, engine, signal, progress } = options;
  const { spec, catalogue } = prepared;
  const { task, seed } = spec;
  const started = performance.now();
  const stopwatch = new Stopwatch(noRunTime());
  const round = roundSpecOf(spec);
  const run = createHash("sha256").update(canonicalJson(spec)).digest("hex");
  const resumed = await resumedState(options, run);
  const crew = await options.startCrew(round, prepared);
  try {
    const { population } = crew;
    const { clients } = population;
    const attendance = resumed?.attendance ?? emptyAttendance(clients, task.rounds);
    const bytesPerClient = (populationBytes(population) + attendanceBytes(attendance)) / clients;
    stopwatch.lap("population");
    progress.population(clients, bytesPerClient, stopwatch.spent.population);
    const model = createTaskModel({ task, catalogue, engine });
    const looking = { model, population, distinct: distinctClients(spec), seed };
    const look = hitRate(looking);
    const hitRateOf = (vector: Float32Array) => look(networkParameters(task, vector));
    const context = versionContext(spec, round, crew, stopwatch, signal);
    let state = resumed ?? firstState(context.aggregation, attendance, hitRateOf);
    stopwatch.lap("evaluation");
    const begun = performance.now();
    let clientRounds = 0;
    while (state.head.modelVersion < task.rounds) {
      const played = await playVersion(context, state);
      clientRounds += played.contributors.length;
      const { modelVersion } = played.version;
      const looks = modelVersion % options.evaluateEvery === 0 || modelVersion === task.rounds;
      const rate = looks ? hitRateOf(played.version.parameters) : undefined;
      stopwatch.lap("evaluation");
      state = nextState(spec, state, played, rate);
      if (
        options.checkpoint &&
        (modelVersion % options.checkpoint.every === 0 || modelVersion === task.rounds)
      ) {
        await writeCheckpoint(options.checkpoint.folder, encodeCheckpoint(run, task.rounds, state));
      }
      stopwatch.lap("checkpoint");
      const report = state.rounds.at(-1);
      if (report) progress.round(report, task.rounds, clientRounds, (performance.now() - begun) / 1000);
    }
    const roundSeconds = (performance.now() - begun) / 1000;
    const parameters = networkParameters(task, state.head.parameters);
    const ranking = finalRanking(looking, parameters, options.users);
    const heard = heardInRun(looking, state, parameters);
    stopwatch.lap("evaluation");
    return {
      spec,
      state,
      ranking,
      heard,
      bytesPerClient,
      engine: crew.engine,
      workers: crew.workers,
      seconds: (performance.now() - started) / 1000,
      roundSeconds,
      clientRounds,
      peakMemoryBytes: 1024 * process.resourceUsage().maxRSS,
      runTime: stopwatch.spent,
      clientTime: crew.spent,
    };
  } finally {
    progress.stop();
    await crew.close();
  }
}

async function resumedState({ checkpoint }: VirtualRunOptions, run: string): Promise<RunState | undefined> {
  if (!checkpoint) return undefined;
  const { folder, resume } = checkpoint;
  const bytes = await readCheckpoint(folder);
  if (!resume) {
    if (!bytes) return undefined;
    throw new RefusedError(`${folder} holds a checkpoint: go on with --resume, or take another folder`);
  }
  if (!bytes) throw new RefusedError(`${folder} holds no checkpoint`);
  const read = decodeCheckpoint(bytes, run);
  if (!read.ok) throw new RefusedError(`${folder}: ${read.message}`);
  return read.state;
}
