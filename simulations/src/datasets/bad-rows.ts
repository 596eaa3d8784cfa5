import { basename } from "node:path";

/** One row that could not be used. Lines count from 1, the header included. */
export interface BadRow {
  readonly file: string;
  readonly line: number;
  readonly problem: string;
}

const LISTED = 10;

/** Counts rows and bad rows; lists the first ten bad ones. */
export class BadRows {
  rows = 0;
  count = 0;
  readonly list: BadRow[] = [];

  add(path: string, line: number, problem: string): void {
    this.count++;
    if (this.list.length < LISTED) this.list.push({ file: basename(path), line, problem });
  }
}
