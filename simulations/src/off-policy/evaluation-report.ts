import type { LogEvaluation } from "./evaluate-log.js";
import type { LogFormatName } from "./log/log-format.js";

/** What `--json` prints. */
export interface EvaluationReport extends Omit<LogEvaluation, "ok"> {
  readonly log: string;
  readonly format: LogFormatName;
  readonly policy: { readonly name: string; readonly description: string };
  /** Impressions. */
  readonly rounds: number;
  readonly items: number;
  readonly places: number;
  readonly confidence: number;
  readonly folds: number;
  readonly draws: number;
  readonly seed: number;
}
