import { createCatalogue } from "../../src/catalogue/catalogue.js";
import type { Features, Item } from "../../src/catalogue/item.js";
import type { Interaction } from "../../src/learning/interaction.js";
import { personalState } from "../../src/learning/personal/personal-state.js";
import { currentState, type State } from "../../src/learning/state.js";
import { createTaskModel, type TaskModel } from "../../src/learning/task-model.js";
import type { Engine } from "../../src/network/engine.js";
import { initialParameters } from "../../src/network/initial-parameters.js";
import { circumstanceWidth, networkShape } from "../../src/network/network-shape.js";
import { taskLayers } from "../../src/network/tfjs/task-layers.js";
import { seededRandom } from "../../src/random/random.js";
import { parseTask } from "../../src/task/parse-task.js";
import type { TaskSpec, TaskSpecInput } from "../../src/task/task-spec.js";
import { meanLayersModel } from "../network/mean-layers-model.js";

const GENRES = ["drama", "comedy", "western"];
const RELATIONS = ["by", "with"];
const SIZES = { embedding: 6, hidden: 5, historyLength: 30 };
const HOUR = 3_600_000;

type Arm = Pick<TaskSpecInput, "model" | "context">;

/** Whatever a task can choose that changes what a score is made of. */
export const ARMS: Readonly<Record<string, Arm>> = {
  mean: { model: { ...SIZES } },
  gru: { model: { ...SIZES, encoder: "gru" } },
  lstm: { model: { ...SIZES, encoder: "lstm" } },
  attention: { model: { ...SIZES, encoder: "attention" } },
  "attention of two heads in two blocks": { model: { ...SIZES, encoder: "attention", heads: 2, blocks: 2 } },
  "gated fusion": { model: { ...SIZES, itemEncoder: "gated-fusion" } },
  graph: { model: { ...SIZES, itemEncoder: "graph" } },
  context: {
    model: { ...SIZES },
    context: { features: [{ name: "hour", kind: "numeric", minimum: 0, maximum: 24 }] },
  },
  personal: { model: { ...SIZES, personal: {} } },
  "short personal": { model: { ...SIZES, personal: { size: 2 } } },
  prior: { model: { ...SIZES, prior: { buckets: 40 } } },
};

export const items: readonly Item[] = Array.from({ length: 24 }, (_, i) => ({
  id: `i${i}`,
  features: { genre: GENRES[i % 3], year: i === 5 ? undefined : 1950 + i, title: `the ${i} of ${i % 5}` },
}));
const relations = items.flatMap(({ id }, i) => [
  { head: id, relation: "by", tail: `person ${i % 6}` },
  { head: id, relation: "with", tail: `i${(i * 7) % 24}` },
]);

function taskOf(arm: Arm): TaskSpec {
  const parsed = parseTask({
    name: "films",
    catalogue: {
      features: [
        { name: "genre", kind: "categorical", values: GENRES },
        { name: "year", kind: "numeric", minimum: 1900, maximum: 2000 },
        { name: "title", kind: "text", buckets: 300 },
        { name: "self", kind: "id", buckets: 8 },
      ],
      ...(arm.model?.itemEncoder === "graph" && { relations: RELATIONS }),
    },
    ...arm,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.task;
}

/** The network of `mean` as its author would write it; for the tfjs engine alone. */
export function ownTask(): TaskSpec {
  const shape = networkShape(taskOf({ model: { ...SIZES } }));
  const { features, embedding, hidden, historyLength } = shape;
  const circumstances = circumstanceWidth(shape);
  const layers = taskLayers(meanLayersModel({ features, circumstances, historyLength, embedding, hidden }));
  return taskOf({ model: { historyLength, layers } });
}

export interface World {
  readonly model: TaskModel;
  readonly parameters: Float32Array;
  readonly history: readonly Interaction[];
  readonly at: number;
  readonly told: Features | undefined;
  readonly state: State;
}

/** A network with nothing zero in it, and a history of so many interactions with different items. */
export function worldOf(arm: Arm | TaskSpec, engine: Engine, events: number, seed = 1): World {
  const task = "catalogue" in arm ? arm : taskOf(arm);
  const { catalogue: spec } = task;
  const graph = spec.relations && { names: spec.relations, relations };
  const model = createTaskModel({ task, catalogue: createCatalogue(spec.features, items, graph), engine });
  const random = seededRandom(seed);
  const parameters = initialParameters(networkShape(task), seed).map(
    (value) => value + 0.3 * random.normal(),
  );
  const history = Array.from({ length: events }, (_, i) => ({
    kind: i % 3 === 0 ? ("purchase" as const) : ("click" as const),
    itemId: `i${(i * 5 + seed) % 24}`,
    at: i * HOUR,
  }));
  const at = events * HOUR;
  const told = task.context && { hour: 21 };
  const bare = currentState(task, model.catalogue, history, at, told);
  return { model, parameters, history, at, told, state: personalState(model, parameters, history, bare) };
}
