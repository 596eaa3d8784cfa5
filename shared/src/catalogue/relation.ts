/** One public fact that links an item with another one, or with something else (a person, a place, a series), by ids. */
export interface Relation {
  readonly head: string;
  /** Its name in the task. */
  readonly relation: string;
  readonly tail: string;
}
