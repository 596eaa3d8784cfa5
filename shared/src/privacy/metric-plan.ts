import type { MetricName } from "../task/metric-name.js";

/** What a task's clients add up beside their updates. */
export interface MetricPlan {
  /** Whether the update was within the clip: there for a clip that adapts. */
  readonly withinClip: boolean;
  readonly named: readonly NamedMetric[];
}

export interface NamedMetric {
  readonly name: MetricName;
  readonly minimum: number;
  readonly maximum: number;
}

/** What one client measured; what it could not measure is absent. */
export type Measurements = { readonly [Name in MetricName]?: number | undefined };

/** One coordinate for the bit within the clip; two for a named metric: its value, and whether there is one. */
export const metricCoordinates = ({ withinClip, named }: MetricPlan): number =>
  (withinClip ? 1 : 0) + 2 * named.length;
