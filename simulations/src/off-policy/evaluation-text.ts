import { type Interval, OFF_POLICY_ESTIMATORS } from "@tacit/shared";
import { aligned } from "../report/aligned.js";
import type { EstimatorResult } from "./evaluate-log.js";
import type { EvaluationReport } from "./evaluation-report.js";

const number = (value: number) => value.toFixed(6);
const interval = (known: Interval | null) =>
  known ? `${number(known.low)} – ${number(known.high)}` : "unknown";

function parameterText(name: string, { parameter }: EstimatorResult): string {
  if (!parameter) return "";
  const symbol = name === "dros" ? "λ" : "τ";
  return `${symbol} = ${parameter.value ?? "∞"}${parameter.tuned ? " (least estimated error)" : ""}`;
}

/** The estimates for people. */
export function evaluationText(report: EvaluationReport): string[] {
  const { policy, rounds, items, places, loggedValue, weights, estimates, confidence } = report;
  const percent = `${Number((100 * confidence).toFixed(4))} %`;
  const rows = OFF_POLICY_ESTIMATORS.flatMap((name) => {
    const result = estimates[name];
    if (!result) return [];
    const { value, bootstrap, bernstein } = result;
    return [[name, number(value), interval(bootstrap), interval(bernstein), parameterText(name, result)]];
  });
  const table = [["estimator", "value", `bootstrap, ${percent}`, `Bernstein, ${percent}`, ""], ...rows];
  return [
    `policy    ${policy.name}: ${policy.description}`,
    `log       ${rounds} impressions of ${items} items at ${places} places, mean reward ${number(loggedValue)}`,
    `weights   mean ${weights.mean.toFixed(4)}, largest ${weights.maximum.toFixed(2)}: worth ${weights.effectiveRounds.toFixed(0)} impressions`,
    "",
    ...aligned(table).lines,
  ];
}
