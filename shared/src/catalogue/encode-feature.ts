import type { FeatureSpec } from "../task/feature-spec.js";
import { hashBucket } from "./hash-bucket.js";
import type { FeatureValue } from "./item.js";

/** Writes one modality of one item into its (zeroed) columns. A missing or unusable value leaves zeros. */
export function encodeFeature(spec: FeatureSpec, value: FeatureValue, columns: Float32Array): void {
  switch (spec.kind) {
    case "numeric":
      encodeNumeric(spec, value, columns);
      break;
    case "categorical":
      encodeCategorical(spec, value, columns);
      break;
    case "text":
      encodeText(value, columns);
      break;
    case "id":
      encodeId(spec, value, columns);
      break;
    case "vector":
      if (Array.isArray(value) && value.length === spec.length) columns.set(value.map(finiteOrZero));
      scaleToUnit(columns);
      break;
  }
}

function encodeNumeric(
  { minimum, maximum, scale }: Extract<FeatureSpec, { kind: "numeric" }>,
  value: FeatureValue,
  columns: Float32Array,
): void {
  if (typeof value !== "number" || !Number.isFinite(value)) {
    columns[1] = 1;
    return;
  }
  const inside = Math.max(minimum, Math.min(maximum, value));
  const [part, whole] = [inside - minimum, maximum - minimum];
  columns[0] = scale === "log" ? Math.log1p(part) / Math.log1p(whole) : part / whole;
}

function encodeCategorical(
  { values, buckets }: Extract<FeatureSpec, { kind: "categorical" }>,
  value: FeatureValue,
  columns: Float32Array,
): void {
  for (const name of asStrings(value)) {
    const known = values.indexOf(name);
    if (known >= 0) columns[known] = 1;
    else if (buckets > 0) columns[values.length + hashBucket(name, buckets)] = 1;
  }
  scaleToUnit(columns);
}

/** Words and their character trigrams, hashed (Weinberger et al. 2009, arXiv 0902.2206). */
function encodeText(value: FeatureValue, columns: Float32Array): void {
  for (const text of asStrings(value)) {
    for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
      add(columns, hashBucket(word, columns.length));
      for (let start = 0; start + 3 <= word.length; start++) {
        add(columns, hashBucket(`#${word.slice(start, start + 3)}`, columns.length));
      }
    }
  }
  scaleToUnit(columns);
}

/** Several buckets each, so that hardly two ids share all of theirs (Svenstrup et al. 2017, arXiv 1709.03933, §3). */
function encodeId(
  { hashes, buckets }: Extract<FeatureSpec, { kind: "id" }>,
  value: FeatureValue,
  columns: Float32Array,
): void {
  for (let i = 0; i < hashes; i++) add(columns, hashBucket(`${i}#${value}`, buckets));
  scaleToUnit(columns);
}

function add(columns: Float32Array, column: number): void {
  columns[column] = (columns[column] ?? 0) + 1;
}

function scaleToUnit(columns: Float32Array): void {
  const length = lengthOf(columns);
  for (let i = 0; length && i < columns.length; i++) columns[i] = (columns[i] ?? 0) / length;
}

/** As engines compute `Math.hypot`, by compensated summation (Kahan 1965); that is slow with wide rows for arguments. */
function lengthOf(columns: Float32Array): number {
  const most = columns.reduce((greatest, value) => Math.max(greatest, Math.abs(value)), 0);
  let [sum, lost] = [0, 0];
  for (let i = 0; i < columns.length; i++) {
    const part = ((columns[i] ?? 0) / most) ** 2 - lost;
    lost = sum + part - sum - part;
    sum += part;
  }
  return most && Math.sqrt(sum) * most;
}

function asStrings(value: FeatureValue): readonly string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}

const finiteOrZero = (value: unknown): number =>
  typeof value === "number" && Number.isFinite(Math.fround(value)) ? value : 0;
