import type { FeatureValue } from "@tacit/shared";
import type { BanditLog, EvaluationRefusal } from "../log/bandit-log.js";
import { refuse } from "../log/refuse.js";
import { type EncodedColumns, encodeColumns } from "./encoded-columns.js";

/** The matrix that is solved has the square of it. */
const WIDEST = 1500;
const MOST_NAMED = 3;
/** Which item it is: an indicator each. */
const ITEM_ID = "item_id";

/** Which columns a reward model reads, by name; all of them where nothing is chosen. */
export interface ColumnChoice {
  readonly contexts?: readonly string[];
  /** `item_id` among them: which item it is. */
  readonly itemFeatures?: readonly string[];
}

/** What a reward model reads: a constant, what is known of the user, the item and its place. */
export interface RewardColumns {
  readonly ok: true;
  /** Names, in the log's order. */
  readonly contexts: readonly string[];
  readonly itemFeatures: readonly string[];
  /** A row a round. */
  readonly users: EncodedColumns;
  /** A row an item. */
  readonly items: EncodedColumns;
  /** Of everything. */
  readonly width: number;
}

type Columns = ReadonlyMap<string, readonly FeatureValue[]>;

/** Encodes what was chosen, or says which name there is not, or which columns make too many. */
export function rewardColumns(log: BanditLog, choice: ColumnChoice = {}): RewardColumns | EvaluationRefusal {
  const contexts = chosen("--contexts", log.contexts, choice.contexts);
  if (!contexts.ok) return contexts;
  const itemFeatures = chosen("--item-features", itemColumns(log), choice.itemFeatures);
  if (!itemFeatures.ok) return itemFeatures;
  const users = encodeColumns([...contexts.columns.values()], log.actions.length);
  const items = encodeColumns([...itemFeatures.columns.values()], log.items.length);
  const width = 1 + users.width + items.width + log.places;
  if (width > WIDEST) {
    const widest = [
      ...named("context", contexts.columns, users),
      ...named("item feature", itemFeatures.columns, items),
    ].sort((a, b) => b.width - a.width);
    return refuse("too-wide", tooWide(width, widest.slice(0, MOST_NAMED)));
  }
  return {
    ok: true,
    contexts: [...contexts.columns.keys()],
    itemFeatures: [...itemFeatures.columns.keys()],
    users,
    items,
    width,
  };
}

function itemColumns({ items }: BanditLog): Columns {
  const names = new Set(items.flatMap(({ features }) => Object.keys(features)));
  const named = [...names].map((name) => [name, items.map(({ features }) => features[name])] as const);
  // Never a number, though ids may look like it.
  const ids = items.map(({ id }) => `item ${id}`);
  return new Map<string, readonly FeatureValue[]>([...named, [ITEM_ID, ids]]);
}

function chosen(
  flag: string,
  columns: Columns,
  names: readonly string[] | undefined,
): { readonly ok: true; readonly columns: Columns } | EvaluationRefusal {
  if (!names) return { ok: true, columns };
  const wanted = new Set<string>();
  for (const name of names) {
    // The header of a CSV has been read in lower case.
    const known = [name, name.toLowerCase()].find((column) => columns.has(column));
    if (known === undefined) {
      const there = columns.size > 0 ? [...columns.keys()].join(", ") : "none";
      return refuse("unknown-column", `${flag}: no column "${name}"; there are: ${there}`);
    }
    wanted.add(known);
  }
  return { ok: true, columns: new Map([...columns].filter(([name]) => wanted.has(name))) };
}

interface NamedWidth {
  readonly name: string;
  readonly width: number;
}

const named = (kind: string, columns: Columns, { widths }: EncodedColumns): NamedWidth[] =>
  [...columns.keys()].map((name, entry) => ({ name: `${kind} "${name}"`, width: widths[entry] ?? 0 }));

function tooWide(width: number, widest: readonly NamedWidth[]): string {
  const most = widest.map((column) => `${column.name} (${column.width})`).join(", ");
  return `the reward model has ${width} columns: at most ${WIDEST}. Widest are ${most}: name those to keep with --contexts and --item-features, or do without a model (--estimator ips,snips)`;
}
