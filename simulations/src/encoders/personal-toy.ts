import type { Random } from "@tacit/shared";
import { clicks, type Toy } from "../toys/toy.js";

const GENRES = ["folk", "jazz", "punk", "soul"];
const ITEMS = 8;
const HISTORIES = 150;
const LENGTH = 12;

/** Everybody has one genre, which the last event hides: it is of any. The network sees that event only. */
export function personalToy(random: Random): Toy {
  const song = (genre: number) => `${GENRES[genre]} ${random.integer(ITEMS)}`;
  const any = () => song(random.integer(GENRES.length));
  const model = { historyLength: 1 };
  return {
    name: "personal",
    needs: "what a user likes beyond the events of a state",
    catalogue: { features: [{ name: "genre", kind: "categorical", values: GENRES }] },
    items: GENRES.flatMap((genre) =>
      Array.from({ length: ITEMS }, (_, i) => ({ id: `${genre} ${i}`, features: { genre } })),
    ),
    arms: {
      "mean, nothing personal": { model },
      "mean, personal": { model: { ...model, personal: {} } },
      "mean, personal of 2": { model: { ...model, personal: { size: 2 } } },
    },
    histories: Array.from({ length: HISTORIES }, () => {
      const genre = random.integer(GENRES.length);
      return clicks(Array.from({ length: LENGTH }, (_, i) => (i % 2 === 0 ? song(genre) : any())));
    }),
    choices: Array.from({ length: 100 }, () => {
      const genre = random.integer(GENRES.length);
      const other = (genre + 1 + random.integer(GENRES.length - 1)) % GENRES.length;
      const before = Array.from({ length: LENGTH }, (_, i) => (i % 2 === 0 ? song(genre) : any()));
      return { history: clicks(before), right: song(genre), wrong: song(other) };
    }),
  };
}
