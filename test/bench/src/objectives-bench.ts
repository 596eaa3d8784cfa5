import {
  createCatalogue,
  createKernelEngine,
  createTaskModel,
  type Engine,
  type Interaction,
  initialParameters,
  parseTask,
  seededRandom,
  type TaskSpecInput,
  trainLocally,
} from "@tacit/shared";
import { measure } from "./measure.js";
import type { Case, Report } from "./suite.js";
import { table } from "./table.js";

type ObjectiveInput = NonNullable<NonNullable<TaskSpecInput["learning"]>["objective"]>;

const BASELINE = "actor-critic";
const OBJECTIVES: Readonly<Record<string, ObjectiveInput>> = {
  [BASELINE]: { kind: "actor-critic" },
  "actor-critic, V-trace": { kind: "actor-critic", trace: {} },
  "policy-gradient": { kind: "policy-gradient" },
  ppo: { kind: "ppo" },
  "q-learning": { kind: "q-learning" },
  "implicit-q-learning": { kind: "implicit-q-learning" },
  "self-supervised-actor-critic": { kind: "self-supervised-actor-critic" },
};
const GENRES = ["drama", "comedy", "horror", "crime", "romance", "western", "war"];
const ITEMS = 500;
const SLATES = 100;
const SESSION = 10;
const HOUR = 3_600_000;

/** What one participation costs a device by each objective, all else being the default task's. */
export const objectivesBench: Report = {
  title: `one client's training on ${SLATES} impressions with propensities, 20 steps of 16 states with 32 candidates`,
  async *lines(keep) {
    const engine = await createKernelEngine();
    if (!engine) throw new Error("no WebAssembly here");
    const cases = Object.entries(OBJECTIVES).map(([name, objective]) => caseOf(name, objective, engine));
    const measured = await measure({ title: objectivesBench.title, cases: () => cases });
    keep("cases", measured);
    yield* table(measured);
  },
};

function caseOf(name: string, objective: ObjectiveInput, engine: Engine): Case {
  const parsed = parseTask({
    name: "bench",
    catalogue: { features: [{ name: "genre", kind: "categorical", values: GENRES }] },
    learning: { objective },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { task } = parsed;
  const items = Array.from({ length: ITEMS }, (_, i) => ({
    id: `item-${i}`,
    features: { genre: GENRES[i % GENRES.length] ?? "" },
  }));
  const model = createTaskModel({ task, catalogue: createCatalogue(task.catalogue.features, items), engine });
  const parameters = initialParameters(model.shape, 1);
  const history = historyOf(items.map(({ id }) => id));
  const { localSteps, batchSize, candidates } = task.learning;
  return {
    name,
    elements: localSteps * batchSize * (1 + candidates),
    baseline: name === BASELINE,
    run: () => {
      trainLocally({ model, parameters, history, random: seededRandom(1) });
    },
  };
}

/** Sessions of impressions, every third of which is clicked. */
function historyOf(ids: readonly string[]): Interaction[] {
  const random = seededRandom(2);
  return Array.from({ length: SLATES }, (_, i) => {
    const shown = {
      itemId: ids[random.integer(ids.length)] ?? "",
      recommendationId: `slate-${i}`,
      at: 24 * HOUR * Math.floor(i / SESSION) + 1000 * i,
    };
    const impression = { kind: "impression", ...shown, propensity: 0.1 } as const;
    return i % 3 === 0 ? [impression, { kind: "click", ...shown } as const] : [impression];
  }).flat();
}
