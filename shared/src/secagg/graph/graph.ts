import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes } from "@noble/hashes/utils.js";
import type { CohortPlan } from "./cohort-plan.js";

/** Who masks with whom. Clients are numbered by their place in the roster. */
export interface CohortGraph {
  /** The neighbours of `client` in ascending order, never itself. */
  neighbours(client: number): readonly number[];
}

/**
 * Everyone with everyone, or the Harary graph: clients on a ring in an order nobody chose, each joined to the
 * `neighbours`/2 on either side.
 * @param seed Hash of the whole roster with every client's nonce, so that the order is fixed only after the keys are.
 */
export function cohortGraph(plan: CohortPlan, clients: number, seed: Uint8Array): CohortGraph {
  if (plan.graph === "complete") {
    return remembered((client) => range(clients).filter((other) => other !== client));
  }
  const ring = randomOrder(clients, seed);
  const place = new Uint16Array(clients);
  for (const [at, client] of ring.entries()) place[client] = at;
  return remembered((client) => {
    const at = place[client] ?? 0;
    return range(plan.neighbours / 2)
      .flatMap((step) => [at + step + 1, at - step - 1 + clients])
      .map((position) => ring[position % clients] ?? 0)
      .sort((a, b) => a - b);
  });
}

/** A coordinator asks for everybody's neighbours in every phase. */
function remembered(find: (client: number) => readonly number[]): CohortGraph {
  const known = new Map<number, readonly number[]>();
  return {
    neighbours(client) {
      const found = known.get(client) ?? find(client);
      known.set(client, found);
      return found;
    },
  };
}

const range = (length: number) => Array.from({ length }, (_, index) => index);

/** Fisher–Yates over the stream SHA-256(label ‖ seed ‖ counter): the same on every platform. */
function randomOrder(clients: number, seed: Uint8Array): Uint16Array {
  const order = Uint16Array.from(range(clients));
  const next = hashStream(seed);
  for (let last = clients - 1; last > 0; last--) {
    const limit = TWO_32 - (TWO_32 % (last + 1));
    let draw = next();
    while (draw >= limit) draw = next();
    const other = draw % (last + 1);
    const kept = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}

const TWO_32 = 4_294_967_296;
const LABEL = new TextEncoder().encode("tacit secagg 1 order");

function hashStream(seed: Uint8Array): () => number {
  const counter = new DataView(new ArrayBuffer(4));
  let block = new DataView(new ArrayBuffer(0));
  let blocks = 0;
  let at = 0;
  return () => {
    if (at === block.byteLength) {
      counter.setUint32(0, blocks++, true);
      const digest = sha256(concatBytes(LABEL, seed, new Uint8Array(counter.buffer)));
      block = new DataView(digest.buffer, digest.byteOffset, digest.byteLength);
      at = 0;
    }
    at += 4;
    return block.getUint32(at - 4, true);
  };
}
