import { describe, expect, it } from "vitest";
import { bucketsOf, itemBuckets } from "../../../src/learning/prior/item-buckets.js";
import { BUCKETS_AN_ITEM } from "../../../src/network/item-prior.js";

const BUCKETS = 4096;
const TOP = 100;

/** How many of the hundred most popular items, by Zipf's law, are among the hundred that so many buckets an item take for them. */
function found(size: number, bucketsAnItem: number): number {
  const ids = Array.from({ length: size }, (_, row) => String(row + 1));
  const buckets = itemBuckets({ ids }, BUCKETS);
  // A prime, so that no id is more popular for being short.
  const rankOf = (row: number) => (row * 7919) % size;
  const marks = new Float64Array(BUCKETS);
  const own = (row: number) => bucketsOf(buckets, row).subarray(0, bucketsAnItem);
  for (const row of ids.keys()) {
    for (const bucket of own(row)) marks[bucket] = (marks[bucket] ?? 0) + 1 / (1 + rankOf(row));
  }
  const least = (row: number) => Math.min(...Array.from(own(row), (bucket) => marks[bucket] ?? 0));
  const best = [...ids.keys()].sort((a, b) => least(b) - least(a)).slice(0, TOP);
  return best.filter((row) => rankOf(row) < TOP).length;
}

describe("the buckets of an item", () => {
  it.each([
    [1682, 95, 71],
    [10_000, 91, 31],
  ])(
    "tell of %i items %i of the hundred most popular in 4,096 buckets; one each told %i",
    (size, all, one) => {
      expect(found(size, BUCKETS_AN_ITEM)).toBe(all);
      expect(found(size, 1)).toBe(one);
    },
  );

  it("do not hang on the order of the catalogue", () => {
    const [ids, reversed] = [
      ["a", "b", "c"],
      ["c", "b", "a"],
    ];
    const [there, here] = [itemBuckets({ ids }, BUCKETS), itemBuckets({ ids: reversed }, BUCKETS)];
    for (const row of ids.keys())
      expect(bucketsOf(there, row)).toEqual(bucketsOf(here, ids.length - 1 - row));
  });
});
