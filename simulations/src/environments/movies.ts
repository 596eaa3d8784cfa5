import { type Interaction, type Random, seededRandom } from "@tacit/shared";
import {
  appeal,
  drawTastes,
  examine,
  type FilmStatistics,
  filmStatistics,
  stars,
  type Tastes,
  utility,
} from "./choice-model.js";
import type { Environment, EnvironmentClient } from "./environment.js";
import { type Film, filmCatalogueFeatures, filmItem, readFilms } from "./films.js";
import { type LoggingPolicy, mixedPolicy } from "./logging-policy.js";

const FIRST_DAY = Date.UTC(2026, 0, 1);
const DAY = 86_400_000;
const SECOND = 1000;
const SESSIONS = 10;
const SLATES_A_SESSION = 2;
const SLATE_LENGTH = 8;
/** The logging policy: 0.3 uniform, else softmax over 0.4 standardised log votes. */
const LOGGING_EPSILON = 0.3;
const LOGGING_TEMPER = 0.4;
const RATED = 0.5;
/** Fewer clicks than this leave nothing to learn from and nothing to hold out: the person is drawn again. */
const FEWEST_CLICKS = 3;

interface Person {
  readonly client: EnvironmentClient;
  readonly tastes: Tastes;
}

/** People of the documented choice model (choice-model.ts) over the films of vega-datasets. The same seed gives the same people. */
export function moviesEnvironment(options: { readonly clients: number; readonly seed: number }): Environment {
  const films = readFilms();
  const statistics = filmStatistics(films);
  const policy = mixedPolicy(
    statistics.popularity.map((popularity) => Math.exp(LOGGING_TEMPER * popularity)),
    LOGGING_EPSILON,
  );
  const random = seededRandom(options.seed);
  const people = new Map<string, Person>();
  while (people.size < options.clients) {
    const person = live(`client-${people.size}`, films, statistics, policy, random);
    if (person) people.set(person.client.id, person);
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

/** One person's weeks before the logging policy; undefined where too little was clicked. */
function live(
  id: string,
  films: readonly Film[],
  statistics: FilmStatistics,
  policy: LoggingPolicy,
  random: Random,
): Person | undefined {
  const tastes = drawTastes(statistics, random);
  const log: Interaction[] = [];
  let clicks = 0;
  for (let slate = 0; slate < SESSIONS * SLATES_A_SESSION; slate++) {
    const day = Math.floor(slate / SLATES_A_SESSION) * 3;
    const shownAt =
      FIRST_DAY + day * DAY + (slate % SLATES_A_SESSION) * 600 * SECOND + random.integer(300) * SECOND;
    const recommendationId = `${id}-${slate}`;
    for (const [position, { index, propensity }] of policy.slate(SLATE_LENGTH, random).entries()) {
      const film = films[index];
      if (!film) continue;
      const shared = { itemId: film.id, recommendationId, position };
      log.push({ ...shared, kind: "impression", at: shownAt, propensity });
      const liking = utility(tastes, film, index, statistics);
      if (random.uniform() >= examine(position) * appeal(liking)) continue;
      const at = shownAt + (position + 1) * 20 * SECOND;
      clicks++;
      log.push({ ...shared, kind: "click", at });
      if (random.uniform() < RATED) {
        log.push({ ...shared, kind: "rating", at: at + 10 * SECOND, value: stars(liking, random) });
      }
    }
  }
  const sorted = log.sort((a, b) => a.at - b.at);
  const heldOut = clicks >= FEWEST_CLICKS ? sorted.findLast(({ kind }) => kind === "click") : undefined;
  if (!heldOut) return undefined;
  const history = sorted.filter(({ at, itemId }) => at < heldOut.at && itemId !== heldOut.itemId);
  const touched = new Set(history.map(({ itemId }) => itemId)).add(heldOut.itemId);
  return { client: { id, history, heldOut, touched }, tastes };
}
