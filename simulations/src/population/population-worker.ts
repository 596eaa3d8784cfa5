import { setImmediate } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import type { Recommender } from "@tacit/client";
import { createCatalogue, type Engine, platformPrimitives } from "@tacit/shared";
import { trainCentrally } from "../baselines/centralised.js";
import { trainAlone } from "../baselines/local-only.js";
import { embedClient } from "./embed-client.js";
import { chooseEngine } from "./engine-choice.js";
import type { Command, SimulatedClient, WorkerEvent, WorkerStart } from "./messages.js";
import { verifyOnce } from "./verify-once.js";

const { task, items, engine: choice, clients }: WorkerStart = workerData;
const engine = await chooseEngine(choice);
const primitives = verifyOnce(await platformPrimitives());
const send = (event: WorkerEvent) => parentPort?.postMessage(event);

parentPort?.on("message", (command: Command) => {
  // What goes wrong is thrown, so that the parent hears of it as the worker's own error.
  void perform(command);
});
send({ kind: "ready", engine: engine.name });

async function perform(command: Command): Promise<void> {
  switch (command.kind) {
    case "join":
      return join(command.url, engine);
    case "train-alone":
      return send({ kind: "alone", parameters: await alone(command.parameters) });
    case "train-centrally":
      return send({ kind: "central", parameters: await centrally(command.parameters, command.seed) });
  }
}

async function join(url: string, shared: Engine): Promise<void> {
  const recommenders = await Promise.all(clients.map((client) => embed(url, client, shared)));
  await Promise.all(recommenders.map(({ finished }) => finished));
  await Promise.all(recommenders.map(({ recommender }) => recommender.close()));
  send({ kind: "finished" });
}

async function embed(
  url: string,
  client: SimulatedClient,
  shared: Engine,
): Promise<{ recommender: Recommender; finished: Promise<void> }> {
  const recommender = await embedClient({ url, task, items, engine: shared, primitives }, client);
  recommender.on("trained", () => send({ kind: "trained" }));
  recommender.on("refused", ({ reason }) => send({ kind: "refused", client: client.id, reason }));
  const finished = new Promise<void>((resolve) => {
    recommender.on("model", (event) => {
      if (event.finished) resolve();
    });
  });
  return { recommender, finished };
}

async function alone(parameters: Float32Array): Promise<Map<string, Float32Array>> {
  const catalogue = createCatalogue(task.catalogue.features, items);
  const train = trainAlone({ task, catalogue, engine });
  const trained = new Map<string, Float32Array>();
  for (const { id, history, seed } of clients) {
    trained.set(id, train(parameters, history, seed));
    send({ kind: "trained" });
    await setImmediate();
  }
  return trained;
}

async function centrally(parameters: Float32Array, seed: number): Promise<Float32Array> {
  const catalogue = createCatalogue(task.catalogue.features, items);
  const histories = clients.map(({ history }) => history);
  return trainCentrally({ task, catalogue, engine, parameters, historiesOf: () => histories, seed });
}
