import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { MetricName } from "../../evaluation/evaluate.js";
import { writeVersion } from "../../trained-model/write-trained-model.js";
import type { FinalRanking } from "./final-ranking.js";
import type { HeardMetrics } from "./heard-metrics.js";
import { heardLines, NAME_WIDTH } from "./heard-text.js";
import { coordinatorEpsilonOf, epsilonOf } from "./run-plan.js";
import type { RunSpec } from "./run-spec.js";
import type { RoundReport } from "./run-state.js";
import { duration, epsilonText, megabytes } from "./run-text.js";
import type { VirtualRunResult } from "./run-virtual.js";
import { standingNotes } from "./standing-notes.js";

/** What `--json` prints. Everything but `measured` depends on the options only, not on the machine or its workers. */
export interface RunReport {
  readonly population: RunSpec["population"];
  readonly path: RunSpec["path"];
  readonly clock: RunSpec["clock"];
  readonly seed: number;
  readonly engine: string;
  readonly cohort: { readonly size: number; readonly minimum: number };
  /** People for whom each client stands: noise and epsilon are those of so many more. */
  readonly standsFor: number;
  /** Of one client at most. */
  readonly participations: number;
  /** Link of the model's hash chain: the same for the same run. */
  readonly modelHash: string;
  readonly parameters: number;
  readonly bytesPerClient: number;
  /** Of the client that took part most often; null: nothing is promised. */
  readonly privacy: {
    readonly releasesEpsilon: number | null;
    readonly coordinatorEpsilon: number | null;
    readonly delta: number;
    readonly noiseMultiplier: number;
  };
  readonly hitRate: { readonly initial: number; readonly final: number | null };
  /** After the last round. */
  readonly ranking: FinalRanking;
  /** What the sums told of the metrics that the task names. */
  readonly heard?: HeardMetrics;
  readonly virtualSeconds: number;
  readonly failedCohorts: number;
  readonly rounds: readonly RoundReport[];
  readonly measured: {
    readonly workers: number;
    readonly seconds: number;
    readonly roundSeconds: number;
    readonly clientRounds: number;
    readonly clientRoundsPerSecond: number;
    readonly peakMemoryBytes: number;
    /** Seconds of the run's own thread; `clients` is its wait for the workers. */
    readonly run: VirtualRunResult["runTime"];
    /** Seconds of all workers together; `waiting` is what they were idle while a round ran. */
    readonly clients: VirtualRunResult["clientTime"] & { readonly waiting: number };
  };
}

export function runReport(result: VirtualRunResult): RunReport {
  const { spec, state, engine, workers, bytesPerClient, runTime, clientTime } = result;
  const { task } = spec;
  const { rounds, head } = state;
  const busy = Object.values(clientTime).reduce((sum, seconds) => sum + seconds, 0);
  return {
    population: spec.population,
    path: spec.path,
    clock: spec.clock,
    seed: spec.seed,
    engine,
    cohort: { size: task.cohort.size, minimum: task.cohort.minimum },
    standsFor: spec.standsFor ?? 1,
    participations: task.privacy.maximumParticipations,
    modelHash: head.hash,
    parameters: head.parameters.length,
    bytesPerClient,
    privacy: {
      releasesEpsilon: epsilonOf(spec, state.mostParticipations),
      coordinatorEpsilon: coordinatorEpsilonOf(spec, state.mostParticipations),
      delta: task.privacy.delta,
      noiseMultiplier: spec.private ? task.privacy.noiseMultiplier : 0,
    },
    hitRate: { initial: state.initialHitRate, final: rounds.at(-1)?.hitRate ?? null },
    ranking: result.ranking,
    ...(result.heard && { heard: result.heard }),
    virtualSeconds: state.now,
    failedCohorts: rounds.reduce((sum, { failedCohorts }) => sum + failedCohorts, 0),
    rounds,
    measured: {
      workers,
      seconds: result.seconds,
      roundSeconds: result.roundSeconds,
      clientRounds: result.clientRounds,
      clientRoundsPerSecond: result.clientRounds / Math.max(1e-9, result.roundSeconds),
      peakMemoryBytes: result.peakMemoryBytes,
      run: runTime,
      clients: { ...clientTime, waiting: Math.max(0, workers * runTime.clients - busy) },
    },
  };
}

/** The figures for people. */
export function runSummary(report: RunReport): string[] {
  const { measured, hitRate, ranking, privacy, cohort, participations, standsFor } = report;
  const final = hitRate.final === null ? "–" : hitRate.final.toFixed(3);
  const row = (name: string, text: string) => `${name.padEnd(NAME_WIDTH)}${text}`;
  return [
    row("clients", `${report.population.clients}, ${report.bytesPerClient.toFixed(1)} bytes each`),
    row(
      "rounds",
      `${report.rounds.length} of ${cohort.size} clients (at least ${cohort.minimum}), ${report.failedCohorts} cohorts failed`,
    ),
    ...standingNotes(standsFor, report.population.clients, cohort.size).map((note) => row("stand-ins", note)),
    row("course", `HR@10 ${hitRate.initial.toFixed(3)} at first, ${final} at last, of a sample`),
    row("HR@10", comparison(ranking, "hr@10")),
    row("NDCG@10", comparison(ranking, "ndcg@10")),
    ...(report.heard ? heardLines(report.heard) : []),
    row(
      "epsilon",
      `${epsilonText(privacy.releasesEpsilon)} against the released models, ${epsilonText(privacy.coordinatorEpsilon)} against the coordinator, at delta ${privacy.delta}; at most ${participations} participations a client`,
    ),
    row("virtual time", duration(report.virtualSeconds)),
    row(
      "time",
      `${duration(measured.seconds)}, ${Math.round(measured.clientRoundsPerSecond)} clients/s on ${measured.workers} workers (${report.engine}), at most ${megabytes(measured.peakMemoryBytes)}`,
    ),
    row("model", report.modelHash),
  ];
}

function comparison({ users, draws, model, popularity }: FinalRanking, name: MetricName): string {
  const [own, usual] = [model[name], popularity[name]].map(
    ({ mean, standardError }) => `${mean.toFixed(4)} ± ${(2 * standardError).toFixed(4)}`,
  );
  return `${own}, popularity ${usual} (${users} users, 99 others, ${draws} draws)`;
}

/** Where the time went. */
export function runProfile({ measured }: RunReport): string[] {
  const lines = (title: string, spent: Readonly<Record<string, number>>) => {
    const total = Object.values(spent).reduce((sum, seconds) => sum + seconds, 0);
    const rows = Object.entries(spent).map(([phase, seconds]) => {
      const share = total > 0 ? (100 * seconds) / total : 0;
      return `  ${phase.padEnd(16)}${seconds.toFixed(2).padStart(9)} s ${share.toFixed(1).padStart(6)} %`;
    });
    return [title, ...rows];
  };
  const each = (1e6 * sumOf(measured.clients)) / Math.max(1, measured.clientRounds);
  return [
    ...lines("this thread", measured.run),
    ...lines(`${measured.workers} workers together`, measured.clients),
    `  ${each.toFixed(0)} µs of a worker for each client and round`,
  ];
}

const sumOf = (spent: Readonly<Record<string, number>>): number =>
  Object.values(spent).reduce((sum, seconds) => sum + seconds, 0);

/** Writes figures, model and task into a folder, made when missing. */
export async function writeRun(folder: string, result: VirtualRunResult, report: RunReport): Promise<void> {
  const { modelVersion, parameters: vector } = result.state.head;
  await writeVersion(folder, { task: result.spec.task, modelVersion, vector });
  await writeFile(join(folder, "report.json"), `${JSON.stringify(report, null, 2)}\n`);
}
