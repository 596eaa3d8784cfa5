import { createCatalogue, INTERACTION_KINDS, type Interaction, trajectories } from "@tacit/shared";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { items, smallTask } from "../../../../test/support/small-population.js";
import { columnBytes } from "../../../src/virtual/columns/history-columns.js";
import { packClients } from "../../../src/virtual/columns/pack-clients.js";
import { unpackClient } from "../../../src/virtual/columns/unpack-client.js";

const task = smallTask();
const catalogue = createCatalogue(task.catalogue.features, items);

const single = fc.float({ min: Math.fround(1e-6), max: 1, noNaN: true });
const times = fc.oneof(
  fc.integer({ min: 0, max: 1000 }).map((days) => Date.UTC(2020, 0, 1) + days * 86_400_000),
  fc.integer({ min: -1e15, max: 1e15 }),
  fc.double({ min: 0, max: 1e13, noNaN: true }).filter((at) => !Object.is(at, -0)),
);

/** `names` of recommendations, in order of appearance or in any order. */
const interactions = (names: (place: number) => string) =>
  fc.record(
    {
      kind: fc.constantFrom(...INTERACTION_KINDS),
      itemId: fc.constantFrom(...items.map(({ id }) => id)),
      at: times,
      value: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.double({ min: 0.001, max: 1e9, noNaN: true })),
      recommendationId: fc.nat(5).map(names),
      position: fc.nat(300),
      propensity: single,
      context: fc.record({ hour: fc.nat(23), page: fc.constantFrom("home", "search") }),
    },
    { requiredKeys: ["kind", "itemId", "at"] },
  );

const clientsOf = (names: (place: number) => string) =>
  fc.array(
    fc
      .array(interactions(names), { minLength: 1, maxLength: 12 })
      .map((all) => all.toSorted((a, b) => a.at - b.at)),
    { minLength: 1, maxLength: 6 },
  );

const packed = (clients: readonly (readonly Interaction[])[], first = 0) =>
  packClients(
    clients.map((all) => ({ history: all.slice(0, -1), heldOut: all[all.length - 1] ?? missing() })),
    catalogue,
    first,
  );

/** The recommendations of each client by number, as columns know them. */
function numbered(all: readonly Interaction[]): Interaction[] {
  const names = new Map<string, string>();
  return all.map((interaction) => {
    const { recommendationId: id } = interaction;
    if (id === undefined) return interaction;
    if (!names.has(id)) names.set(id, `r${names.size}`);
    return { ...interaction, recommendationId: names.get(id) ?? id };
  });
}

describe("histories in columns", () => {
  it("come out as they went in", () =>
    fc.assert(
      fc.property(clientsOf(String), fc.nat(1000), (clients, first) => {
        const columns = packed(clients.map(numbered), first);
        for (const [i, all] of clients.entries()) {
          const { history, heldOut } = unpackClient(columns, catalogue.ids, first + i);
          expect([...history, heldOut]).toEqual(numbered(all));
        }
      }),
    ));

  it("train alike whatever their recommendations were called", () =>
    fc.assert(
      fc.property(
        clientsOf((place) => `slate of ${place}`),
        (clients) => {
          const columns = packed(clients);
          for (const [client, all] of clients.entries()) {
            const { history } = unpackClient(columns, catalogue.ids, client);
            expect(trajectories(task, catalogue, history)).toEqual(
              trajectories(task, catalogue, all.slice(0, -1)),
            );
          }
        },
      ),
    ));

  it("take no memory for what nobody recorded, and one byte for a value of few", () => {
    const click = (day: number): Interaction => ({
      kind: "click",
      itemId: "item-3",
      at: 1.7e12 + day * 86_400_000,
    });
    const rating = (day: number): Interaction => ({ ...click(day), kind: "rating", value: 1 + (day % 5) });
    const days = Array.from({ length: 100 }, (_, day) => day);
    // An item, a kind and a day of one byte each, and two offsets.
    expect(columnBytes(packed([days.map(click)]))).toBe(100 * 3 + 2);
    expect(columnBytes(packed([days.map(rating)]))).toBe(100 * 4 + 2);
  });

  it("refuse items that are not in the catalogue", () => {
    expect(() => packed([[{ kind: "click", itemId: "unheard of", at: 0 }]])).toThrow(/unheard of/);
  });
});

function missing(): never {
  throw new Error("no client is without interactions here");
}
