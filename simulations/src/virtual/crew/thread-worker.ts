import { parentPort, workerData } from "node:worker_threads";
import { addSealed, emptySum } from "@tacit/shared";
import { filmWorld } from "../../environments/film-log.js";
import { chooseEngine } from "../../population/engine-choice.js";
import { columnsOfFilms, type FilmPeople } from "../columns/columns-of-films.js";
import { PART_CLIENTS, type Population, partsOf, sizeOfPart } from "../columns/population.js";
import { catalogueFrom } from "../columns/shared-catalogue.js";
import { type ClientRoom, clientRound } from "../round/client-round.js";
import { noClientTime, Stopwatch } from "../round/stopwatch.js";
import { clientTrainer } from "../round/train-client.js";
import type { ThreadCommand, ThreadEvent, ThreadStart } from "./messages.js";

const start: ThreadStart = workerData;
const { spec, round, sum } = start;
const { plan } = spec;
const engine = await chooseEngine(start.engine);
const catalogue = catalogueFrom(start.catalogue);
const stopwatch = new Stopwatch(noClientTime());
const train = clientTrainer({ task: spec.task, catalogue, engine, stopwatch });
const ownSum = emptySum(plan);
const ownSealed = emptySum(plan);
let room: ClientRoom | undefined;

const send = (event: ThreadEvent) => parentPort?.postMessage(event);
/** The next one that no other thread has taken. */
const take = () => Atomics.add(round.cursor, 0, 1);

parentPort?.on("message", (command: ThreadCommand) => {
  switch (command.kind) {
    case "make-films":
      return makeFilms(command.people, command.clients);
    case "population":
      return settleIn(command.population);
    case "round":
      return play(command.modelVersion, command.places);
  }
});
send({ kind: "ready", engine: engine.name });

function makeFilms(people: FilmPeople, clients: number): void {
  const world = filmWorld();
  for (let part = take(); part < partsOf(clients); part = take()) {
    const count = sizeOfPart(clients, part);
    send({ kind: "part", part: columnsOfFilms(world, people, part * PART_CLIENTS, count) });
  }
  send({ kind: "made" });
}

function settleIn(population: Population): void {
  room = { spec, population, catalogue, train, stopwatch };
}

function play(modelVersion: number, places: number): void {
  if (!room) throw new Error("there is no population yet");
  const clients = round.clients.subarray(0, places);
  const seal = clientRound(room, { modelVersion, parameters: round.parameters, clients });
  const { dimension } = plan;
  ownSum.fill(0);
  stopwatch.start();
  for (let place = take(); place < places; place = take()) {
    if (spec.path === "protocol") {
      seal(place, round.sealed.subarray(place * dimension, (place + 1) * dimension), round.measured);
    } else if (seal(place, ownSealed, round.measured)) addSealed(plan, ownSum, ownSealed);
    stopwatch.lap("summing");
  }
  sum.set(ownSum);
  send({ kind: "played", spent: stopwatch.spent });
}
