import { type Features, INTERACTION_KINDS, type InteractionKind } from "@tacit/shared";
import { type Column, realColumn, wholeColumn } from "./column.js";
import { Growing } from "./growing.js";
import type { HistoryColumns, TimeScale, ValueCodes } from "./history-columns.js";

/** One interaction without strings. */
export interface PackedInteraction {
  readonly kind: InteractionKind;
  /** Row in the catalogue. */
  readonly row: number;
  readonly at: number;
  readonly value?: number | undefined;
  /** Number of its recommendation among this client's, from 0. */
  readonly slate?: number | undefined;
  readonly position?: number | undefined;
  readonly propensity?: number | undefined;
  readonly context?: Features | undefined;
}

const MOST_CODES = 255;
const NONE = -1;

/** Appends interactions and makes columns of them, as narrow as what was appended allows. */
export class ColumnsWriter {
  readonly #offsets = new Growing();
  readonly #rows = new Growing();
  readonly #kinds = new Growing();
  readonly #times = new Growing();
  readonly #values = new Growing();
  readonly #slates = new Growing();
  readonly #positions = new Growing();
  readonly #propensities = new Growing();
  readonly #contexts = new Growing();
  /** Codes of the distinct ones by their text. */
  readonly #contextCodes = new Map<string, number>();
  #contextValues: Features[] = [];

  append({ kind, row, at, value, slate, position, propensity, context }: PackedInteraction): void {
    this.#rows.push(row);
    this.#kinds.push(INTERACTION_KINDS.indexOf(kind));
    this.#times.push(at);
    this.#values.push(value ?? Number.NaN);
    this.#slates.push((slate ?? NONE) + 1);
    this.#positions.push((position ?? NONE) + 1);
    this.#propensities.push(propensity ?? 0);
    this.#contexts.push(context ? this.#contextCode(context) : 0);
  }

  #contextCode(context: Features): number {
    const text = JSON.stringify(context);
    const code = this.#contextCodes.get(text) ?? this.#contextValues.push(context);
    this.#contextCodes.set(text, code);
    return code;
  }

  endClient(): void {
    this.#offsets.push(this.#rows.length);
  }

  /** The columns of everybody since the last call. */
  finish(first: number): HistoryColumns {
    const clients = this.#offsets.length;
    const offsets = wholeColumn(clients + 1, this.#rows.length);
    offsets.set(this.#offsets.all(), 1);
    const timeScale = timeScaleOf(this.#times.all());
    const slates = optional(this.#slates.all());
    const positions = optional(this.#positions.all());
    const propensities = singles(this.#propensities.all());
    const contexts = optional(this.#contexts.all());
    const columns: HistoryColumns = {
      first,
      clients,
      offsets,
      items: whole(this.#rows.all()),
      kinds: whole(this.#kinds.all()),
      times: timesOf(this.#times.all(), timeScale),
      timeScale,
      ...valuesOf(this.#values.all()),
      ...(slates && { recommendations: slates }),
      ...(positions && { positions }),
      ...(propensities && { propensities }),
      ...(contexts && { contexts, contextValues: this.#contextValues }),
    };
    for (const part of [this.#offsets, this.#rows, this.#kinds, this.#times, this.#values]) part.clear();
    for (const part of [this.#slates, this.#positions, this.#propensities, this.#contexts]) part.clear();
    this.#contextCodes.clear();
    this.#contextValues = [];
    return columns;
  }
}

function whole(values: Float64Array): Column {
  const column = wholeColumn(values.length, greatest(values));
  column.set(values);
  return column;
}

const optional = (values: Float64Array): Column | undefined =>
  greatest(values) > 0 ? whole(values) : undefined;

function singles(values: Float64Array): Column | undefined {
  if (greatest(values) <= 0) return undefined;
  const column = new Float32Array(new SharedArrayBuffer(4 * values.length));
  column.set(values);
  return column;
}

/** The coarsest unit in which all times are whole; a unit of 0 keeps them as they are. */
function timeScaleOf(times: Float64Array): TimeScale {
  const origin = times.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  let unit = 0;
  for (const at of times) {
    if (!Number.isSafeInteger(at)) return { origin: 0, unit: 0 };
    let rest = at - origin;
    while (rest > 0) [unit, rest] = [rest, unit % rest];
  }
  return { origin: times.length > 0 ? origin : 0, unit: Math.max(1, unit) };
}

function timesOf(times: Float64Array, { origin, unit }: TimeScale): Column {
  if (unit === 0) {
    const column = realColumn(times.length);
    column.set(times);
    return column;
  }
  return whole(times.map((at) => (at - origin) / unit));
}

function valuesOf(values: Float64Array): { values?: Column; valueCodes?: ValueCodes } {
  const codes = new Map<number, number>();
  for (const value of values) {
    if (Number.isNaN(value) || codes.has(value)) continue;
    codes.set(value, codes.size + 1);
    if (codes.size <= MOST_CODES) continue;
    const column = realColumn(values.length);
    column.set(values);
    return { values: column };
  }
  if (codes.size === 0) return {};
  return {
    values: whole(values.map((value) => codes.get(value) ?? 0)),
    valueCodes: { values: [...codes.keys()] },
  };
}

function greatest(values: Float64Array): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, values[i] ?? 0);
  return most;
}
