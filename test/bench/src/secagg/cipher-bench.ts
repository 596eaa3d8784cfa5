import { createCipheriv } from "node:crypto";
import { addMasks, type Primitives, portablePrimitives } from "@tacit/shared";
import { nodeAlgorithms } from "../../../../shared/dist/secagg/crypto/node-algorithms.js";
import { nativePrimitives } from "../../../../shared/dist/secagg/crypto/platform-primitives.js";
import { randomSecret } from "../../../../shared/dist/secagg/crypto/primitives.js";
import { webAlgorithms } from "../../../../shared/dist/secagg/crypto/web-algorithms.js";
import { processorTime } from "./stopwatch.js";

const CHUNK = 65_536;
const RUNS = 9;

/** Best of several runs, milliseconds: what the machine can do when it is left alone. */
async function best(run: () => unknown, runs = RUNS): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await run();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

export interface Expansion {
  readonly bits: number;
  /** Milliseconds of processor for all masks: the cipher alone, and expanded and added. */
  readonly cipher: number;
  readonly expanded: number;
  readonly megabytes: number;
}

const MASKS = 100;
const DIMENSION = 100_000;

/** Expands the masks of one client of a hundred, beside the cipher on as many bytes. */
export async function expansion(primitives: Primitives, bits: number): Promise<Expansion> {
  const bytes = Math.max(2, Math.ceil(bits / 8)) * DIMENSION;
  const masks = Array.from({ length: MASKS }, () => ({ key: randomSecret(primitives), sign: 1 }) as const);
  const sum = new Uint32Array(DIMENSION);
  const zeros = new Uint8Array(CHUNK);
  const encrypt = () => {
    for (const { key } of masks) {
      const cipher = createCipheriv("aes-256-ctr", key, new Uint8Array(16));
      for (let left = bytes; left > 0; left -= CHUNK) cipher.update(zeros.subarray(0, left));
    }
  };
  for (let i = 0; i < RUNS; i++) await addMasks(primitives, masks, sum, bits);
  // In turn, and in time of the processor: what else the machine does then changes the ratio little.
  const runs: { cipher: number; expanded: number }[] = [];
  for (let i = 0; i < 2 * RUNS; i++) {
    const cipher = await processorTime(encrypt);
    runs.push({ cipher, expanded: await processorTime(() => addMasks(primitives, masks, sum, bits)) });
  }
  const middle = (figure: "cipher" | "expanded") =>
    runs.map((run) => run[figure]).sort((a, b) => a - b)[RUNS] ?? Number.NaN;
  return {
    bits,
    cipher: middle("cipher"),
    expanded: middle("expanded"),
    megabytes: (MASKS * bytes) / 1e6,
  };
}

const PEERS = 20;

/** One line an implementation: X25519 and Ed25519 in microseconds each, AES-256-CTR in MB/s. */
export async function implementations(): Promise<string[][]> {
  const node = nodeAlgorithms();
  const all = [...(node ? [await nativePrimitives([node])] : []), await nativePrimitives([webAlgorithms])];
  const rows: string[][] = [];
  for (const primitives of [...all, portablePrimitives()]) rows.push(await implementation(primitives));
  return rows;
}

async function implementation(primitives: Primitives): Promise<string[]> {
  const secret = randomSecret(primitives);
  const peers = await Promise.all(
    Array.from({ length: PEERS }, () => primitives.agreementKey(randomSecret(primitives))),
  );
  const publicKey = await primitives.signingKey(secret);
  const signature = await primitives.sign(secret, secret);
  const agree = await best(() => primitives.agree(secret, peers), 3);
  const verify = await best(
    () => Promise.all(peers.map(() => primitives.verify(publicKey, secret, signature))),
    3,
  );
  const stream = await best(async () => {
    const keystream = await primitives.keystream(secret);
    for (let i = 0; i < 8; i++) await keystream.read(2 * CHUNK);
  }, 3);
  const each = (milliseconds: number) => ((1000 * milliseconds) / PEERS).toFixed(0);
  return [primitives.name, each(agree), each(verify), ((16 * CHUNK) / stream / 1000).toFixed(0)];
}
