import { setTimeout } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import type { Recommender } from "@tacit/client";
import { platformPrimitives } from "@tacit/shared";
import { embedClient } from "../population/embed-client.js";
import { chooseEngine } from "../population/engine-choice.js";
import { verifyOnce } from "../population/verify-once.js";
import { isOut } from "./out.js";
import type { SwarmClient, SwarmReport, SwarmStart } from "./swarm-messages.js";
import { Tally } from "./tally.js";

const REPORT_MILLISECONDS = 500;

const start: SwarmStart = workerData;
const engine = await chooseEngine(start.engine);
const primitives = verifyOnce(await platformPrimitives());
const tally = new Tally();
const leaving = new AbortController();
const report = (over: boolean) => {
  const message: SwarmReport = { counts: tally.counts(), over };
  parentPort?.postMessage(message);
};

parentPort?.once("message", () => leaving.abort());
const reporting = setInterval(() => report(false), REPORT_MILLISECONDS);
const recommenders = await Promise.all(start.clients.map(join));
await Promise.race([tally.allFinished(start.clients.length), aborted()]);
await Promise.all(recommenders.map((recommender) => recommender?.close()));
clearInterval(reporting);
report(true);
parentPort?.close();

/** One client, when its turn has come; undefined where the swarm left before. */
async function join(client: SwarmClient): Promise<Recommender | undefined> {
  const { signal } = leaving;
  await setTimeout(client.joinsAfter, undefined, { signal }).catch(() => undefined);
  if (signal.aborted) return undefined;
  tally.joined++;
  const recommender = await embedClient({ ...start, engine, primitives }, client);
  recommender.on("connection", ({ connected }) => {
    tally.connected += connected ? 1 : -1;
  });
  recommender.on("trained", () => {
    tally.trained++;
  });
  recommender.on("participated", () => {
    tally.uploaded++;
  });
  recommender.on("refused", ({ reason }) => tally.refuse(reason, isOut(reason) ? client.id : undefined));
  recommender.on("problem", ({ message }) => tally.problem(message));
  recommender.on("model", ({ modelVersion, finished }) => {
    tally.see(modelVersion);
    if (finished) tally.finish(client.id);
  });
  return recommender;
}

function aborted(): Promise<void> {
  return new Promise((resolve) => {
    if (leaving.signal.aborted) resolve();
    else leaving.signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
