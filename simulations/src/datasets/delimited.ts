import { createReadStream } from "node:fs";
import { parse } from "csv-parse";
import type { BadRows } from "./bad-rows.js";

export interface DelimitedOptions {
  readonly delimiter: string;
  readonly encoding?: "utf8" | "latin1";
  /** Double quotes enclose fields (CSV); without it a quote is a character like any other. */
  readonly quoted?: boolean;
}

/** One row: its fields, trimmed, and the line it ends on (from 1). */
export interface Row {
  readonly line: number;
  readonly fields: readonly string[];
}

function isRow(record: unknown): record is { record: string[]; info: { lines: number } } {
  return typeof record === "object" && record !== null && "record" in record && "info" in record;
}

/** Streams the rows of a delimited file. Rows the parser cannot split are counted as bad and passed over. */
export async function* readRows(path: string, options: DelimitedOptions, bad: BadRows): AsyncGenerator<Row> {
  const file = createReadStream(path, { encoding: options.encoding ?? "utf8" });
  const parser = parse({
    bom: true,
    delimiter: options.delimiter,
    info: true,
    quote: options.quoted ? '"' : null,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    trim: true,
    on_skip: (error) => {
      bad.rows++;
      bad.add(path, error && "lines" in error ? Number(error.lines) : 0, "quotes do not match");
      return undefined;
    },
  });
  file.on("error", (error) => parser.destroy(error));
  for await (const record of file.pipe(parser)) {
    if (isRow(record)) yield { line: record.info.lines, fields: record.record };
  }
}

/** Rows by column name. The first row is the header; `columnName` cleans its fields. */
export async function* readRecords(
  path: string,
  options: DelimitedOptions,
  bad: BadRows,
  columnName: (field: string) => string = (field) => field.toLowerCase(),
): AsyncGenerator<{ line: number; values: ReadonlyMap<string, string> }> {
  let header: readonly string[] | undefined;
  for await (const { line, fields } of readRows(path, options, bad)) {
    if (header === undefined) {
      header = fields.map(columnName);
      continue;
    }
    const values = new Map<string, string>();
    for (const [index, name] of header.entries()) values.set(name, fields[index] ?? "");
    yield { line, values };
  }
}
