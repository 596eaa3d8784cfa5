import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../../src/catalogue/catalogue.js";
import { numberOf } from "../../../src/catalogue/item-feature.js";
import { similarity } from "../../../src/catalogue/similarity.js";
import { explore } from "../../../src/learning/exploration/explore.js";
import { drawSlate, SlateWalk, slateProbabilities } from "../../../src/learning/exploration/slate-walk.js";
import type { Interaction } from "../../../src/learning/interaction.js";
import { determinantal } from "../../../src/learning/rules/determinantal.js";
import { freshness } from "../../../src/learning/rules/freshness.js";
import { keptOut } from "../../../src/learning/rules/kept-out.js";
import { marginalRelevance } from "../../../src/learning/rules/marginal-relevance.js";
import { slateRules } from "../../../src/learning/rules/slate-rules.js";
import { seededRandom } from "../../../src/random/random.js";
import { parseTask } from "../../../src/task/parse-task.js";
import type { RulesInput } from "../../../src/task/rules-spec.js";

const DAY = 86_400_000;
const NOW = 20_000 * DAY;
const FEATURES = [
  { name: "genre", kind: "categorical", values: ["drama", "comedy", "horror"] },
  { name: "day", kind: "numeric", minimum: 19_000, maximum: 20_100 },
  { name: "look", kind: "vector", length: 3 },
] as const;
const look = [
  [1, 0, 0],
  [1, 0.1, 0],
  [0, 1, 0],
  [0, 1, 1],
  [0.2, 0.1, 1],
  [1, 1, 1],
];
const genres = [["drama"], ["drama"], ["comedy", "drama"], ["comedy"], ["horror"], ["horror"]];
const days = [19_999, 19_000, 19_993, 20_050, undefined, 19_990];
const items = look.map((vector, i) => ({
  id: `i${i}`,
  features: { genre: genres[i], day: days[i], look: vector },
}));
const SCORES = [1.2, 1.1, 0.7, 0.4, 0.1, -0.3];
const rows = items.map((_, row) => row);

function parse(rules: unknown) {
  return parseTask({ name: "films", catalogue: { features: FEATURES }, rules });
}

function taskOf(rules: RulesInput) {
  const parsed = parse(rules);
  if (!parsed.ok || !parsed.task.rules) throw new Error("valid");
  return { task: parsed.task, rules: parsed.task.rules };
}

const catalogue = createCatalogue(taskOf({}).task.catalogue.features, items);

function begin(rules: RulesInput, history: readonly Interaction[] = []): SlateWalk {
  const parsed = taskOf(rules);
  const specs = parsed.task.catalogue.features;
  const slate = { specs, catalogue, history, at: NOW, rows, scores: SCORES };
  const policy = explore({ kind: "boltzmann", temperature: 0.5 }, { scores: SCORES }, seededRandom(1));
  return new SlateWalk({ scores: SCORES, policy, rules: slateRules(parsed.rules, slate) });
}

const shownBy = (walk: SlateWalk) => drawSlate(walk, 6, seededRandom(5)).map(({ place }) => `i${place}`);
const click = (itemId: string, at: number): Interaction => ({ kind: "click", itemId, at });

describe("what is kept out", () => {
  const history = [
    click("i0", NOW - 9 * DAY),
    click("i1", NOW - DAY),
    { ...click("i2", NOW), kind: "skip" as const },
  ];

  it("is what is blocked, and what was seen in such a way and so lately", () => {
    const out = (rules: RulesInput) => [...keptOut(taskOf(rules).rules, history, NOW)];
    expect(out({ blocked: ["i5"], seen: { kinds: ["skip"] } })).toEqual(["i5", "i2"]);
    expect(out({ seen: { kinds: ["click"] } })).toEqual(["i0", "i1"]);
    expect(out({ seen: { kinds: ["click"], days: 2 } })).toEqual(["i1"]);
    expect(out({})).toEqual([]);
  });

  it("is in no slate, which is shorter for it", () => {
    const shown = shownBy(begin({ blocked: ["i5"], seen: { kinds: ["click", "skip"] } }, history));
    expect(shown.sort()).toEqual(["i3", "i4"]);
  });
});

describe("a category cap", () => {
  it("leaves at most so many of each value in any slate, items of two values counting for both", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 3 }), (seed, most) => {
        const slate = drawSlate(begin({ caps: [{ feature: "genre", most }] }), 6, seededRandom(seed));
        const counts = new Map<string, number>();
        for (const genre of slate.flatMap(({ place }) => genres[place] ?? [])) {
          counts.set(genre, (counts.get(genre) ?? 0) + 1);
        }
        for (const count of counts.values()) expect(count).toBeLessThanOrEqual(most);
      }),
    );
  });
});

describe("maximal marginal relevance", () => {
  it("takes from each score its likeness to the nearest item above", () => {
    const rule = marginalRelevance(0.5, { rows, deviation: 2 }, catalogue);
    for (const candidate of [0, 3]) rule.shown(candidate);
    const scores = Float64Array.from(SCORES);
    rule.adjust(scores);
    for (const row of rows) {
      const nearest = Math.max(0, similarity(catalogue, row, 0), similarity(catalogue, row, 3));
      expect(scores[row]).toBeCloseTo((SCORES[row] ?? 0) - 2 * nearest, 9);
    }
  });
});

describe("a determinantal point process", () => {
  /** By Gaussian elimination. */
  function determinant(matrix: number[][]): number {
    const [first, ...rest] = matrix;
    const pivot = first?.[0] ?? 1;
    if (!first) return 1;
    const smaller = rest.map((row) =>
      row.slice(1).map((cell, j) => cell - ((row[0] ?? 0) * (first[j + 1] ?? 0)) / pivot),
    );
    return pivot * determinant(smaller);
  }
  const kernel = (set: readonly number[]) =>
    set.map((a) => set.map((b) => (a === b ? 1 : similarity(catalogue, a, b))));

  it("adds the logarithm of what an item's features add to the volume of those above", () => {
    const rule = determinantal(0.5, { rows, deviation: 1 }, catalogue);
    const above = [0, 3, 4];
    for (const candidate of above) rule.shown(candidate);
    const scores = new Float64Array(rows.length);
    rule.adjust(scores);
    for (const row of [1, 2, 5]) {
      const volume = determinant(kernel([...above, row])) / determinant(kernel(above));
      expect(scores[row]).toBeCloseTo(Math.log(volume), 4);
    }
  });
});

describe("freshness", () => {
  it("reads a numeric feature back from the catalogue, within its range", () => {
    const specs = taskOf({}).task.catalogue.features;
    for (const [row, day] of days.entries()) {
      const read = numberOf(specs, catalogue, "day", row);
      if (day === undefined) expect(read).toBeUndefined();
      else expect(read).toBeCloseTo(day, 1);
    }
  });

  it("raises what is new, and keeps out what is too old or of no known age", () => {
    const rule = { feature: "day", unit: "days", halfLifeDays: 7 } as const;
    const before = begin({}).distribution() ?? [];
    const raised = begin({ freshness: { ...rule, boost: 3 } }).distribution() ?? [];
    expect(raised[3]).toBeGreaterThan(before[3] ?? 1);
    expect(raised[1]).toBeLessThan(before[1] ?? 0);
    const young = begin({ freshness: { ...rule, maximumAgeDays: 8 } });
    expect(shownBy(young).sort()).toEqual(["i0", "i2", "i3"]);
  });
});

describe("a year that is none", () => {
  it("is an unknown age: a timestamp taken for a year neither raises an item nor spoils the others' propensities", () => {
    const specs = [{ name: "year", kind: "numeric", minimum: 0, maximum: 2e12, scale: "linear" }] as const;
    const items = [1.7e12, 1990, undefined, 70].map((year, i) => ({ id: `i${i}`, features: { year } }));
    const known = createCatalogue(specs, items);
    const rule = {
      feature: "year",
      unit: "year",
      halfLifeDays: 36_500,
      boost: 1,
      maximumAgeDays: 365_000,
    } as const;
    const { adjust } = freshness(rule, { rows: [0, 1, 2, 3], deviation: 1 }, specs, known, Date.UTC(2026, 0));
    const scores = new Float64Array(4);
    adjust(scores);
    expect([scores[0], scores[2], scores[3]]).toEqual(Array(3).fill(Number.NEGATIVE_INFINITY));
  });
});

describe("all rules together", () => {
  const all: RulesInput = {
    blocked: ["i5"],
    caps: [{ feature: "genre", most: 2 }],
    diversity: { kind: "dpp", relevance: 0.6 },
    freshness: { feature: "day", unit: "days" },
  };

  it.each(["mmr", "dpp"] as const)("log with %s what slates are really drawn with", (kind) => {
    const rules = { ...all, diversity: { kind, relevance: 0.6 } };
    const random = seededRandom(8);
    const draws = 20_000;
    const seen = new Map<string, { count: number; probability: number }>();
    for (let draw = 0; draw < draws; draw++) {
      const slate = drawSlate(begin(rules), 2, random);
      const probability = slate.reduce((product, { propensity }) => product * propensity, 1);
      const key = slate.map(({ place }) => place).join();
      seen.set(key, { count: (seen.get(key)?.count ?? 0) + 1, probability });
    }
    let [chiSquare, cells] = [0, 0];
    for (const [key, { count, probability }] of seen) {
      const looked = slateProbabilities(begin(rules), key.split(",").map(Number));
      expect(looked.reduce((product, p) => product * p, 1)).toBeCloseTo(probability, 12);
      if (draws * probability < 10) continue;
      chiSquare += (count - draws * probability) ** 2 / (draws * probability);
      cells++;
    }
    expect(cells).toBeGreaterThan(5);
    // The 99.99 % point of chi-square with 20 degrees of freedom; there are at most so many slates.
    expect(cells).toBeLessThanOrEqual(20);
    expect(chiSquare).toBeLessThan(52.4);
  });
});

describe("a rules section", () => {
  it.each([
    [{ caps: [{ feature: "day", most: 1 }] }, "rules.caps.0.feature"],
    [{ freshness: { feature: "genre", unit: "days" } }, "rules.freshness.feature"],
    [{ freshness: { feature: "day", unit: "weeks" } }, "rules.freshness.unit"],
    [{ seen: { kinds: [] } }, "rules.seen.kinds"],
    [{ diversity: { relevance: 0 } }, "rules.diversity.relevance"],
    [{ caps: [{ feature: "genre", most: 0 }] }, "rules.caps.0.most"],
  ])("that says %j is refused by its field", (rules, field) => {
    expect(parse(rules)).toMatchObject({ ok: false, problems: [{ field }] });
  });
});
