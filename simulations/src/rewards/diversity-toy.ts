import type { Random } from "@tacit/shared";
import { clicks, type Toy } from "../toys/toy.js";
import { ACTING, DAY, visit } from "./visit.js";

const GENRES = ["folk", "jazz", "punk", "soul"];
const ITEMS = 4;
const HISTORIES = 300;
const VISITS = 6;
const MINUTE = 60_000;
/** A state is what was clicked last. */
const model = { historyLength: 1 };
const CLICKED = { same: 0.6, other: 0.45 };

/** After a click on one genre more of it is clicked a little more often than any other. */
export function diversityToy(random: Random): Toy {
  const any = (genre: number) => `${GENRES[genre]} ${random.integer(ITEMS)}`;
  const otherThan = (genre: number) => (genre + 1 + random.integer(GENRES.length - 1)) % GENRES.length;
  const weights = { click: 1 };
  return {
    name: "diversity",
    needs: "what the user has had already",
    catalogue: { features: [{ name: "genre", kind: "categorical", values: GENRES }] },
    items: GENRES.flatMap((genre) =>
      Array.from({ length: ITEMS }, (_, i) => ({ id: `${genre} ${i}`, features: { genre } })),
    ),
    learning: ACTING,
    arms: {
      linear: { model, reward: { weights } },
      "linear, diversity": { model, reward: { weights, diversity: { weight: 2 } } },
    },
    histories: Array.from({ length: HISTORIES }, () =>
      Array.from({ length: VISITS }, (_, day) => {
        const before = random.integer(GENRES.length);
        const same = random.uniform() < 0.5;
        const shown = same ? before : otherThan(before);
        const propensity = 0.5 / (ITEMS * (same ? 1 : GENRES.length - 1));
        const clicked = random.uniform() < (same ? CLICKED.same : CLICKED.other);
        const followed = clicked ? [{ kind: "click" } as const] : [];
        const seen = visit(any(shown), day * DAY + MINUTE, propensity, followed);
        return [{ kind: "click", itemId: any(before), at: day * DAY } as const, ...seen];
      }).flat(),
    ),
    choices: Array.from({ length: 50 }, () => {
      const genre = random.integer(GENRES.length);
      return { history: clicks([any(genre)]), right: any(otherThan(genre)), wrong: any(genre) };
    }),
  };
}
