import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { appeal, examine } from "../../src/environments/choice-model.js";
import { moviesFile } from "../../src/environments/films.js";
import { moviesEnvironment } from "../../src/environments/movies.js";

const environment = moviesEnvironment({ clients: 60, seed: 7 });

describe("the file of the films", () => {
  it.each(["a#b", "a?b", "100 %"])("is found in a folder named %s", (folder) => {
    const file = moviesFile(`/${folder}/vega-datasets/build/index.js`);
    expect(fileURLToPath(file)).toBe(`/${folder}/vega-datasets/data/movies.json`);
  });
});

describe("the film population", () => {
  it("has a real catalogue of about 3,200 films and the people asked for", () => {
    expect(environment.items.length).toBeGreaterThan(3000);
    expect(environment.clients).toHaveLength(60);
  });

  it("is the same for the same seed and another for another", () => {
    const again = moviesEnvironment({ clients: 60, seed: 7 });
    expect(again.clients.map(({ history }) => history)).toEqual(
      environment.clients.map(({ history }) => history),
    );
    const other = moviesEnvironment({ clients: 60, seed: 8 });
    expect(other.clients[0]?.history).not.toEqual(environment.clients[0]?.history);
  });

  it("logs every impression with a propensity, and a click only on what was shown", () => {
    for (const { history } of environment.clients) {
      const shown = new Set(
        history
          .filter(({ kind }) => kind === "impression")
          .map((one) => `${one.recommendationId} ${one.itemId}`),
      );
      for (const interaction of history) {
        if (interaction.kind === "impression") {
          expect(interaction.propensity).toBeGreaterThan(0);
          expect(interaction.propensity).toBeLessThanOrEqual(1);
        } else {
          expect(shown).toContain(`${interaction.recommendationId} ${interaction.itemId}`);
        }
      }
    }
  });

  it("holds out a click that is later than the history and whose film is not in it", () => {
    for (const { history, heldOut, touched } of environment.clients) {
      expect(heldOut.kind).toBe("click");
      expect(Math.max(...history.map(({ at }) => at))).toBeLessThan(heldOut.at);
      expect(history.map(({ itemId }) => itemId)).not.toContain(heldOut.itemId);
      expect(touched).toContain(heldOut.itemId);
    }
  });

  it("looks less at lower places: clicks fall with the position", () => {
    const clicks = environment.clients.flatMap(({ history }) =>
      history.filter(({ kind }) => kind === "click"),
    );
    const at = (position: number) => clicks.filter((click) => click.position === position).length;
    expect(at(0) + at(1)).toBeGreaterThan(at(6) + at(7));
    expect(examine(0)).toBe(1);
    expect(examine(3)).toBeCloseTo(4 ** -0.6);
    expect(appeal(4.5)).toBeCloseTo(0.5);
  });

  it("rewards a slate by the clicks it would get", () => {
    const [client] = environment.clients;
    if (!client) throw new Error("sixty people");
    const slate = environment.items.slice(0, 10).map(({ id }) => id);
    const one = environment.reward(client, slate.slice(0, 1));
    expect(one).toBeGreaterThan(0);
    expect(one).toBeLessThan(1);
    expect(environment.reward(client, slate)).toBeGreaterThan(one);
    expect(environment.reward(client, [])).toBe(0);
  });
});
