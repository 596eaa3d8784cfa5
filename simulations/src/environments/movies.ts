import { type Interaction, seededRandom } from "@tacit/shared";
import { appeal, examine, type Tastes, utility } from "./choice-model.js";
import type { Environment, EnvironmentClient } from "./environment.js";
import { type FilmEvent, type FilmWorld, filmWorld, type Habits, watchFilms } from "./film-log.js";
import { filmCatalogueFeatures, filmItem } from "./films.js";

const HABITS: Habits = { slates: 20, slatesASession: 2, fewestClicks: 3 };

interface Person {
  readonly client: EnvironmentClient;
  readonly tastes: Tastes;
}

/** People of the documented choice model (choice-model.ts) over the films of vega-datasets. The same seed gives the same people. */
export function moviesEnvironment(options: { readonly clients: number; readonly seed: number }): Environment {
  const world = filmWorld();
  const { films, statistics } = world;
  const random = seededRandom(options.seed);
  const people = new Map<string, Person>();
  while (people.size < options.clients) {
    const id = `client-${people.size}`;
    const log = watchFilms(world, HABITS, random);
    // Otherwise the person is drawn again.
    if (!log) continue;
    const history = log.history.map((event) => interactionOf(world, id, event));
    const heldOut = interactionOf(world, id, log.heldOut);
    const touched = new Set(history.map(({ itemId }) => itemId)).add(heldOut.itemId);
    people.set(id, { client: { id, history, heldOut, touched }, tastes: log.tastes });
  }
  const rows = new Map(films.map((film, index) => [film.id, { film, index }]));
  return {
    name: "movies",
    features: filmCatalogueFeatures(films),
    items: films.map(filmItem),
    clients: [...people.values()].map(({ client }) => client),
    rewardMeaning: "expected clicks on the ten best-ranked of the candidates, under the user-choice model",
    reward({ id }, slate) {
      const person = people.get(id);
      if (!person) return 0;
      return slate.reduce((sum, itemId, position) => {
        const row = rows.get(itemId);
        const liking = row ? appeal(utility(person.tastes, row.film, row.index, statistics)) : 0;
        return sum + examine(position) * liking;
      }, 0);
    },
  };
}

function interactionOf({ films }: FilmWorld, id: string, { row, slate, ...event }: FilmEvent): Interaction {
  return { itemId: films[row]?.id ?? "", recommendationId: `${id}-${slate}`, ...event };
}
