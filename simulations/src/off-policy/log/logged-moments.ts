import type { FeatureSpec, Features, FeatureValue, TaskSpec } from "@tacit/shared";
import type { BanditLog, EvaluationRefusal } from "./bandit-log.js";
import { refuse } from "./refuse.js";

const HOUR = 3_600_000;

/** What a model's slate depends on for somebody without a history. */
interface Moment {
  /** Milliseconds since 1970, the beginning of an hour; 0 for tasks to which all times are the same. */
  readonly at: number;
  /** What the host told. */
  readonly context: Features;
}

export interface LoggedMoments {
  readonly ok: true;
  /** Each once. */
  readonly moments: readonly Moment[];
  /** Of each round, the place of its moment in them. */
  readonly ofRound: Int32Array;
}

/** A log's moments as a task would have been told of them, or the field of the task that the log says too little of. */
export function loggedMoments(task: TaskSpec, log: BanditLog): LoggedMoments | EvaluationRefusal {
  // An item's id: nothing that is told of a moment.
  const specs = task.context?.features.filter(({ kind }) => kind !== "id") ?? [];
  const columns = new Map<FeatureSpec, readonly string[]>();
  for (const spec of specs) {
    // The header of a CSV has been read in lower case.
    const column = log.contexts.get(spec.name) ?? log.contexts.get(spec.name.toLowerCase());
    if (!column) {
      return refuse("features-differ", `context.features: the log has no column "${spec.name}"`);
    }
    columns.set(spec, column);
  }
  const timed = looksAtTime(task);
  const timeless = timed ? log.times.filter(Number.isNaN).length : 0;
  if (timeless > 0) {
    const message = `rules.freshness: ${timeless} of ${log.times.length} impressions have no timestamp`;
    return refuse("features-differ", message);
  }
  const moments: Moment[] = [];
  const known = new Map<string, number>();
  const ofRound = new Int32Array(log.actions.length);
  for (const round of log.actions.keys()) {
    const at = timed ? Math.floor((log.times[round] ?? 0) / HOUR) * HOUR : 0;
    const texts = [...columns].map(([spec, column]) => ({ spec, text: column[round] ?? "" }));
    const key = JSON.stringify([at, ...texts.map(({ text }) => text)]);
    const place = known.get(key) ?? moments.length;
    ofRound[round] = place;
    if (place < moments.length) continue;
    known.set(key, place);
    const read = texts.map(({ spec, text }) => ({ spec, text, value: toldValue(spec, text) }));
    const bad = read.find(({ value }) => value === undefined);
    if (bad) {
      const { spec, text } = bad;
      return refuse(
        "features-differ",
        `context.features "${spec.name}": "${text}" is not ${KINDS[spec.kind]}`,
      );
    }
    moments.push({ at, context: Object.fromEntries(read.map(({ spec, value }) => [spec.name, value])) });
  }
  return { ok: true, moments, ofRound };
}

/** Nothing else does without a history. */
const looksAtTime = ({ rules }: TaskSpec): boolean =>
  rules?.freshness !== undefined && rules.freshness.unit !== "age-days";

const KINDS: Readonly<Record<FeatureSpec["kind"], string>> = {
  numeric: "a number",
  categorical: "a category",
  text: "a text",
  id: "an id",
  vector: "a vector of the task's length (numbers between |)",
};

/** null where nothing was told, undefined where it is none of the feature's kind. */
function toldValue(spec: FeatureSpec, text: string): FeatureValue {
  if (text === "") return null;
  switch (spec.kind) {
    case "numeric":
      return finite(text);
    case "vector": {
      const numbers = text.split("|").flatMap((part) => finite(part) ?? []);
      return numbers.length === spec.length && numbers.length === text.split("|").length
        ? numbers
        : undefined;
    }
    default:
      return text.split("|");
  }
}

function finite(text: string): number | undefined {
  const number = Number(text);
  return text.trim() !== "" && Number.isFinite(number) ? number : undefined;
}
