import type { Random } from "@tacit/shared";
import { clicks, type Toy } from "../toys/toy.js";

const GENRES = ["folk", "jazz", "punk", "soul"];
const ALBUMS = 16;
const TRACKS = 4;
/** The last track of every album is new. */
const HEARD = TRACKS - 1;
const HISTORIES = 300;

/** Tracks that nothing is known of but the album they are on; listeners keep to one genre, which albums have. */
export function relationsToy(random: Random): Toy {
  const genreOf = (album: number) => GENRES[album % GENRES.length] ?? "";
  const track = (album: number, place: number) => `track ${album}.${place}`;
  const albums = Array.from({ length: ALBUMS }, (_, album) => album);
  const places = Array.from({ length: TRACKS }, (_, place) => place);
  const albumOf = (genre: number) => genre + GENRES.length * random.integer(ALBUMS / GENRES.length);
  const heard = (genre: number) => track(albumOf(genre), random.integer(HEARD));
  return {
    name: "relations",
    needs: "what an item's neighbours are like",
    catalogue: {
      features: [{ name: "genre", kind: "categorical", values: GENRES }],
      relations: ["on"],
    },
    items: [
      ...albums.map((album) => ({ id: `album ${album}`, features: { genre: genreOf(album) } })),
      ...albums.flatMap((album) =>
        places.slice(0, HEARD).map((place) => ({ id: track(album, place), features: {} })),
      ),
    ],
    newItems: albums.map((album) => ({ id: track(album, HEARD), features: {} })),
    relations: albums.flatMap((album) =>
      places.map((place) => ({ head: track(album, place), relation: "on", tail: `album ${album}` })),
    ),
    arms: { "two-tower": { model: {} }, graph: { model: { itemEncoder: "graph" } } },
    histories: Array.from({ length: HISTORIES }, () => {
      const genre = random.integer(GENRES.length);
      return clicks([heard(genre), heard(genre), heard(genre)]);
    }),
    choices: Array.from({ length: 100 }, () => {
      const genre = random.integer(GENRES.length);
      const other = (genre + 1 + random.integer(GENRES.length - 1)) % GENRES.length;
      return {
        history: clicks([heard(genre), heard(genre)]),
        right: track(albumOf(genre), HEARD),
        wrong: track(albumOf(other), HEARD),
      };
    }),
  };
}
