import type { FeatureSpec, Interaction, Item, Relation } from "@tacit/shared";
import type { BadRow } from "./bad-rows.js";

/** What was read, and what was left out. */
export interface DatasetReport {
  readonly files: readonly string[];
  /** Data rows read, in all files. */
  readonly rows: number;
  readonly duplicates: number;
  readonly badRows: number;
  /** The first few bad rows. */
  readonly badRowList: readonly BadRow[];
  /** Items that appear in interactions and have no row of features: their ids are all that may tell them apart. */
  readonly itemsWithoutFeatures: number;
}

/** What a user file says about a user. It belongs to that user's client, like the history. */
export type UserFeatures = Readonly<Record<string, string | number | null>>;

/** A data set prepared for replay: every user is one private history. */
export interface Dataset {
  readonly name: string;
  readonly features: readonly FeatureSpec[];
  readonly items: readonly Item[];
  /** What a public knowledge graph says of them, where one lies beside; heads and tails are items or other entities. */
  readonly relations: readonly Relation[];
  /** By user, oldest first. */
  readonly histories: ReadonlyMap<string, readonly Interaction[]>;
  readonly users: ReadonlyMap<string, UserFeatures>;
  readonly report: DatasetReport;
}

export type ReadDataset =
  | { readonly ok: true; readonly dataset: Dataset }
  | {
      readonly ok: false;
      readonly reason: "not-found" | "unknown-layout" | "no-usable-rows";
      readonly message: string;
    };
