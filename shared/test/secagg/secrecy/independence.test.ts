import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";
import type { Primitives } from "../../../src/secagg/crypto/primitives.js";
import { type Leg, runInMemory } from "../../../src/secagg/in-memory-cohort.js";
import { seededBytes } from "../../privacy/support/seeded-bytes.js";
import { exampleCohort } from "../support/example-cohort.js";
import { idealPrimitives } from "../support/ideal-primitives.js";
import { type Use, watchedPrimitives } from "../support/watched-primitives.js";
import { viewOfCoalition } from "./coalition.js";

/** Who colludes with the coordinator, whose input comes when the survivors are already named, who never shares. */
interface Pattern {
  readonly clients: number;
  readonly corrupt: readonly number[];
  readonly tooLate?: number;
  readonly silent?: number;
}

/** Two bytes count through all their values: every pair of masks modulo 2^8 that two streams can give. */
const BITS = 8;
const DIMENSION = 2 ** (2 * BITS);
type Stream = (at: number) => number;
const low: Stream = (at) => at & 0xff;
const high: Stream = (at) => at >>> 8;
const constant: Stream = () => 0x5b;
const nothing: Stream = () => 0;
/** Key streams that are not what their key expands to, by the key's hex digits. */
type Pins = ReadonlyMap<string, Stream>;

const withPins = (inner: Primitives, pins: Pins): Primitives => ({
  ...inner,
  async keystream(key) {
    const stream = pins.get(bytesToHex(key));
    if (!stream) return inner.keystream(key);
    let from = 0;
    return {
      async read(length) {
        const words = Uint16Array.from({ length: length / 2 }, () => stream(from++));
        return new Uint8Array(words.buffer);
      },
    };
  },
});

const streamsOf = (uses: readonly Use[]) =>
  uses.filter(({ purpose }) => purpose === "keystream").map(({ secret }) => secret);

/** A cohort that is the same to the last coin whenever it runs, but for the inputs and the pinned streams. */
async function run(
  { clients, corrupt, tooLate, silent }: Pattern,
  inputs: readonly number[],
  pins: Pins = new Map(),
) {
  const watched = Array.from({ length: clients + 1 }, (_, party) =>
    watchedPrimitives(withPins(idealPrimitives(seededBytes(party)), pins)),
  );
  const usesOf = (place: number) => watched[place]?.uses ?? [];
  const cohort = await exampleCohort({
    clients,
    terms: { dimension: DIMENSION, bits: BITS },
    primitives: (party) => watched.at(party)?.primitives ?? idealPrimitives(),
    input: (client) => new Uint32Array(DIMENSION).fill(inputs[client] ?? 0),
  });
  const legs: Leg[] = [];
  const { end } = await runInMemory({
    ...cohort,
    wire(leg) {
      const place = cohort.ids.indexOf(leg.client);
      if (place === silent && leg.to === "coordinator" && leg.kind !== "advertisement") return [];
      legs.push(leg);
      return place === tooLate && leg.kind === "masked-input" ? [] : [leg.message];
    },
  });
  if (!end.ok) throw new Error(`${end.reason}: ${end.message}`);

  const attacker = watchedPrimitives(withPins(idealPrimitives(), pins));
  const coalition = new Map(corrupt.map((place) => [place, usesOf(place)]));
  const rests = await viewOfCoalition(attacker.primitives, cohort.terms, legs, coalition);
  const honest = cohort.ids.map((_, place) => place).filter((place) => !corrupt.includes(place));
  const known = new Set([...streamsOf(attacker.uses), ...pins.keys()]);
  const unknown = new Set(
    honest.flatMap((place) => streamsOf(usesOf(place))).filter((key) => !known.has(key)),
  );
  const hash = sha256.create();
  for (const { client, kind, message } of legs) {
    if (kind !== "masked-input" || corrupt.includes(cohort.ids.indexOf(client))) hash.update(message);
  }
  return {
    rests,
    otherMessages: bytesToHex(hash.digest()),
    unknown: [...unknown],
    usesOf,
    sum: end.result.sum,
  };
}

/** What is left of the honest inputs, one number for every value of the pinned streams, in ascending order. */
async function viewsOver(pattern: Pattern, inputs: readonly number[], pins: Pins) {
  const { rests, otherMessages } = await run(pattern, inputs, pins);
  const views = new Float64Array(DIMENSION);
  for (const rest of rests.values()) {
    for (let at = 0; at < DIMENSION; at++) views[at] = 2 ** BITS * (views[at] ?? 0) + (rest[at] ?? 0);
  }
  return { otherMessages, views: views.sort() };
}

/**
 * Whether there are two streams that the coalition does not know, over whose values it sees exactly the same for
 * either input: each view as often, and every other message to the last bit. Whatever the other streams are.
 */
async function isHidden(
  pattern: Pattern,
  one: readonly number[],
  other: readonly number[],
  pins: Pins = new Map(),
): Promise<boolean> {
  const { unknown } = await run(pattern, one, pins);
  for (const [at, first] of unknown.entries()) {
    for (const second of [undefined, ...unknown.slice(at + 1)]) {
      const counting = new Map(unknown.map((stream) => [stream, constant]));
      for (const [stream, pinned] of pins) counting.set(stream, pinned);
      counting.set(first, low);
      if (second !== undefined) counting.set(second, high);
      const a = await viewsOver(pattern, one, counting);
      const b = await viewsOver(pattern, other, counting);
      if (a.otherMessages === b.otherMessages && equalViews(a.views, b.views)) return true;
    }
  }
  return false;
}

const equalViews = (a: Float64Array, b: Float64Array) => a.every((view, at) => view === b[at]);

type Comparison = readonly [name: string, pattern: Pattern, one: readonly number[], other: readonly number[]];
const late: Comparison = [
  "an input that comes too late, and two in the sum",
  { clients: 4, corrupt: [1], tooLate: 2 },
  [5, 6, 0, 7],
  [250, 6, 201, 18],
];

/** Either input has the same sum over the survivors who are not corrupt: that much is meant to be learned. */
const comparisons: readonly Comparison[] = [
  ["one corrupt client of three", { clients: 3, corrupt: [0] }, [9, 0, 77], [9, 255, 78]],
  ["the corrupt client between the honest ones", { clients: 3, corrupt: [1] }, [200, 9, 100], [0, 9, 44]],
  ["nobody but the coordinator", { clients: 3, corrupt: [] }, [1, 2, 3], [250, 12, 0]],
  ["two corrupt clients of five", { clients: 5, corrupt: [0, 3] }, [1, 50, 9, 2, 60], [1, 110, 0, 2, 9]],
  [
    "two corrupt clients of five, and a third that never shared",
    { clients: 5, corrupt: [0, 3], silent: 2 },
    [1, 50, 0, 2, 60],
    [1, 110, 0, 2, 0],
  ],
  late,
  [
    "two corrupt clients of five, and an input that comes too late",
    { clients: 5, corrupt: [0, 4], tooLate: 1 },
    [5, 13, 6, 7, 8],
    [5, 255, 10, 3, 8],
  ],
];

describe("the coordinator and t − 1 clients see the same for all inputs with the same sum", () => {
  it.each(comparisons)("%s", async (_, pattern, one, other) => {
    expect(await isHidden(pattern, one, other)).toBe(true);
  });
});

describe("the comparison notices", () => {
  it("inputs with another sum", async () => {
    expect(await isHidden({ clients: 3, corrupt: [0] }, [9, 0, 77], [9, 0, 78])).toBe(false);
  });

  it("a missing self mask", async () => {
    const [, pattern, one, other] = late;
    const { unknown, usesOf } = await run(pattern, one);
    const selfMasks = streamsOf(usesOf(2)).filter((stream) => unknown.includes(stream));
    expect(selfMasks).toHaveLength(1);
    const pins = new Map(selfMasks.map((stream) => [stream, nothing]));
    expect(await isHidden(pattern, one, other, pins)).toBe(false);
  });

  it("missing pairwise masks", async () => {
    const pattern = { clients: 3, corrupt: [0] };
    const { unknown } = await run(pattern, [9, 0, 77]);
    const pins = new Map(unknown.map((stream) => [stream, nothing]));
    const [a, b] = [await run(pattern, [9, 0, 77], pins), await run(pattern, [9, 255, 78], pins)];
    expect(a.sum).toEqual(b.sum);
    expect([...a.rests.values()].map(([first]) => first)).toEqual([0, 77]);
    expect([...b.rests.values()].map(([first]) => first)).toEqual([255, 78]);
  });

  it("t clients who hold both kinds of shares", async () => {
    const pattern = { clients: 5, corrupt: [0, 3, 4], tooLate: 1 };
    expect(await isHidden(pattern, [5, 13, 6, 7, 8], [5, 255, 6, 7, 8])).toBe(false);
  });
});
