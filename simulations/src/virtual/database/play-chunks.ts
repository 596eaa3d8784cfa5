import { setTimeout as pause } from "node:timers/promises";
import { chooseEngine, type EngineChoice } from "../../population/engine-choice.js";
import type { Crew } from "../crew/crew.js";
import { ThreadCrew } from "../crew/thread-crew.js";
import { MEASURES } from "../round/measures.js";
import type { RoundSpec } from "../round/round-spec.js";
import { timeSince } from "../round/stopwatch.js";
import { roundSpecOf } from "../run/run-plan.js";
import { ChunkQueue, type TakenJob } from "./chunk-queue.js";
import { bytesOfNumbers, singlesOf } from "./number-words.js";
import { preparedFrom } from "./prepared-from.js";
import { type PostedRun, RunTables } from "./run-tables.js";

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
/** Jobs between two looks whether their run still lives, when there are none. */
const LOOKS_FOR_LIFE = 40;

/** Works for one run after the other, as long as there are any, until it is stopped. */
export async function playChunks(options: WorkerOptions): Promise<void> {
  const { url, say, signal } = options;
  const engine = (await chooseEngine(options.engine)).name;
  const tables = await RunTables.open(url);
  const queue = await ChunkQueue.open(url, false, (error) => say(`the queue: ${error.message}`));
  const refused = new Set<string>();
  try {
    say(`waiting for a run, with ${options.workers} threads on ${engine}`);
    while (!signal.aborted) {
      const run = await tables.living();
      if (!run || refused.has(run.id)) {
        await pause(NO_RUN_MILLISECONDS);
        continue;
      }
      const { spec, catalogue, population } = preparedFrom(run);
      if (spec.engine !== engine) {
        refused.add(run.id);
        say(`run ${run.id} wants the engine ${spec.engine}, here is ${engine}: results would differ`);
        continue;
      }
      const round = roundSpecOf(spec);
      const crew = await ThreadCrew.start({ ...options, spec: round, catalogue, population });
      say(`run ${run.id}: ${crew.population.clients} clients ready`);
      try {
        const chunks = await playRun({ options, tables, queue, run, round, crew });
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

interface Working {
  readonly options: WorkerOptions;
  readonly tables: RunTables;
  readonly queue: ChunkQueue;
  readonly run: PostedRun;
  readonly round: RoundSpec;
  readonly crew: Crew;
}

/** Plays what there is to play until the run ends. Returns how many chunks. */
async function playRun({ options, tables, queue, run, round, crew }: Working): Promise<number> {
  let played = 0;
  let idle = 0;
  let version: { readonly modelVersion: number; readonly parameters: Float32Array } | undefined;
  while (!options.signal.aborted) {
    const job = await queue.take(run.id);
    if (!job) {
      if (idle++ % LOOKS_FOR_LIFE === 0 && !(await tables.lives(run.id))) break;
      await pause(IDLE_MILLISECONDS);
      continue;
    }
    idle = 0;
    if (version?.modelVersion !== job.modelVersion) {
      const bytes = await tables.version(run.id, job.modelVersion);
      version = bytes && { modelVersion: job.modelVersion, parameters: singlesOf(bytes) };
    }
    // A version that is gone has been made without this chunk, or its run is over.
    if (version) await playChunk({ tables, run, round, crew }, job, version.parameters);
    await queue.done(run.id, job.jobId);
    played++;
  }
  return played;
}

async function playChunk(
  { tables, run, round, crew }: Pick<Working, "tables" | "run" | "round" | "crew">,
  { sum, chunk, modelVersion, clients, apart }: TakenJob,
  parameters: Float32Array,
): Promise<void> {
  const work = { modelVersion, parameters, clients: Uint32Array.from(clients) };
  const before = { ...crew.spent };
  const played = apart ? await sealApart(crew, round, work) : await crew.sum(work);
  const words = "sum" in played ? played.sum : played.words;
  await tables.putChunk(
    { run: run.id, sum, chunk },
    {
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
