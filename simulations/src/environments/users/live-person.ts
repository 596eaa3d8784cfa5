import type { Interaction } from "@tacit/shared";
import type { Person, Shown, Visit } from "../live-environment.js";
import { VisitLog } from "./visit-log.js";

/** What makes somebody somebody: how they answer, and when they come back. Slates are rows of the catalogue. */
export interface Character {
  readonly first: Visit;
  /** Writes what the person does with a slate, and changes the person. */
  answer(slate: readonly number[], visit: Visit, log: VisitLog): void;
  /** The visit after this one; undefined: gone for good. */
  next(after: Visit): Visit | undefined;
  /** See {@link Person.expectedReward}. */
  expectedReward(slate: readonly number[], visit: Visit): number;
  /** See {@link Person.outstanding}; nothing is when left out. */
  outstanding?(): Interaction[];
}

/** A character led through its visits. */
export function livePerson(rows: ReadonlyMap<string, number>, character: Character): Person {
  let visit: Visit | undefined = character.first;
  const rowsOf = ({ candidates }: Visit, slate: readonly string[]) =>
    slate.map((id) => {
      const row = rows.get(id);
      if (row === undefined || (candidates && !candidates.includes(id))) {
        throw new Error(`${id} may not be shown`);
      }
      return row;
    });
  const present = (): Visit => {
    if (!visit) throw new Error("the person is gone");
    return visit;
  };
  return {
    visit: () => visit,
    respond(shown: Shown) {
      const now = present();
      const slate = rowsOf(
        now,
        shown.items.map(({ itemId }) => itemId),
      );
      const log = new VisitLog(now, shown);
      character.answer(slate, now, log);
      visit = character.next(now);
      return log.interactions;
    },
    expectedReward: (slate) => character.expectedReward(rowsOf(present(), slate), present()),
    outstanding: () => character.outstanding?.() ?? [],
  };
}

/** Rows of a catalogue by the items' ids. */
export const rowsById = (items: readonly { readonly id: string }[]): ReadonlyMap<string, number> =>
  new Map(items.map(({ id }, row) => [id, row]));
