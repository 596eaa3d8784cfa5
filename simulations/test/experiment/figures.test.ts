import { describe, expect, it } from "vitest";
import { activityTables } from "../../src/experiment/report/activity-tables.js";
import { clippingNotes } from "../../src/experiment/report/clipping-notes.js";
import { INK } from "../../src/experiment/report/colours.js";
import { rangeOf } from "../../src/experiment/report/figure.js";
import { looksOf } from "../../src/experiment/report/looks.js";
import { metricBars } from "../../src/experiment/report/metric-bars.js";
import { privacyFrontier } from "../../src/experiment/report/privacy-frontier.js";
import { shownMetrics } from "../../src/experiment/shown-metrics.js";
import type { ArmSummary } from "../../src/experiment/summary.js";

const summary = (arm: string, means: Record<string, number>, rest: Partial<ArmSummary> = {}): ArmSummary => ({
  variation: "",
  arm,
  seeds: [1, 2],
  metrics: Object.fromEntries(
    Object.entries(means).map(([name, mean]) => [name, { mean, low: mean - 1, high: mean + 1, values: 2 }]),
  ),
  lead: null,
  above: [],
  shareClipped: null,
  epsilon: null,
  ...rest,
});

const arms = [
  summary("random", { reward: 1, ctr: 0.1, returns: 1 }),
  summary("federated, epsilon 8", { reward: 2, ctr: 0.2, returns: 1 }, { epsilon: 7.9 }),
];
const looks = looksOf(arms);

describe("what a report shows", () => {
  it("leaves out metrics that tell no arms apart, but for the first", () => {
    expect(shownMetrics(arms)).toEqual(["reward", "ctr"]);
    const same = [summary("random", { reward: 1 }), summary("oracle", { reward: 1 })];
    expect(shownMetrics(same)).toEqual(["reward"]);
    expect(shownMetrics(arms.slice(0, 1))).toEqual(["reward", "ctr", "returns"]);
  });

  it("draws a panel for each metric that tells arms apart, and nothing where none does", () => {
    const panel = (metric: string) => ({ axis: metric, metrics: [{ metric, label: metric }] });
    expect(
      metricBars(arms, [panel("reward"), panel("ctr"), panel("returns")], looks)?.match(/<svg/g),
    ).toHaveLength(2);
    expect(metricBars(arms, [panel("returns"), panel("cvr")], looks)).toBeUndefined();
    expect(metricBars(arms.slice(0, 1), [panel("reward")], looks)).toBeUndefined();
  });

  it("draws intervals over bars with white edges, so that dark ones do not hide them, and none of one seed", () => {
    const panel = { axis: "reward", metrics: [{ metric: "reward", label: "reward" }] };
    const lines = (some: readonly ArmSummary[]) =>
      [...(metricBars(some, [panel], looks)?.matchAll(/aria-label="link".*?stroke="([^"]*)"/g) ?? [])].map(
        ([, stroke]) => stroke,
      );
    expect(lines(arms)).toEqual(["white", INK]);
    const once = arms.map(({ metrics, ...rest }) => ({
      ...rest,
      metrics: Object.fromEntries(
        Object.entries(metrics).map(([name, { mean }]) => [name, { mean, low: mean, high: mean, values: 1 }]),
      ),
    }));
    expect(lines(once)).toEqual([]);
  });

  it("tells all that is known of each group of people, and how many they are, where there is more than one group", () => {
    const groups = {
      "users cold": 30,
      "ctr cold": 0.1,
      "hr@10 cold": 0.2,
      "users warm": 170,
      "ctr warm": 0.3,
    };
    const [cold = "", warm = "", ...others] =
      activityTables([summary("random", groups), summary("oracle", groups)], looks)?.split("</details>\n") ??
      [];
    expect(others).toEqual([]);
    expect(cold).toContain("cold users (30 a seed)");
    expect(cold.match(/<th scope="col">[^<]*/g)).toEqual(
      ["arm", "CTR", "HR@10"].map((name) => `<th scope="col">${name}`),
    );
    expect(cold).toContain("<td>0.200 ± 1.000</td>");
    expect(warm).toContain("warm users (170 a seed)");
    expect(warm).not.toContain("HR@10");
    const alone = { "users cold": 0, "users warm": 200, "ctr warm": 0.3 };
    expect(activityTables([summary("random", alone)], looks)).toBeUndefined();
  });

  it("draws a frontier of one task alone, where a budget was spent", () => {
    expect(privacyFrontier(arms, "reward", looks)).toContain("<svg");
    for (const alone of arms) expect(privacyFrontier([alone], "reward", looks)).toBeUndefined();
    const swept = arms.map((arm) => ({ ...arm, variation: "privacy.clip=1" }));
    expect(privacyFrontier(swept, "reward", looks)).toBeUndefined();
  });
});

describe("what is said of clipping", () => {
  const clipped = (shareClipped: number | null, epsilon: number | null = 8) =>
    clippingNotes([summary("federated, epsilon 8", { reward: 1 }, { epsilon, shareClipped })]);

  it("is that noise is too much where few updates reach the clip", () => {
    expect(clipped(0.02)).toEqual([expect.stringMatching(/^federated, epsilon 8: 2 % of the updates/)]);
  });

  it("is nothing where many do, where there is no noise, and where nothing is sent", () => {
    expect([clipped(0.5), clipped(0.02, null), clipped(null)]).toEqual([[], [], []]);
  });
});

describe("the range of an axis", () => {
  it("has all means, and of their intervals no more than the means are wide on either side", () => {
    const { low, high } = rangeOf([1, 3], [0.5, 3.5]);
    expect(low).toBeLessThan(0.5);
    expect(high).toBeGreaterThan(3.5);
    const wide = rangeOf([1, 3], [-100, 100]);
    expect(wide.low).toBeCloseTo(-1 - 0.12, 9);
    expect(wide.high).toBeCloseTo(5 + 0.12, 9);
  });
});
