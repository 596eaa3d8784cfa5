import { setTimeout as pause } from "node:timers/promises";
import { addSealed, canonicalJson, emptySum, randomHex } from "@tacit/shared";
import type { Population } from "../columns/population.js";
import type { Crew, SealedChunk } from "../crew/crew.js";
import { MEASURES } from "../round/measures.js";
import type { RoundSpec, RoundWork } from "../round/round-spec.js";
import { addTime, noClientTime } from "../round/stopwatch.js";
import type { ChunkSum } from "../round/sum-chunk.js";
import type { PreparedRun } from "../run/prepare-run.js";
import { ChunkQueue } from "./chunk-queue.js";
import { encodeDataset } from "./dataset-bytes.js";
import { bytesOfNumbers, doublesOf, wordsOf } from "./number-words.js";
import { patiently } from "./patiently.js";
import { type ChunkResult, RunTables } from "./run-tables.js";

interface DatabaseCrewOptions {
  readonly url: string;
  readonly spec: RoundSpec;
  readonly prepared: PreparedRun;
  /** This process looks at the clients, too; it does not play them. */
  readonly population: Population;
  /** Hears of trouble that is being mended, and of waiting. */
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

const RUN_ID_BYTES = 8;
const BEAT_MILLISECONDS = 2000;
const LOOK_MILLISECONDS = 10;
const SILENCE_MILLISECONDS = 20_000;
/** So many chunks, or chunks of so many clients, whichever are fewer. */
const MOST_CHUNKS = 64;
const FEWEST_CLIENTS = 8;

/**
 * Processes anywhere that share a database: each takes chunks of a round's clients until none is left. What a process
 * held when it died goes to another.
 */
export class DatabaseCrew implements Crew {
  readonly engine: string;
  readonly population: Population;
  readonly #spec: RoundSpec;
  readonly #id: string;
  readonly #tables: RunTables;
  readonly #queue: ChunkQueue;
  readonly #say: (line: string) => void;
  readonly #signal: AbortSignal;
  readonly #beat: ReturnType<typeof setInterval>;
  readonly #spent = noClientTime();
  readonly #threads = new Map<string, number>();
  #sums = 0;

  private constructor(options: DatabaseCrewOptions, id: string, tables: RunTables, queue: ChunkQueue) {
    this.engine = options.prepared.spec.engine;
    this.population = options.population;
    this.#spec = options.spec;
    this.#say = options.say;
    this.#signal = options.signal;
    this.#id = id;
    this.#tables = tables;
    this.#queue = queue;
    this.#beat = setInterval(() => {
      tables.beat(id).catch((error: unknown) => options.say(`the database does not answer: ${error}`));
    }, BEAT_MILLISECONDS);
  }

  /** Posts the run: from then on processes may join. */
  static async start(options: DatabaseCrewOptions): Promise<DatabaseCrew> {
    const { url, prepared, population, say } = options;
    const id = randomHex(RUN_ID_BYTES);
    const { spec, catalogue } = prepared;
    const tables = await RunTables.open(url);
    const queue = await ChunkQueue.open(url, true, (error) => say(`the queue: ${error.message}`)).catch(
      async (error: unknown) => {
        await tables.close();
        throw error;
      },
    );
    try {
      for (const dead of await tables.forget()) await queue.remove(dead);
      await queue.create(id);
      const data = spec.population.kind === "movies" ? null : encodeDataset({ catalogue, population });
      await tables.post({ id, spec: canonicalJson(spec) }, data);
      return new DatabaseCrew(options, id, tables, queue);
    } catch (error) {
      await queue.close();
      await tables.close();
      throw error;
    }
  }

  /** Threads of everybody who has handed in a chunk so far. */
  get workers(): number {
    return [...this.#threads.values()].reduce((sum, threads) => sum + threads, 0);
  }

  get spent() {
    return this.#spent;
  }

  async sum(work: RoundWork): Promise<ChunkSum> {
    const { plan } = this.#spec;
    const sum = emptySum(plan);
    const measured = await this.#play(work, false, ({ words }) => addSealed(plan, sum, wordsOf(words)));
    return { sum, measured };
  }

  async seal(work: RoundWork): Promise<SealedChunk> {
    const { dimension } = this.#spec.plan;
    const sealed: (Uint32Array | undefined)[] = [];
    const measured = await this.#play(work, true, ({ words, measured: numbers }, first) => {
      const vectors = wordsOf(words);
      for (const [i, norm] of doublesOf(numbers)
        .filter((_, at) => at % MEASURES === 0)
        .entries()) {
        sealed[first + i] = Number.isNaN(norm)
          ? undefined
          : vectors.slice(i * dimension, (i + 1) * dimension);
      }
    });
    return { measured, sealed: Array.from(work.clients, (_, place) => sealed[place]) };
  }

  async close(): Promise<void> {
    clearInterval(this.#beat);
    await this.#tables.remove(this.#id).catch(() => undefined);
    await this.#queue
      .remove(this.#id)
      .catch((error: unknown) => this.#say(`the queue of run ${this.#id} stays: ${error}`));
    await this.#queue.close();
    await this.#tables.close();
  }

  /** Gives out the work, and takes in what comes of each chunk, in any order. Returns the clients' measurements. */
  async #play(
    { modelVersion, parameters, clients }: RoundWork,
    apart: boolean,
    take: (result: ChunkResult, firstPlace: number) => void,
  ): Promise<Float64Array> {
    const sum = ++this.#sums;
    const each = Math.max(FEWEST_CLIENTS, Math.ceil(clients.length / MOST_CHUNKS));
    const chunks = Math.ceil(clients.length / each);
    const jobs = Array.from({ length: chunks }, (_, chunk) => ({
      sum,
      chunk,
      modelVersion,
      clients: [...clients.subarray(chunk * each, (chunk + 1) * each)],
      apart,
    }));
    await this.#patiently(() => this.#tables.putVersion(this.#id, modelVersion, bytesOfNumbers(parameters)));
    // A job that is there twice is done twice, which harms nobody.
    await this.#patiently(() => this.#queue.put(this.#id, jobs));
    const measured = new Float64Array(MEASURES * clients.length);
    const known = new Set<number>();
    let heard = performance.now();
    while (known.size < chunks) {
      this.#signal.throwIfAborted();
      const results = await this.#patiently(() => this.#tables.chunks(this.#id, sum, [...known]));
      for (const result of results) {
        known.add(result.chunk);
        measured.set(doublesOf(result.measured), MEASURES * result.chunk * each);
        addTime(this.#spent, result.spent);
        this.#threads.set(result.worker, result.threads);
        take(result, result.chunk * each);
      }
      if (results.length > 0) heard = performance.now();
      else if (performance.now() - heard > SILENCE_MILLISECONDS) {
        heard = performance.now();
        this.#say(`waiting for workers: tacit-sim worker --database-url …`);
      } else await pause(LOOK_MILLISECONDS);
    }
    await this.#patiently(() => this.#tables.removeChunks(this.#id, sum));
    return measured;
  }

  #patiently<Result>(work: () => Promise<Result>): Promise<Result> {
    return patiently(work, this.#say, this.#signal);
  }
}
