import {
  createCatalogue,
  type Engine,
  initialParameters,
  networkShape,
  planSealing,
  referenceEngine,
  type TaskSpecInput,
  taskHash,
  updateLength,
} from "@tacit/shared";
import { history, items, smallTask } from "../../../../test/support/small-population.js";
import { packClients } from "../../../src/virtual/columns/pack-clients.js";
import type { ClientRoom } from "../../../src/virtual/round/client-round.js";
import type { Path, RoundSpec } from "../../../src/virtual/round/round-spec.js";
import { noClientTime, Stopwatch } from "../../../src/virtual/round/stopwatch.js";
import { clientTrainer } from "../../../src/virtual/round/train-client.js";

export const CLIENTS = 24;

/** A thread's room with two dozen clients, and a model to train from. */
export function smallRoom(
  path: Path,
  changes: Partial<TaskSpecInput> = {},
  engine: Engine = referenceEngine,
) {
  const task = smallTask({ cohort: { size: 20, minimum: 15 }, ...changes });
  const catalogue = createCatalogue(task.catalogue.features, items);
  const people = Array.from({ length: CLIENTS }, (_, person) => {
    const all = history(person);
    const heldOut = all.pop();
    if (!heldOut) throw new Error("eight clicks");
    return { history: all, heldOut };
  });
  const parameters = initialParameters(networkShape(task), 1);
  const planned = planSealing(task, updateLength(task));
  if (!planned.ok) throw new Error(planned.message);
  const spec: RoundSpec = { task, taskHash: taskHash(task), plan: planned.plan, path, standsFor: 1, seed: 5 };
  const stopwatch = new Stopwatch(noClientTime());
  const population = { clients: CLIENTS, parts: [packClients(people, catalogue)] };
  const train = clientTrainer({ task, catalogue, engine, stopwatch });
  const room: ClientRoom = { spec, population, catalogue, train, stopwatch };
  return { room, spec, parameters, people, catalogue };
}
