import {
  addSealed,
  type Catalogue,
  emptySum,
  networkShape,
  parameterCount,
  versionLength,
} from "@tacit/shared";
import type { EngineChoice } from "../../population/engine-choice.js";
import type { FilmPeople } from "../columns/columns-of-films.js";
import type { HistoryColumns } from "../columns/history-columns.js";
import { PART_CLIENTS, type Population } from "../columns/population.js";
import { shareCatalogue } from "../columns/shared-catalogue.js";
import { MEASURES } from "../round/measures.js";
import type { RoundSpec, RoundWork } from "../round/round-spec.js";
import { addTime, type ClientPhase, noClientTime, type Spent } from "../round/stopwatch.js";
import type { ChunkSum } from "../round/sum-chunk.js";
import type { Crew, SealedChunk } from "./crew.js";
import type { SharedRound } from "./messages.js";
import { Thread } from "./thread.js";

export interface ThreadCrewOptions {
  readonly spec: RoundSpec;
  readonly catalogue: Catalogue;
  readonly engine: EngineChoice;
  readonly workers: number;
  /** Makes the population in the threads, or brings it along. */
  readonly population: PopulationSource;
}

export type PopulationSource =
  | { readonly kind: "films"; readonly clients: number; readonly people: FilmPeople }
  | { readonly kind: "packed"; readonly population: Population };

/** Worker threads on one memory: whoever is free takes the next client, and each adds up its own. */
export class ThreadCrew implements Crew {
  readonly engine: string;
  readonly population: Population;
  readonly #spec: RoundSpec;
  readonly #threads: readonly Thread[];
  readonly #round: SharedRound;
  #spent = noClientTime();

  private constructor(
    spec: RoundSpec,
    threads: readonly Thread[],
    round: SharedRound,
    engine: string,
    population: Population,
  ) {
    this.engine = engine;
    this.population = population;
    this.#spec = spec;
    this.#threads = threads;
    this.#round = round;
  }

  /** Resolves once every thread has the whole population before it. */
  static async start({
    spec,
    catalogue,
    engine,
    workers,
    population,
  }: ThreadCrewOptions): Promise<ThreadCrew> {
    const round = sharedRound(spec);
    const shared = shareCatalogue(catalogue);
    const threads = Array.from({ length: workers }, () => {
      const sum = new Uint32Array(new SharedArrayBuffer(4 * spec.plan.dimension));
      return new Thread({ spec, catalogue: shared, engine, round, sum });
    });
    try {
      const ready = await Promise.all(threads.map((thread) => thread.ask(undefined, "ready")));
      const made =
        population.kind === "packed"
          ? population.population
          : await makeFilms(threads, round, population.people, population.clients);
      for (const thread of threads) thread.tell({ kind: "population", population: made });
      return new ThreadCrew(spec, threads, round, ready[0]?.engine ?? "", made);
    } catch (error) {
      await Promise.all(threads.map((thread) => thread.close()));
      throw error;
    }
  }

  get workers(): number {
    return this.#threads.length;
  }

  get spent(): Readonly<Spent<ClientPhase>> {
    return this.#spent;
  }

  async sum(work: RoundWork): Promise<ChunkSum> {
    const measured = await this.#play(work);
    const sum = emptySum(this.#spec.plan);
    for (const thread of this.#threads) addSealed(this.#spec.plan, sum, thread.sum);
    return { sum, measured };
  }

  async seal(work: RoundWork): Promise<SealedChunk> {
    const measured = await this.#play(work);
    const { dimension } = this.#spec.plan;
    const sealed = Array.from(work.clients, (_, place) =>
      Number.isNaN(measured[MEASURES * place])
        ? undefined
        : Uint32Array.from(this.#round.sealed.subarray(place * dimension, (place + 1) * dimension)),
    );
    return { measured, sealed };
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  async #play({ modelVersion, parameters, clients }: RoundWork): Promise<Float64Array> {
    if (clients.length > this.#round.clients.length) {
      throw new RangeError(`${clients.length} clients at once, a cohort has ${this.#round.clients.length}`);
    }
    this.#round.parameters.set(parameters);
    this.#round.clients.set(clients);
    Atomics.store(this.#round.cursor, 0, 0);
    const command = { kind: "round", modelVersion, places: clients.length } as const;
    const played = await Promise.all(this.#threads.map((thread) => thread.ask(command, "played")));
    const spent = noClientTime();
    for (const { spent: one } of played) {
      addTime(spent, one);
    }
    this.#spent = spent;
    return this.#round.measured.slice(0, MEASURES * clients.length);
  }
}

async function makeFilms(
  threads: readonly Thread[],
  { cursor }: SharedRound,
  people: FilmPeople,
  clients: number,
): Promise<Population> {
  const parts: HistoryColumns[] = [];
  Atomics.store(cursor, 0, 0);
  await Promise.all(
    threads.map((thread) =>
      thread.ask({ kind: "make-films", people, clients }, "made", (event) => {
        if (event.kind === "part") parts[event.part.first / PART_CLIENTS] = event.part;
      }),
    ),
  );
  return { clients, parts };
}

function sharedRound({ task, plan, path }: RoundSpec): SharedRound {
  const { size } = task.cohort;
  const words = versionLength(task.privacy, parameterCount(networkShape(task)));
  const each = path === "protocol" ? size * plan.dimension : 0;
  return {
    cursor: new Int32Array(new SharedArrayBuffer(4)),
    parameters: new Float32Array(new SharedArrayBuffer(4 * words)),
    clients: new Uint32Array(new SharedArrayBuffer(4 * size)),
    measured: new Float64Array(new SharedArrayBuffer(8 * MEASURES * size)),
    sealed: new Uint32Array(new SharedArrayBuffer(4 * each)),
  };
}
