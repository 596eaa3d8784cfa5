import { setTimeout as pause } from "node:timers/promises";
import { randomHex } from "@tacit/shared";
import { chooseEngine, type EngineChoice } from "../../population/engine-choice.js";
import { PROGRAM_VERSION } from "../../program-version.js";
import type { Crew } from "../crew/crew.js";
import { ThreadCrew } from "../crew/thread-crew.js";
import { MEASURES } from "../round/measures.js";
import type { RoundSpec } from "../round/round-spec.js";
import { timeSince } from "../round/stopwatch.js";
import { roundSpecOf } from "../run/run-plan.js";
import type { RunSpec } from "../run/run-spec.js";
import { ChunkQueue, type TakenJob } from "./chunk-queue.js";
import { bytesOfNumbers, singlesOf } from "./number-words.js";
import { patiently } from "./patiently.js";
import { preparedFrom, readSpec } from "./prepared-from.js";
import { RunTables } from "./run-tables.js";

export interface WorkerOptions {
  readonly url: string;
  /** Threads of this process. */
  readonly workers: number;
  readonly engine: EngineChoice;
  readonly say: (line: string) => void;
  /** Ends it once the chunk in hand is done. */
  readonly signal: AbortSignal;
}

const IDLE_MILLISECONDS = 25;
const NO_RUN_MILLISECONDS = 500;
const FAILED_MILLISECONDS = 1000;
/** Chunks in a row that could not be played, and this process is no use. */
const MOST_FAILED = 20;
const LIFE_MILLISECONDS = 3000;
/** Looks in a row that find a run without a sign of life. */
const MISSES = 2;
const WORKER_BYTES = 8;

/** Works for one run after the other, as long as there are any, until it is stopped. */
export async function playChunks(options: WorkerOptions): Promise<void> {
  const { url, say, signal } = options;
  const engine = (await chooseEngine(options.engine)).name;
  const tables = await RunTables.open(url);
  const queue = await ChunkQueue.open(url, false, (error) => say(`the queue: ${error.message}`)).catch(
    async (error: unknown) => {
      await tables.close();
      throw error;
    },
  );
  const refused: string[] = [];
  try {
    say(`waiting for a run, with ${options.workers} threads on ${engine}`);
    while (!signal.aborted) {
      const run = await patiently(() => tables.living(refused), say, signal);
      if (!run) {
        await pause(NO_RUN_MILLISECONDS);
        continue;
      }
      const spec = readSpec(run.spec);
      const problem = refusal(spec, engine);
      if (problem) {
        refused.push(run.id);
        say(`run ${run.id}: ${problem}`);
        continue;
      }
      const data = await patiently(() => tables.data(run.id), say, signal);
      const { catalogue, population } = preparedFrom(spec, data);
      const round = roundSpecOf(spec);
      const crew = await ThreadCrew.start({ ...options, spec: round, catalogue, population });
      say(`run ${run.id}: ${crew.population.clients} clients ready`);
      try {
        const chunks = await playRun({ options, tables, queue, run: run.id, round, crew });
        say(`run ${run.id}: ${chunks} chunks played`);
      } finally {
        await crew.close();
      }
    }
  } finally {
    await queue.close();
    await tables.close();
  }
}

/** Why this process must not work for the run. */
function refusal(spec: RunSpec, engine: string): string | undefined {
  if (spec.engine !== engine)
    return `it wants the engine ${spec.engine}, here is ${engine}: results would differ`;
  if (spec.program === PROGRAM_VERSION) return undefined;
  return `it is of version ${spec.program}, this is ${PROGRAM_VERSION}: results might differ`;
}

interface Working {
  readonly options: WorkerOptions;
  readonly tables: RunTables;
  readonly queue: ChunkQueue;
  readonly run: string;
  readonly round: RoundSpec;
  readonly crew: Crew;
}

/** Plays what there is to play until the run ends. Returns how many chunks. */
async function playRun(working: Working): Promise<number> {
  const { options, tables, queue, run } = working;
  const { say, signal } = options;
  const worker = randomHex(WORKER_BYTES);
  const latest = latestVersion(tables, run);
  let [played, failed, misses, looked] = [0, 0, 0, performance.now()];
  while (!signal.aborted) {
    if (performance.now() - looked > LIFE_MILLISECONDS) {
      const lives = await patiently(() => tables.lives(run), say, signal);
      misses = lives ? 0 : misses + 1;
      if (misses === MISSES) break;
      looked = performance.now();
    }
    const job = await queue.take(run).catch(() => undefined);
    if (!job) {
      await pause(IDLE_MILLISECONDS);
      continue;
    }
    try {
      // Whoever takes a chunk of somebody who was only slow may find it done.
      const place = { run, sum: job.sum, chunk: job.chunk };
      const parameters = (await tables.hasChunk(place)) ? undefined : await latest(job.modelVersion);
      if (parameters) {
        await playChunk(working, worker, job, parameters);
        played++;
      }
      await queue.done(run, job.jobId);
      failed = 0;
    } catch (error) {
      if (++failed === MOST_FAILED) throw error;
      say(
        `run ${run}, chunk ${job.chunk}: ${error instanceof Error ? error.message : error}; another may try`,
      );
      await queue.giveBack(run, job.jobId).catch(() => undefined);
      await pause(FAILED_MILLISECONDS);
    }
  }
  return played;
}

/** Reads each version once. Undefined for one that is gone: it was made without this chunk, or its run is over. */
function latestVersion(tables: RunTables, run: string) {
  let latest: { readonly modelVersion: number; readonly parameters: Float32Array } | undefined;
  return async (modelVersion: number): Promise<Float32Array | undefined> => {
    if (latest?.modelVersion !== modelVersion) {
      const bytes = await tables.version(run, modelVersion);
      latest = bytes && { modelVersion, parameters: singlesOf(bytes) };
    }
    return latest?.parameters;
  };
}

async function playChunk(
  { tables, run, round, crew }: Working,
  worker: string,
  { sum, chunk, modelVersion, clients, apart }: TakenJob,
  parameters: Float32Array,
): Promise<void> {
  const work = { modelVersion, parameters, clients: Uint32Array.from(clients) };
  const before = { ...crew.spent };
  const played = apart ? await sealApart(crew, round, work) : await crew.sum(work);
  const words = "sum" in played ? played.sum : played.words;
  await tables.putChunk(
    { run, sum, chunk },
    {
      worker,
      threads: crew.workers,
      words: bytesOfNumbers(words),
      measured: bytesOfNumbers(played.measured),
      spent: timeSince(before, crew.spent),
    },
  );
}

/** The sealed updates one behind the other; zeros where a client made none, as its measurements say. */
async function sealApart(crew: Crew, { plan }: RoundSpec, work: Parameters<Crew["seal"]>[0]) {
  const { sealed, measured } = await crew.seal(work);
  const words = new Uint32Array((measured.length / MEASURES) * plan.dimension);
  for (const [place, vector] of sealed.entries()) if (vector) words.set(vector, place * plan.dimension);
  return { words, measured };
}
