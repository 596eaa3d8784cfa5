import { createCatalogue, type Interaction } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import type { Environment, EnvironmentClient } from "../../src/environments/environment.js";
import { coldStart } from "../../src/evaluation/cold-start.js";
import type { Scorer } from "../../src/evaluation/scorer.js";

const items = Array.from({ length: 300 }, (_, n) => ({ id: `i${n}`, features: {} }));
const catalogue = createCatalogue([], items);
const click = (item: number, at: number): Interaction => ({ kind: "click", itemId: `i${item}`, at });
const client = (id: string, history: readonly Interaction[], heldOut: number): EnvironmentClient => ({
  id,
  history,
  heldOut: click(heldOut, 100),
  touched: new Set([...history.map(({ itemId }) => itemId), `i${heldOut}`]),
});
const environment = (clients: readonly EnvironmentClient[]): Environment => ({
  name: "test",
  features: [],
  items,
  clients,
  rewardMeaning: "none",
  reward: () => 0,
});
const NOTHING = new Set<string>();
const history = [1, 2, 3, 4, 5].map((item) => click(item, item));

/** Ranks the held-out item first for whom this is true, and last for all others. */
const rightFor = (knows: (client: EnvironmentClient) => boolean): Scorer => ({
  score: (clients, candidates) =>
    clients.map((one, user) => (candidates[user] ?? []).map((_, place) => (knows(one) ? -place : place))),
});

describe("where little is known", () => {
  it("shows people without a history, and with the latest three interactions of theirs", () => {
    const seen: (readonly string[])[] = [];
    const watching = rightFor((one) => {
      seen.push(one.history.map(({ itemId }) => itemId));
      return one.history.length > 0;
    });
    const { newUser, tinyHistory } = coldStart(
      watching,
      environment([client("a", history, 9)]),
      catalogue,
      NOTHING,
      1,
    );
    expect({ newUser, tinyHistory }).toEqual({ newUser: 0, tinyHistory: 1 });
    expect(seen).toContainEqual([]);
    expect(seen).toContainEqual(["i3", "i4", "i5"]);
  });

  it("knows nobody by a model that was trained alone", () => {
    const { newUser } = coldStart(
      rightFor(({ id }) => id === "a"),
      environment([client("a", history, 9)]),
      catalogue,
      NOTHING,
      1,
    );
    expect(newUser).toBe(0);
  });

  it("tells items apart that nobody has in a history, and says nothing where there are none", () => {
    const people = [client("a", history, 200), client("b", history, 3)];
    const tried = new Set(history.map(({ itemId }) => itemId));
    const found = coldStart(
      rightFor(({ heldOut }) => heldOut.itemId === "i200"),
      environment(people),
      catalogue,
      tried,
      1,
    );
    expect(found).toMatchObject({ newItem: 1, newItemUsers: 1 });
    expect(
      coldStart(
        rightFor(() => true),
        environment(people.slice(1)),
        catalogue,
        tried,
        1,
      ),
    ).not.toHaveProperty("newItem");
  });
});
