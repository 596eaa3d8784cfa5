import { INTERACTION_KINDS, type Interaction } from "@tacit/shared";
import type { HistoryColumns } from "./history-columns.js";

/** How a client's recommendations are called again: by their number. */
const recommendationName = (slate: number): string => `r${slate}`;

const names: string[] = [];
const nameOf = (slate: number): string => (names[slate] ??= recommendationName(slate));

/** A client's history as its SDK would hold it, and what is held out of it. */
export interface UnpackedClient {
  readonly history: readonly Interaction[];
  readonly heldOut: Interaction;
}

/** @param client its number in the population. */
export function unpackHistory(
  columns: HistoryColumns,
  ids: readonly string[],
  client: number,
): Interaction[] {
  const [from, to] = placesOf(columns, client);
  const history: Interaction[] = new Array(Math.max(0, to - 1 - from));
  for (let at = from; at < to - 1; at++) history[at - from] = interactionAt(columns, ids, at);
  return history;
}

export function unpackClient(
  columns: HistoryColumns,
  ids: readonly string[],
  client: number,
): UnpackedClient {
  const [, to] = placesOf(columns, client);
  return {
    history: unpackHistory(columns, ids, client),
    heldOut: interactionAt(columns, ids, to - 1),
  };
}

function placesOf({ first, offsets }: HistoryColumns, client: number): [number, number] {
  const [from, to] = [offsets[client - first], offsets[client - first + 1]];
  if (from === undefined || to === undefined) throw new RangeError(`client ${client} is not here`);
  return [from, to];
}

function interactionAt(columns: HistoryColumns, ids: readonly string[], at: number): Interaction {
  const { items, kinds, times, timeScale, values, valueCodes } = columns;
  const { recommendations, positions, propensities } = columns;
  const kind = INTERACTION_KINDS[kinds[at] ?? -1];
  const itemId = ids[items[at] ?? -1];
  if (kind === undefined || itemId === undefined) throw new RangeError(`no interaction at ${at}`);
  const time = times[at] ?? 0;
  const { origin, unit } = timeScale;
  const interaction: Mutable<Interaction> = { kind, itemId, at: unit === 0 ? time : origin + unit * time };
  const stored = values?.[at] ?? (valueCodes ? 0 : Number.NaN);
  const value = valueCodes ? valueCodes.values[stored - 1] : stored;
  if (value !== undefined && !Number.isNaN(value)) interaction.value = value;
  const slate = recommendations?.[at] ?? 0;
  if (slate > 0) interaction.recommendationId = nameOf(slate - 1);
  const position = positions?.[at] ?? 0;
  if (position > 0) interaction.position = position - 1;
  const propensity = propensities?.[at] ?? 0;
  if (propensity > 0) interaction.propensity = propensity;
  const context = columns.contextValues?.[(columns.contexts?.[at] ?? 0) - 1];
  if (context) interaction.context = context;
  return interaction;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
