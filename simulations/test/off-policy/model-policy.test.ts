import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  encodeModel,
  initialParameters,
  networkShape,
  parseTask,
  referenceEngine,
  seededRandom,
  type TaskSpecInput,
  taskHash,
} from "@tacit/shared";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BanditLog } from "../../src/off-policy/log/bandit-log.js";
import { modelPolicy } from "../../src/off-policy/policies/model-policy.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tacit-model-policy-"));
});
afterAll(() => rm(folder, { recursive: true }));

const DAY = 86_400_000;
const ITEMS = 8;
/** Odd and even ones, each out a day after the one before. */
const items = Array.from({ length: ITEMS }, (_, item) => ({
  id: String(item),
  features: { parity: item % 2 ? "odd" : "even", day: 10_000 + item },
}));

interface Told {
  readonly hour?: string;
  readonly time?: number;
}

/** Two places, each seen once at each of these moments. */
function logOf(told: readonly Told[]): BanditLog {
  const rounds = told.flatMap((one) => [one, one]);
  const hours = rounds.map(({ hour = "" }) => hour);
  return {
    items,
    places: 2,
    actions: new Int32Array(rounds.length),
    positions: Int32Array.from(rounds, (_, round) => round % 2),
    rewards: new Float64Array(rounds.length),
    propensities: new Float64Array(rounds.length).fill(1 / ITEMS),
    times: Float64Array.from(rounds, ({ time = Number.NaN }) => time),
    contexts: hours.some((hour) => hour !== "") ? new Map([["hour", hours]]) : new Map(),
  };
}

async function policyOf(more: Partial<TaskSpecInput>, log: BanditLog, epsilon?: number) {
  const parsed = parseTask({
    name: "shop",
    catalogue: {
      features: [
        { name: "parity", kind: "categorical", values: ["odd", "even"] },
        { name: "day", kind: "numeric", minimum: 10_000, maximum: 10_100 },
      ],
    },
    model: { embedding: 4, hidden: 4 },
    ...more,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { task } = parsed;
  // Unlike those a task begins with: the model has opinions, and they differ by what it is told.
  const random = seededRandom(3);
  const parameters = initialParameters(networkShape(task), 1).map(() => 4 * random.uniform() - 2);
  await writeFile(join(folder, "task.json"), JSON.stringify(task));
  await writeFile(
    join(folder, "model.bin"),
    encodeModel({ taskHash: taskHash(task), modelVersion: 1, parameters }),
  );
  return modelPolicy({ path: folder, log, engine: referenceEngine, epsilon });
}

async function distributions(more: Partial<TaskSpecInput>, log: BanditLog, epsilon?: number) {
  const answer = await policyOf(more, log, epsilon);
  if (!answer.ok) throw new Error(answer.message);
  return Array.from(log.actions, (_, round) => [...answer.policy.probabilities(round)]);
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const KINDS = ["epsilon-greedy", "boltzmann", "ucb", "thompson"] as const;
const hours = { features: [{ name: "hour", kind: "categorical" as const, values: ["day", "night"] }] };

describe("a model's policy has the rules of its task", () => {
  const blocked = ["0", "1", "2", "4", "5", "6", "7"];

  it.each(KINDS)(
    "under %s: what is blocked has no probability, and a place left empty has none",
    async (kind) => {
      const [first = [], second = []] = await distributions(
        { rules: { blocked }, exploration: { kind } },
        logOf([{}]),
      );
      expect(first.map((probability) => probability.toFixed(12))).toEqual(
        items.map(({ id }) => (id === "3" ? "1.000000000000" : "0.000000000000")),
      );
      expect(total(second)).toBe(0);
    },
  );

  it("also under another epsilon than its own", async () => {
    const [first = []] = await distributions({ rules: { blocked } }, logOf([{}]), 0.5);
    expect(first[3]).toBeCloseTo(1, 12);
  });

  it("that change the slate below an item by that item", async () => {
    // All that are odd are worth the same, and all that are even.
    const catalogue = {
      features: [{ name: "parity", kind: "categorical" as const, values: ["odd", "even"] }],
    };
    const caps = [{ feature: "parity", most: 1 }];
    for (const [rules, apart] of [
      [undefined, 0],
      [{ caps }, 1],
    ] as const) {
      const [first = [], second = []] = await distributions({ catalogue, rules }, logOf([{}]), 0);
      expect((first.indexOf(1) + second.indexOf(1)) % 2).toBe(apart);
    }
  });

  it("that keep nothing out: drawn slates say what the exact distributions say", async () => {
    const exploration = { kind: "epsilon-greedy", epsilon: 0.5 } as const;
    const exact = await distributions({ exploration }, logOf([{}]));
    const drawn = await distributions({ exploration, rules: { blocked: ["none"] } }, logOf([{}]));
    for (const [place, marginals] of exact.entries()) {
      for (const [item, probability] of marginals.entries()) {
        expect(Math.abs((drawn[place]?.[item] ?? 0) - probability)).toBeLessThan(place === 0 ? 1e-12 : 0.03);
      }
    }
  });
});

describe("a model is told what the log tells", () => {
  it("each round its own context, the same as alone", async () => {
    const told = [{ hour: "day" }, { hour: "night" }, { hour: "day" }, { hour: "" }];
    const task = { context: hours };
    const together = await distributions(task, logOf(told));
    expect(together[0]).not.toEqual(together[2]);
    for (const [moment, hour] of ["day", "night", "day"].entries()) {
      const alone = await distributions(task, logOf([{ hour }]));
      expect(together.slice(2 * moment, 2 * moment + 2)).toEqual(alone);
    }
  });

  it("numbers as numbers", async () => {
    const numeric = { features: [{ name: "hour", kind: "numeric" as const, minimum: 0, maximum: 23 }] };
    const [morning, , evening] = await distributions(
      { context: numeric },
      logOf([{ hour: "1" }, { hour: "22" }]),
    );
    expect(morning).not.toEqual(evening);
    const answer = await policyOf({ context: numeric }, logOf([{ hour: "1" }, { hour: "noon" }]));
    expect(answer).toMatchObject({ ok: false, message: 'context.features "hour": "noon" is not a number' });
  });

  it("and refused where the log has no such column", async () => {
    expect(await policyOf({ context: hours }, logOf([{}]))).toMatchObject({
      ok: false,
      reason: "features-differ",
      message: 'context.features: the log has no column "hour"',
    });
  });
});

describe("what is fresh is so at the time of the log", () => {
  const freshness = { feature: "day", unit: "days" as const, maximumAgeDays: 1.5 };

  it("each round at its own, to the hour", async () => {
    const times = [10_005, 10_006, 10_007].map((day) => ({ time: (day + 0.01) * DAY }));
    const rounds = await distributions({ rules: { freshness } }, logOf(times));
    for (const [moment, oldest] of [4, 5, 6].entries()) {
      const shown = (rounds[2 * moment] ?? []).flatMap((probability, item) =>
        probability > 0 ? [item] : [],
      );
      // What is out later than that counts as new.
      expect(shown).toEqual(items.flatMap((_, item) => (item >= oldest ? [item] : [])));
    }
  });

  it("and a log that does not say when is refused, unless ages are given as such", async () => {
    const log = logOf([{ time: 10_005 * DAY }, {}]);
    expect(await policyOf({ rules: { freshness } }, log)).toMatchObject({
      ok: false,
      message: "rules.freshness: 2 of 4 impressions have no timestamp",
    });
    const ages = { ...freshness, unit: "age-days" as const };
    expect(await policyOf({ rules: { freshness: ages } }, log)).toMatchObject({ ok: true });
  });
});

describe("a model knows items", () => {
  const parity = { name: "parity", kind: "categorical" as const, values: ["odd", "even"] };
  const itself = { name: "itself", kind: "id" as const, buckets: 64 };
  const boltzmann = { exploration: { kind: "boltzmann" as const } };

  it("by their ids without a column for them, and by nothing that such a column says", async () => {
    const task = { catalogue: { features: [itself] }, ...boltzmann };
    const [first = [], second] = await distributions(task, logOf([{}]));
    expect(new Set(first).size).toBeGreaterThan(ITEMS / 2);
    const other = items.map(({ id, features }) => ({
      id,
      features: { ...features, itself: "all the same" },
    }));
    expect(await distributions(task, { ...logOf([{}]), items: other })).toEqual([first, second]);
  });

  it("by names that the items file's header had in capitals", async () => {
    const small = await distributions({ catalogue: { features: [parity] }, ...boltzmann }, logOf([{}]));
    const capital = { catalogue: { features: [{ ...parity, name: "Parity" }] }, ...boltzmann };
    expect(await distributions(capital, logOf([{}]))).toEqual(small);
  });

  it("and not by what the items file has not", async () => {
    const catalogue = { features: [itself, { ...parity, name: "genre" }] };
    expect(await policyOf({ catalogue }, logOf([{}]))).toMatchObject({
      ok: false,
      message: expect.stringMatching(/"genre"/),
    });
  });
});

describe("what cannot be evaluated is refused by the task's field", () => {
  it("more moments than slates can be drawn in", async () => {
    const numeric = { features: [{ name: "hour", kind: "numeric" as const, minimum: 0, maximum: 1 }] };
    const log = logOf(Array.from({ length: 1001 }, (_, hour) => ({ hour: String(hour) })));
    const exact = await policyOf({ context: numeric }, log);
    expect(exact).toMatchObject({ ok: true });
    const drawn = await policyOf({ context: numeric, exploration: { kind: "boltzmann" } }, log);
    expect(drawn).toMatchObject({ ok: false, message: expect.stringMatching(/1001 .* at most 1000/) });
  });

  it("a graph encoder, whose relations no items file has", async () => {
    const graph = await policyOf(
      {
        catalogue: {
          features: [{ name: "parity", kind: "categorical", values: ["odd", "even"] }],
          relations: ["series"],
        },
        model: { embedding: 4, hidden: 4, itemEncoder: "graph" },
      },
      logOf([{}]),
    );
    expect(graph).toMatchObject({ ok: false, message: expect.stringMatching(/catalogue\.relations/) });
  });
});
