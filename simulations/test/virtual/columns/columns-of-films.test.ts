import { describe, expect, it } from "vitest";
import { filmWorld } from "../../../src/environments/film-log.js";
import { columnsOfFilms } from "../../../src/virtual/columns/columns-of-films.js";
import { columnBytes, type HistoryColumns } from "../../../src/virtual/columns/history-columns.js";
import { unpackClient } from "../../../src/virtual/columns/unpack-client.js";

const world = filmWorld();
const ids = world.films.map(({ id }) => id);
const people = { seed: 3, interactions: 20 };
const some = columnsOfFilms(world, people, 0, 1000);
const lengthOf = ({ items }: HistoryColumns) => items.length;

describe("film people straight into columns", () => {
  it("depend on the seed and their number only, however the population is cut", () => {
    const parts = [
      [0, 3],
      [3, 10],
      [997, 3],
    ] as const;
    for (const [first, count] of parts) {
      const part = columnsOfFilms(world, people, first, count);
      for (let person = first; person < first + count; person++) {
        expect(unpackClient(part, ids, person)).toEqual(unpackClient(some, ids, person));
      }
    }
    const others = columnsOfFilms(world, { ...people, seed: 4 }, 0, 1);
    expect(unpackClient(others, ids, 0)).not.toEqual(unpackClient(some, ids, 0));
  });

  it.each([10, 20, 40, 160])("have histories of about %i interactions", (interactions) => {
    const columns = columnsOfFilms(world, { seed: 1, interactions }, 0, 1000);
    // One of them is held out.
    const mean = lengthOf(columns) / 1000 - 1;
    expect(Math.abs(mean / interactions - 1)).toBeLessThan(0.15);
  });

  it("cost 300 bytes each with 20 interactions", () => {
    const bytes = columnBytes(some) / 1000;
    expect(bytes).toBeGreaterThan(250);
    expect(bytes).toBeLessThan(330);
    // Item 2, kind 1, time 4, stars 1, slate 1, place 1, propensity 4.
    expect((columnBytes(some) - some.offsets.byteLength) / lengthOf(some)).toBe(14);
  });

  it("hold out a later click on a film that the history does not have, and leave something to learn from", () => {
    for (let person = 0; person < 1000; person++) {
      const { history, heldOut } = unpackClient(some, ids, person);
      expect(heldOut.kind).toBe("click");
      expect(history.length).toBeGreaterThan(0);
      expect(history.map(({ itemId }) => itemId)).not.toContain(heldOut.itemId);
      expect(history.map(({ at }) => at)).toEqual(history.map(({ at }) => at).toSorted((a, b) => a - b));
      expect(history.at(-1)?.at).toBeLessThan(heldOut.at);
    }
  });
});
