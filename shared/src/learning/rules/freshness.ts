import type { Catalogue } from "../../catalogue/catalogue.js";
import { numberOf } from "../../catalogue/item-feature.js";
import type { FeatureSpec } from "../../task/feature-spec.js";
import type { Rules } from "../../task/rules-spec.js";
import type { RuledCandidates, SlateRule } from "./slate-rule.js";

const DAY = 86_400_000;

/**
 * s + boost · σ · 2^(−age / half-life), and nothing older than the maximum. An item whose age is not known is not raised, and
 * where there is a maximum not shown.
 */
export function freshness(
  rule: NonNullable<Rules["freshness"]>,
  { rows, deviation }: RuledCandidates,
  specs: readonly FeatureSpec[],
  catalogue: Catalogue,
  at: number,
): SlateRule {
  const changes = Float64Array.from(rows, (row) => {
    const value = numberOf(specs, catalogue, rule.feature, row);
    const age = ageInDays(rule.unit, value, at) ?? Number.POSITIVE_INFINITY;
    if (age > (rule.maximumAgeDays ?? Number.POSITIVE_INFINITY)) return Number.NEGATIVE_INFINITY;
    return rule.boost * deviation * 2 ** (-age / rule.halfLifeDays);
  });
  return {
    adjust(scores) {
      for (const [i, change] of changes.entries()) scores[i] = (scores[i] ?? 0) + change;
    },
    shown: () => undefined,
  };
}

/** What is dated later than now is new. undefined where nothing, or no date, is told. */
function ageInDays(
  unit: NonNullable<Rules["freshness"]>["unit"],
  value: number | undefined,
  at: number,
): number | undefined {
  if (value === undefined) return undefined;
  switch (unit) {
    case "age-days":
      return value;
    case "year": {
      const begin = beginOf(value);
      return Number.isNaN(begin) ? undefined : Math.max(0, at - begin) / DAY;
    }
    case "days":
      return Math.max(0, at - value * DAY) / DAY;
    case "seconds":
      return Math.max(0, at - value * 1000) / DAY;
    case "milliseconds":
      return Math.max(0, at - value) / DAY;
  }
}

/** NaN beyond the years that a Date knows. Date.UTC would take the year 70 for 1970. */
const beginOf = (year: number): number => new Date(0).setUTCFullYear(Math.floor(year), 0, 1);
