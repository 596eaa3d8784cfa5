import { deserialize, serialize } from "node:v8";
import type { Catalogue } from "@tacit/shared";
import type { Column } from "../columns/column.js";
import type { HistoryColumns } from "../columns/history-columns.js";
import type { Population } from "../columns/population.js";
import { catalogueFrom, type SharedCatalogue } from "../columns/shared-catalogue.js";

interface DatasetParts {
  readonly catalogue: Catalogue;
  readonly population: Population;
}

/** Columns in memory of their own, as they are written and read. */
type PlainColumn = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

interface PlainPopulation {
  readonly clients: number;
  readonly parts: readonly HistoryColumns<PlainColumn>[];
}

/** A data set's catalogue and histories for processes that cannot read its files. */
export function encodeDataset({ catalogue, population }: DatasetParts): Buffer {
  const { size, width, ids, features, neighbours } = catalogue;
  const parts = population.parts.map((part) => mapColumns(part, (column): PlainColumn => column.slice()));
  return serialize({
    catalogue: { size, width, ids, features: features.slice(), ...(neighbours && { neighbours }) },
    population: { clients: population.clients, parts },
  });
}

/** The inverse of {@link encodeDataset}, of bytes that this program wrote. */
export function decodeDataset(bytes: Buffer): DatasetParts {
  const read: { catalogue: SharedCatalogue; population: PlainPopulation } = deserialize(bytes);
  const { clients, parts } = read.population;
  return {
    catalogue: catalogueFrom(read.catalogue),
    population: { clients, parts: parts.map((part) => mapColumns(part, shared)) },
  };
}

function mapColumns<From, To>(part: HistoryColumns<From>, map: (column: From) => To): HistoryColumns<To> {
  const { values, recommendations, positions, propensities, contexts, ...rest } = part;
  return {
    ...rest,
    offsets: map(part.offsets),
    items: map(part.items),
    kinds: map(part.kinds),
    times: map(part.times),
    ...(values && { values: map(values) }),
    ...(recommendations && { recommendations: map(recommendations) }),
    ...(positions && { positions: map(positions) }),
    ...(propensities && { propensities: map(propensities) }),
    ...(contexts && { contexts: map(contexts) }),
  };
}

/** The same numbers in memory that threads share. */
function shared(column: PlainColumn): Column {
  const memory = new SharedArrayBuffer(column.byteLength);
  new Uint8Array(memory).set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  if (column instanceof Uint8Array) return new Uint8Array(memory);
  if (column instanceof Uint16Array) return new Uint16Array(memory);
  if (column instanceof Uint32Array) return new Uint32Array(memory);
  return column instanceof Float32Array ? new Float32Array(memory) : new Float64Array(memory);
}
