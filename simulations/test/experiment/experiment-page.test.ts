import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import type { ExperimentResult } from "../../src/experiment/experiment-result.js";
import { experimentPage } from "../../src/experiment/report/experiment-page.js";
import { figure } from "../../src/experiment/report/figure.js";
import type { Trial } from "../../src/scenario/trial.js";
import { federation, LIVE, resultOf, spent, trial } from "./support/results.js";

const COLD = { "hr@10 cold": 0.1, "users cold": 20, "hr@10 heavy": 0.2, "users heavy": 1.4 };

/** Every seed of every arm a little different, so that there is something to draw. */
const compared = (seeds: number): Trial[] =>
  Array.from({ length: seeds }, (_, i) => i + 1).flatMap((seed) => [
    trial("random", seed, { metrics: { "hr@10": 0.1 + seed / 100, ...COLD } }),
    federation(null, seed, { metrics: { "hr@10": 0.4 + seed / 100, ...COLD, "hr@10 heavy": 0.4 } }),
    federation(8, seed, { metrics: { "hr@10": 0.3 + seed / 100, ...COLD, "hr@10 cold": 0.3 } }),
    trial("centralised", seed, { metrics: { "hr@10": 0.5 + seed / 100, ...COLD } }),
  ]);

const LONG = (width: number) => `exploration={"kind":"ucb","width":${width},"epsilon":0.02,"forgetting":0.9}`;
const swept = (...variations: readonly string[]): Trial[] =>
  variations.flatMap((variation, i) => [
    federation(null, 1, { variation, metrics: { "hr@10": 0.4 + i / 100 } }),
    federation(8, 1, { variation, metrics: { "hr@10": 0.3 + i / 100 } }),
  ]);

function page(trials: readonly Trial[], rest: Partial<ExperimentResult> = {}) {
  const { document } = parseHTML(experimentPage(resultOf(trials, rest), {}));
  const headed = (title: string) =>
    [...document.querySelectorAll("h2")].find((heading) => heading.textContent === title)?.nextElementSibling;
  return {
    document,
    title: document.querySelector("h1")?.textContent,
    section: headed,
    caption: (title: string) => headed(title)?.querySelector("figcaption")?.textContent,
  };
}

describe("the title of a report", () => {
  it("asks what privacy cost where private arms stand beside one without privacy", () => {
    expect(page(compared(2)).title).toBe("What did privacy cost? Movies");
  });

  it("names command and people elsewhere", () => {
    const sweep = { command: "tacit-sim sweep news --vary rounds=1,2", population: LIVE };
    expect(page(swept("rounds=1", "rounds=2"), sweep).title).toBe("Sweep: news");
    const baselines = [trial("random", 1), trial("popularity", 1), federation(8, 1)];
    expect(page(baselines, { command: "tacit-sim compare --epsilons 8" }).title).toBe("Compare: movies");
  });
});

describe("what a report says of its figures", () => {
  it("is that thin lines are intervals, and curves in bands: over several seeds", () => {
    const { caption } = page(compared(3));
    expect(caption("What each budget leaves of HR@10")).toContain(
      "means over 3 seeds; thin lines are 95 % intervals",
    );
    expect(caption("Learning curves")).toContain("mean over 3 seeds, in a band of 95 %");
    expect(caption("Budget over time")).toContain("with seed 1, the first:");
  });

  it("is that there is no interval and no band, of one seed", () => {
    const { caption, document } = page(compared(1));
    expect(caption("What each budget leaves of HR@10")).toContain("one seed, without an interval");
    expect(caption("Learning curves")).toContain("one seed, without a band");
    expect(document.body.textContent).not.toMatch(/95 %/);
  });

  it("is whom curves and levels are of, where histories are ranked", () => {
    expect(page(compared(2), { users: 500 }).caption("Learning curves")).toMatch(
      /curves are a sample of users after some of the rounds \(200 at most, one draw of the 99 others\).* levels .* over all users that are judged \(500 at most, 3 draws\)/,
    );
  });

  it("is that curves are of the judged people, where people respond", () => {
    const live = page(compared(2), { population: LIVE }).caption("Learning curves");
    expect(live).toMatch(/^HR@10\. The curves are the judged people/);
    expect(live).not.toMatch(/draw|still to come/);
    const learning = { ...LIVE, generations: 4 };
    expect(page(compared(2), { population: learning }).caption("Learning curves")).toMatch(/still to come/);
  });

  it("is how many people are in a group", () => {
    const bars = page(compared(2)).section("By how much people have done")?.textContent;
    expect(bars).toContain("cold users, n = 20");
    expect(bars).toContain("heavy users, n = 1.4");
  });

  it("is how many they are also where only one group tells arms apart", () => {
    const alone = compared(2).map((one) => ({ ...one, metrics: { ...one.metrics, "hr@10 heavy": 0.2 } }));
    expect(page(alone).section("By how much people have done")?.textContent).toContain("cold users, n = 20");
  });

  it("names every arm once beside its look, however many figures there are", () => {
    const { document } = page(compared(2));
    const [legend, ...others] = document.querySelectorAll(".legend");
    expect(others).toEqual([]);
    expect([...(legend?.querySelectorAll("span") ?? [])].map(({ textContent }) => textContent)).toEqual([
      "random",
      "federated, no privacy",
      "federated, epsilon 8",
      "centralised",
    ]);
  });
});

describe("a report's figures to who does not see them", () => {
  it("say what they show", () => {
    const picture = figure({
      ariaLabel: "A picture",
      marks: [],
      color: { domain: ["a", "b"], type: "categorical", legend: true },
    });
    const pictures = { of: "one", items: picture, attention: `<h3>1</h3>${picture}<h3>2</h3>${picture}` };
    const { document } = parseHTML(experimentPage(resultOf(compared(2)), pictures));
    const svgs = [...document.querySelectorAll("svg")];
    const shown = svgs.filter((svg) => svg.getAttribute("role") === "img");
    const names = shown.map((svg) => svg.getAttribute("aria-label"));
    expect(names).toEqual(
      expect.arrayContaining([
        "HR@10 by epsilon spent against the released models; private arms: 1, others as levels: 3",
        "Learning curves: HR@10 by model version; arms as curves: 2, as levels: 2",
        "Bars of 4 arms: HR@10, cold users, n = 20, heavy users, n = 1.4",
        "A picture",
      ]),
    );
    expect(names).not.toContain(null);
    for (const svg of svgs) {
      if (!shown.includes(svg)) expect(svg.getAttribute("aria-hidden")).toBe("true");
    }
  });
});

describe("names at the end of curves", () => {
  const ends = (trials: readonly Trial[], title: string) =>
    [...(page(trials).section(title)?.querySelectorAll("[aria-label=text] text") ?? [])].map((text) => ({
      shown: text.firstChild?.textContent,
      whole: text.querySelector("title")?.textContent,
      at: Number(/translate\([^,]*,([^)]*)\)/.exec(text.getAttribute("transform") ?? "")?.[1]),
    }));

  it("lose their middle where they are long, and say it where they are pointed at", () => {
    const labels = ends(swept(LONG(1), LONG(2)), "Learning curves");
    expect(labels).toHaveLength(4);
    for (const { shown, whole } of labels) {
      expect(shown).toHaveLength(48);
      expect(shown).toMatch(/^federated, (no privacy|epsilon 8).*…/);
      expect(whole).toMatch(/^federated, (no privacy|epsilon 8), exploration=.*}$/);
    }
  });

  it("stay within the figure, however many end at its top", () => {
    const many = swept(...Array.from({ length: 12 }, (_, i) => `rounds=${i}`)).map((one) => ({
      ...one,
      course: one.course.map((round) => ({ ...round, value: round.round === 0 ? 0 : 1 })),
    }));
    const heights = ends(many, "Learning curves").map(({ at }) => at);
    expect(heights).toHaveLength(24);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(30);
    expect(Math.max(...heights)).toBeLessThanOrEqual(400 - 44);
    expect(new Set(heights).size).toBe(24);
  });
});

describe("budgets over time", () => {
  const lines = (trials: readonly Trial[]) =>
    [...(page(trials).section("Budget over time")?.querySelectorAll("[aria-label=text] text") ?? [])].map(
      (text) => text.firstChild?.textContent,
    );
  const halved = ({ course, ...rest }: Trial): Trial => ({
    ...rest,
    course: course.map((round) => ({ ...round, epsilon: round.epsilon && round.epsilon / 2 })),
  });

  it("are a line for each private arm", () => {
    expect(lines([...compared(2), federation(2, 1)])).toEqual([
      "federated, epsilon 8",
      "federated, epsilon 2",
    ]);
  });

  it("are one line for all tasks that spend the same, to what the table shows", () => {
    const [first, ...others] = swept("rounds=1", "rounds=2");
    const nearly = others.map((one) => ({
      ...one,
      course: one.course.map((round) => ({ ...round, epsilon: round.epsilon && round.epsilon + 1e-4 })),
    }));
    expect(lines(first ? [first, ...nearly] : [])).toEqual(["federated, epsilon 8"]);
  });

  it("are a line for each task that spends otherwise", () => {
    const [a, b, c] = ["a=1", "a=2", "a=3"].map((variation) =>
      federation(8, 1, { variation, privacy: spent(8) }),
    );
    if (!a || !b || !c) throw new Error("three");
    expect(lines([a, halved(b)])).toEqual(["federated, epsilon 8, a=1", "federated, epsilon 8, a=2"]);
    expect(lines([a, halved(b), c])).toEqual([
      "federated, epsilon 8, a=1 and 1 more",
      "federated, epsilon 8, a=2",
    ]);
  });
});
