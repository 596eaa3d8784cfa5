import type { Population } from "../columns/population.js";
import type { RoundWork } from "../round/round-spec.js";
import type { ClientPhase, Spent } from "../round/stopwatch.js";
import type { ChunkSum } from "../round/sum-chunk.js";

/** Whoever plays the clients of a round: threads of this process, or processes anywhere. */
export interface Crew {
  /** The engine that computes the networks. */
  readonly engine: string;
  /** How many work at a time. */
  readonly workers: number;
  readonly population: Population;
  /** What all of them have spent on clients so far. */
  readonly spent: Readonly<Spent<ClientPhase>>;
  /** The clients' sealed updates added up. The same work gives the same integers, whoever shares it. */
  sum(work: RoundWork): Promise<ChunkSum>;
  /** The sealed updates one by one, in the order of the clients. */
  seal(work: RoundWork): Promise<SealedChunk>;
  close(): Promise<void>;
}

export interface SealedChunk extends Pick<ChunkSum, "measured"> {
  /** Undefined where a client made none. */
  readonly sealed: readonly (Uint32Array | undefined)[];
}
