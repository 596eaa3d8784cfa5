import type { DatasetReport } from "./dataset.js";

const LISTED_BAD_ROWS = 5;

/** What was read of a data set and what was left out, for whoever runs a command. */
export function reportLines({
  files,
  rows,
  duplicates,
  badRows,
  badRowList,
  itemsWithoutFeatures,
}: DatasetReport): string[] {
  const counts = `${files.join(", ")}: ${rows} rows, ${duplicates} duplicates dropped, ${badRows} bad rows`;
  const bare = itemsWithoutFeatures > 0 ? [`${itemsWithoutFeatures} items have no features`] : [];
  const bad = badRowList
    .slice(0, LISTED_BAD_ROWS)
    .map(({ file, line, problem }) => `  ${file} line ${line}: ${problem}`);
  return [counts, ...bare, ...bad];
}
