import { addSealed, emptySum } from "@tacit/shared";
import { type ClientRoom, clientRound } from "./client-round.js";
import { MEASURES } from "./measures.js";
import type { RoundWork } from "./round-spec.js";

/** What some of a round's clients come to. */
export interface ChunkSum {
  /** Of the sealed updates, modulo 2^bits. */
  readonly sum: Uint32Array;
  /** {@link MEASURES} numbers a client, in the order of the clients. */
  readonly measured: Float64Array;
}

/**
 * Plays these clients of a round and adds up what they seal. Pure: the same spec, version and clients give the same
 * integers on any machine, and chunks of a round may be added in any order.
 */
export function sumChunk(room: ClientRoom, work: RoundWork): ChunkSum {
  const { plan } = room.spec;
  const seal = clientRound(room, work);
  const sum = emptySum(plan);
  const sealed = emptySum(plan);
  const measured = new Float64Array(MEASURES * work.clients.length);
  room.stopwatch.start();
  for (let place = 0; place < work.clients.length; place++) {
    if (seal(place, sealed, measured)) addSealed(plan, sum, sealed);
    room.stopwatch.lap("summing");
  }
  return { sum, measured };
}
