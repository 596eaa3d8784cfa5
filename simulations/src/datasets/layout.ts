import type { InteractionKind, Item, Relation } from "@tacit/shared";
import type { BadRows } from "./bad-rows.js";
import type { UserFeatures } from "./dataset.js";

/** One interaction as a file gives it. */
export interface RawInteraction {
  readonly userId: string;
  readonly itemId: string;
  readonly kind: InteractionKind;
  readonly value?: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface RawUser {
  readonly id: string;
  readonly features: UserFeatures;
}

/** The files of one data set. */
export interface LayoutFiles {
  readonly interactions: string;
  readonly items?: string;
  readonly users?: string;
  /** A knowledge graph, and which of its entities are items. */
  readonly triples?: string;
  readonly links?: string;
}

/** One way of laying out a data set in files. Unusable rows go to `bad`; the rest are yielded in file order. */
export interface Layout {
  readonly name: string;
  /** The data set's files among `names` (names of the files in a folder), or undefined where this is another layout. */
  find(names: readonly string[]): LayoutFiles | undefined;
  interactions(path: string, bad: BadRows): AsyncIterable<RawInteraction>;
  items(path: string, bad: BadRows): AsyncIterable<Item>;
  users(path: string, bad: BadRows): AsyncIterable<RawUser>;
  /** What the knowledge graph says of items and of other entities. */
  relations?(triples: string, links: string, bad: BadRows): AsyncIterable<Relation>;
}
