import { seededRandom } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { splitCohort } from "../../src/rounds/split-cohort.js";

const members = Array.from({ length: 11 }, (_, i) => `client-${i}`);

describe("a cohort's groups", () => {
  it("hold every member once, and differ by one at most", () => {
    const groups = splitCohort(members, 3);
    expect(groups.flat().sort()).toEqual(members.toSorted());
    expect(groups.map(({ length }) => length)).toEqual([4, 4, 3]);
  });

  it("bring any two members together as often as chance does", () => {
    const random = seededRandom(4);
    const trials = 2000;
    let together = 0;
    for (let trial = 0; trial < trials; trial++) {
      const groups = splitCohort(members.slice(0, 6), 2, random);
      if (groups.some((group) => group.includes("client-0") && group.includes("client-1"))) together++;
    }
    expect(together / trials).toBeCloseTo(2 / 5, 1);
  });
});
