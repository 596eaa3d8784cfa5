import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { BadRows } from "../../datasets/bad-rows.js";
import { readRecords } from "../../datasets/delimited.js";

export const LOG_FORMATS = ["open-bandit", "csv", "jsonl"] as const;
export type LogFormatName = (typeof LOG_FORMATS)[number];

interface LogRecord {
  /** From 1, the header included. */
  readonly line: number;
  readonly values: ReadonlyMap<string, string>;
}

/** How a file says what a log holds. */
export interface LogFormat {
  records(path: string, bad: BadRows): AsyncIterable<LogRecord>;
  /** Whether a first line names the fields of all records. */
  readonly header: boolean;
  /** Names of its fields. */
  readonly item: string;
  readonly position: string;
  readonly reward: string;
  readonly propensity: string;
  /** Of the time, which need not be there. */
  readonly time: string;
  /** Number of the first place. */
  readonly firstPosition: number;
  /** Whether a further field tells something of the user. */
  isContext(field: string): boolean;
}

const readCsv = (path: string, bad: BadRows) => readRecords(path, { delimiter: ",", quoted: true }, bad);

/** The Open Bandit Dataset (Saito et al. 2021, arXiv 2008.07146). Contexts are its user features, as in its pipeline. */
const openBandit: LogFormat = {
  records: readCsv,
  header: true,
  item: "item_id",
  position: "position",
  reward: "click",
  propensity: "propensity_score",
  time: "timestamp",
  firstPosition: 1,
  isContext: (field) => field.startsWith("user_feature"),
};

/** One impression a row: item, position (from 0), reward, propensity and, where known, timestamp; every other column is a context. */
const csv: LogFormat = {
  records: readCsv,
  header: true,
  item: "item",
  position: "position",
  reward: "reward",
  propensity: "propensity",
  time: "timestamp",
  firstPosition: 0,
  isContext: (field) => field !== "",
};

/** The same, one JSON object a line; a list is what a CSV has between |. */
const jsonl: LogFormat = { ...csv, records: readJsonLines, header: false };

export const LOG_FORMAT: Readonly<Record<LogFormatName, LogFormat>> = {
  "open-bandit": openBandit,
  csv,
  jsonl,
};

async function* readJsonLines(path: string, bad: BadRows): AsyncGenerator<LogRecord> {
  let line = 0;
  for await (const text of createInterface({
    input: createReadStream(path),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    line++;
    if (text.trim() === "") continue;
    const object = parseObject(text);
    if (object)
      yield { line, values: new Map(Object.entries(object).map(([name, value]) => [name, plain(value)])) };
    else bad.add(path, line, "not a JSON object");
  }
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(plain).join("|");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
