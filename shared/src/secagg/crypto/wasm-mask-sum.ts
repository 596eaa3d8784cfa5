import type { Bytes } from "./bytes.js";
import { GROUP, type MaskSum, roundUp, type WordBytes } from "./mask-sum.js";

const PAGE_BYTES = 65_536;
const SUM_BYTES = 4;
/** A vector is loaded whole even where only its first words count. */
const SLACK_BYTES = 16;

/** Undefined where there is no WebAssembly, or a page's policy forbids it. */
export function wasmMaskSum(count: number, bytes: WordBytes, tile: number): MaskSum | undefined {
  const module = moduleFor(bytes);
  if (!module) return undefined;
  const padded = roundUp(count);
  const scratchAt = SUM_BYTES * padded;
  const scratchBytes = bytes * roundUp(tile);
  const pages = Math.ceil((scratchAt + scratchBytes + SLACK_BYTES) / PAGE_BYTES);
  const memory = new WebAssembly.Memory({ initial: pages });
  const { exports } = new WebAssembly.Instance(module, { m: { m: memory } });
  const add = kernelOf(exports.add);
  const subtract = kernelOf(exports.subtract);
  const scratch = new Uint8Array(memory.buffer, scratchAt, scratchBytes);
  return {
    values: new Uint32Array(memory.buffer, 0, padded),
    apply(stream, from, sign) {
      const until = SUM_BYTES * (from + stream.length / bytes);
      scratch.set(stream);
      (sign === 1 ? add : subtract)(SUM_BYTES * from, scratchAt, until);
    },
    erase: () => new Uint8Array(memory.buffer).fill(0),
  };
}

type Kernel = (sums: number, words: number, until: number) => void;

function kernelOf(value: WebAssembly.ExportValue | undefined): Kernel {
  if (typeof value !== "function") throw new Error("the kernel is not exported");
  return (sums, words, until) => value(sums, words, until);
}

const modules = new Map<WordBytes, WebAssembly.Module | undefined>();

function moduleFor(bytes: WordBytes): WebAssembly.Module | undefined {
  if (!modules.has(bytes)) modules.set(bytes, compile(bytes));
  return modules.get(bytes);
}

function compile(bytes: WordBytes): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(moduleBytes(bytes));
  } catch {
    return undefined;
  }
}

const I32 = 0x7f;
const ADD = [0xfd, 0xae, 0x01];
const SUBTRACT = [0xfd, 0xb1, 0x01];
const GET = 0x20;
const SET = 0x21;
const TEE = 0x22;
/** v128.load */
const load = (offset: number) => [0xfd, 0x00, 0, offset];

/** Takes an address from the stack, adds `offset`, leaves four words as 32-bit lanes. */
const LOAD: Record<WordBytes, (offset: number) => number[]> = {
  // v128.load16x4_u
  2: (offset) => [0xfd, 0x04, 0, offset],
  // v128.load; v128.const with the places of the bytes, 16 for a zero; i8x16.swizzle
  3: (offset) => [
    ...load(offset),
    0xfd,
    0x0c,
    ...[0, 1, 2, 16, 3, 4, 5, 16, 6, 7, 8, 16, 9, 10, 11, 16],
    0xfd,
    0x0e,
  ],
  4: load,
};

/** Four sums: load, load words, add or subtract, store. `lane` counts four sums each. */
const four = (bytes: WordBytes, operation: number[], lane: number) => [
  ...[GET, 0, GET, 0, ...load(4 * SUM_BYTES * lane)],
  ...[GET, 1, ...LOAD[bytes](4 * bytes * lane)],
  ...operation,
  ...[0xfd, 0x0b, 0, 4 * SUM_BYTES * lane], // v128.store
];

/** (sums, words, until) → for one group of sums after the other. */
function kernel(bytes: WordBytes, operation: number[]): number[] {
  const code = [
    ...[0x03, 0x40], // loop
    ...[0, 1, 2, 3].flatMap((lane) => four(bytes, operation, lane)),
    ...[GET, 1, 0x41, ...signed(GROUP * bytes), 0x6a, SET, 1], // words += GROUP words
    ...[GET, 0, 0x41, ...signed(GROUP * SUM_BYTES), 0x6a, TEE, 0], // sums += GROUP sums
    ...[GET, 2, 0x49, 0x0d, 0], // i32.lt_u until; br_if loop
    ...[0x0b, 0x0b], // end loop, end function
  ];
  return sized([0, ...code]); // no locals
}

/** The binary format of WebAssembly 2.0: one type, one imported memory "m" "m", two functions and their names. */
function moduleBytes(bytes: WordBytes): Bytes {
  const name = (text: string) => sized([...new TextEncoder().encode(text)]);
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 3, I32, I32, I32, 0]),
    ...section(2, [1, ...name("m"), ...name("m"), 2, 0, 1]),
    ...section(3, [2, 0, 0]),
    ...section(7, [2, ...name("add"), 0, 0, ...name("subtract"), 0, 1]),
    ...section(10, [2, ...kernel(bytes, ADD), ...kernel(bytes, SUBTRACT)]),
  ]);
}

const section = (id: number, content: number[]) => [id, ...sized(content)];

/** Signed LEB128, 0 to 2^13. */
const signed = (value: number) => (value < 64 ? [value] : [(value & 127) | 128, value >>> 7]);

/** Content after its length in LEB128, below 2^14. */
const sized = (content: number[]) =>
  content.length < 128
    ? [content.length, ...content]
    : [(content.length & 127) | 128, content.length >>> 7, ...content];
