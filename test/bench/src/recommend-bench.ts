import { createRecommender, type Transport } from "@tacit/client";
import {
  CHAIN_START,
  encodeModel,
  type Item,
  initialParameters,
  modelHash,
  networkShape,
  PROTOCOL_VERSION,
  parseTask,
  seededRandom,
  taskHash,
} from "@tacit/shared";
import { aligned } from "./aligned.js";
import type { Report } from "./suite.js";

const AIMS = [
  { items: 10_000, milliseconds: 5 },
  { items: 100_000, milliseconds: 40 },
] as const;
const CALLS = 300;
const WARM_UP = 20;
const INTERACTIONS = 20;
const GENRES = ["drama", "comedy", "horror", "crime", "romance", "western", "war"];

/** What a host waits for at `recommend()`: every item of the catalogue ranked in the user's present state. */
export const recommendBench: Report = {
  title: "recommend({ count: 10 }) over the whole catalogue, 64 feature columns",
  async *lines() {
    const rows: string[][] = [];
    for (const { items, milliseconds } of AIMS) {
      const times = await timesOf(items);
      const at = (share: number) => times[Math.floor(share * times.length)] ?? Number.NaN;
      const p99 = at(0.99);
      const aim = `< ${milliseconds} ms ${p99 < milliseconds ? "met" : "MISSED"}`;
      rows.push([items.toLocaleString("en"), at(0.5).toFixed(2), p99.toFixed(2), aim]);
    }
    yield* aligned(["candidates", "median ms", "p99 ms", "aim"], rows);
  },
};

/** Milliseconds of each call, sorted. */
async function timesOf(count: number): Promise<number[]> {
  const items = Array.from({ length: count }, (_, i) => itemOf(i));
  const recommender = createRecommender({
    url: "http://127.0.0.1",
    task: "bench",
    items,
    transport: transportOf(),
    consent: true,
    automatic: false,
    seed: 1,
  });
  const ready = await recommender.ready;
  if (!ready.ok) throw new Error(ready.message);
  for (let i = 0; i < INTERACTIONS; i++) {
    await recommender.track({ kind: "click", itemId: `item-${i * 7}`, at: Date.now() - 1000 * i });
  }
  const times: number[] = [];
  for (let call = -WARM_UP; call < CALLS; call++) {
    const start = performance.now();
    const { items: slate } = await recommender.recommend({ count: 10 });
    const took = performance.now() - start;
    if (slate.length !== 10) throw new Error("no slate came");
    if (call >= 0) times.push(took);
  }
  await recommender.close();
  return times.sort((a, b) => a - b);
}

function itemOf(i: number): Item {
  const random = seededRandom(i);
  const genre = GENRES[random.integer(GENRES.length)] ?? "drama";
  return {
    id: `item-${i}`,
    features: { genre, title: `title ${i} ${random.integer(500)}`, year: 1950 + (i % 70) },
  };
}

/** A coordinator that has one version of a model, and is in memory. */
function transportOf(): Transport {
  const parsed = parseTask({
    name: "bench",
    catalogue: {
      features: [
        { name: "genre", kind: "categorical", values: GENRES, buckets: 0 },
        { name: "title", kind: "text", buckets: 54 },
        { name: "year", kind: "numeric", minimum: 1900, maximum: 2030 },
      ],
    },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { task } = parsed;
  const parameters = initialParameters(networkShape(task), 1);
  const model = { taskHash: taskHash(task), modelVersion: 0, parameters };
  const hash = modelHash(CHAIN_START, model);
  return {
    fetchTask: async () => ({
      version: PROTOCOL_VERSION,
      task,
      taskHash: model.taskHash,
      modelVersion: 0,
      modelHash: hash,
      finished: false,
      rounds: { completed: 0, total: task.rounds },
    }),
    fetchModel: async () => ({ packet: encodeModel(model), previousHash: CHAIN_START }),
    connect: () => ({ request: () => new Promise(() => {}), close: () => {} }),
  };
}
