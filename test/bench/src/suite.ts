/** One thing to measure. */
export interface Case {
  readonly name: string;
  /** What one run works through. */
  readonly elements: number;
  /** Runs it is compared with. */
  readonly baseline?: boolean;
  /** Milliseconds that the project aims to stay below. */
  readonly aim?: number;
  run(): void;
}

/** Cases that are measured in one run, so that their ratios mean something on any machine. */
export interface Suite {
  readonly title: string;
  cases(): readonly Case[];
}

/** Keeps figures under a name for `--save`; they must be what JSON can hold. */
type Keep = (name: string, figures: unknown) => void;

/** What does not fit into cases: it measures, and prints line by line. */
export interface Report {
  readonly title: string;
  lines(keep: Keep): AsyncIterable<string>;
}
