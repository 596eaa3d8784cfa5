import { describe, expect, it } from "vitest";
import { drawCohort } from "../../../src/virtual/clock/draw-cohort.js";

const anybody = () => true;

describe("drawing a cohort", () => {
  it.each([
    [10, 10],
    [10, 3],
    [1000, 20],
    [1_000_000, 50],
  ])("of %i clients gives %2$i distinct ones, the same for the same draw", (population, wanted) => {
    const drawn = drawCohort(1, 7, population, wanted, anybody);
    expect(new Set(drawn).size).toBe(wanted);
    for (const client of drawn) expect(client).toBeLessThan(population);
    expect(drawCohort(1, 7, population, wanted, anybody)).toEqual(drawn);
  });

  it("costs the cohort, not the population", () => {
    const looks = [10_000, 100_000_000].map((population) => {
      let count = 0;
      drawCohort(1, 1, population, 100, (client) => {
        count++;
        return client % 4 === 0;
      });
      return count;
    });
    for (const count of looks) expect(count).toBeLessThan(1000);
  });

  it.each([
    [12, 6],
    [60, 6],
  ])("gives everybody of %i the same chance, whoever does not fit", (population, wanted) => {
    const counts = new Array(population).fill(0);
    const draws = 20_000;
    for (let draw = 0; draw < draws; draw++) {
      for (const client of drawCohort(2, draw, population, wanted, (who) => who % 3 !== 0)) counts[client]++;
    }
    const fitting = counts.filter((_, who) => who % 3 !== 0);
    const mean = (draws * wanted) / fitting.length;
    for (const [who, count] of counts.entries()) if (who % 3 === 0) expect(count).toBe(0);
    for (const count of fitting) expect(Math.abs(count - mean)).toBeLessThan(6 * Math.sqrt(mean));
  });

  it("gives fewer where they cannot be found", () => {
    expect(drawCohort(1, 1, 20, 10, (who) => who < 4).toSorted()).toEqual([0, 1, 2, 3]);
    expect(drawCohort(1, 1, 1_000_000, 10, () => false)).toEqual([]);
  });
});
