import { LOG_FORMAT, LOG_FORMATS, type LogFormat } from "./log-format.js";

/** Which columns a header lacks, and the format that it has all of, where there is one; undefined where none is missing. */
export function headerProblem(layout: LogFormat, columns: ReadonlySet<string>): string | undefined {
  const missing = missingOf(layout, columns);
  if (missing.length === 0) return undefined;
  const other = LOG_FORMATS.find(
    (name) => LOG_FORMAT[name].header && missingOf(LOG_FORMAT[name], columns).length === 0,
  );
  const named = `the header has no column ${missing.map((column) => `"${column}"`).join(", ")}`;
  return other ? `${named}; it looks like --format ${other}` : named;
}

const missingOf = ({ item, position, reward, propensity }: LogFormat, columns: ReadonlySet<string>) =>
  [item, position, reward, propensity].filter((column) => !columns.has(column));
