import { basename } from "node:path";
import type { Item } from "@tacit/shared";
import { BadRows } from "../../datasets/bad-rows.js";
import { milliseconds } from "../../datasets/milliseconds.js";
import type { BanditLog, EvaluationRefusal } from "./bandit-log.js";
import { headerProblem } from "./header-problem.js";
import { LOG_FORMAT, type LogFormat, type LogFormatName } from "./log-format.js";
import { refuse } from "./refuse.js";
import { refuseBadRows, refuseUnreadable } from "./refuse-rows.js";

export type ReadLog = { readonly ok: true; readonly log: BanditLog } | EvaluationRefusal;

const MOST_PLACES = 1000;

interface Impression {
  readonly action: number;
  readonly position: number;
  readonly reward: number;
  readonly propensity: number;
  readonly time: number;
}

/**
 * Reads all impressions, or refuses them by line and field.
 * @param places Only those at the first so many places.
 */
export async function readLog(
  path: string,
  format: LogFormatName,
  items: readonly Item[],
  places = MOST_PLACES,
): Promise<ReadLog> {
  const layout = LOG_FORMAT[format];
  const rows = new Map(items.map(({ id }, row) => [id, row]));
  const bad = new BadRows();
  const impressions: Impression[] = [];
  const contexts = new Map<string, string[]>();
  let headed = !layout.header;
  try {
    for await (const { line, values } of layout.records(path, bad)) {
      const problem = headed ? undefined : headerProblem(layout, new Set(values.keys()));
      if (problem !== undefined) return refuse("bad-header", `${basename(path)}: ${problem}`);
      headed = true;
      bad.rows++;
      const impression = impressionOf(layout, values, rows);
      if (typeof impression === "string") {
        bad.add(path, line, impression);
        continue;
      }
      if (impression.position >= places) continue;
      for (const [field, value] of values) {
        if (!isContext(layout, field)) continue;
        const column = contexts.get(field) ?? [];
        column[impressions.length] = value;
        contexts.set(field, column);
      }
      impressions.push(impression);
    }
  } catch (error) {
    return refuseUnreadable(path, error);
  }
  if (bad.count > 0) return refuseBadRows(bad);
  if (impressions.length === 0) return { ok: false, reason: "empty", message: `${path}: no impressions` };
  return { ok: true, log: columnsOf(items, impressions, contexts) };
}

function isContext(layout: LogFormat, field: string): boolean {
  const { item, position, reward, propensity, time } = layout;
  return ![item, position, reward, propensity, time].includes(field) && layout.isContext(field);
}

/** What is wrong with it, in words that name the field, where something is. */
function impressionOf(
  layout: LogFormat,
  values: ReadonlyMap<string, string>,
  rows: ReadonlyMap<string, number>,
): Impression | string {
  const text = (field: string) => values.get(field) ?? "";
  const number = (field: string) => (text(field) === "" ? Number.NaN : Number(text(field)));
  const wrong = (field: string, what: string) => `${field}: "${text(field)}" ${what}`;
  const action = rows.get(text(layout.item));
  if (action === undefined) return wrong(layout.item, "is not among the items");
  const position = number(layout.position) - layout.firstPosition;
  if (!Number.isInteger(position) || position < 0 || position >= MOST_PLACES) {
    return wrong(layout.position, `is not a whole number from ${layout.firstPosition}`);
  }
  const reward = number(layout.reward);
  if (!Number.isFinite(reward)) return wrong(layout.reward, "is not a number");
  const propensity = number(layout.propensity);
  if (!(propensity > 0 && propensity <= 1)) return wrong(layout.propensity, "is not in (0, 1]");
  return { action, position, reward, propensity, time: milliseconds(text(layout.time)) };
}

const columnsOf = (
  items: readonly Item[],
  impressions: readonly Impression[],
  contexts: ReadonlyMap<string, readonly string[]>,
): BanditLog => ({
  items,
  places: 1 + impressions.reduce((last, { position }) => Math.max(last, position), 0),
  actions: Int32Array.from(impressions, ({ action }) => action),
  positions: Int32Array.from(impressions, ({ position }) => position),
  rewards: Float64Array.from(impressions, ({ reward }) => reward),
  propensities: Float64Array.from(impressions, ({ propensity }) => propensity),
  times: Float64Array.from(impressions, ({ time }) => time),
  contexts,
});
