import { SingleBar } from "cli-progress";
import { duration, epsilonText, megabytes, roundText } from "./run-text.js";
import type { RunProgress } from "./run-virtual.js";

const FORMAT =
  "round {value}/{total} {bar} | {speed} clients/s | {left} left | {memory} | HR@10 {hits} | ε {epsilon}";
const LINES = 20;

/** A step of the bar is a round. */
export function barRunProgress(say: (line: string) => void): RunProgress {
  const bar = new SingleBar({ format: FORMAT, hideCursor: true, stopOnComplete: false });
  let hits = "–";
  let done = 0;
  let running = false;
  return {
    population: (clients, bytes, seconds) => say(populationText(clients, bytes, seconds)),
    round({ modelVersion, hitRate, epsilon }, rounds, clientRounds, seconds) {
      if (hitRate !== undefined) hits = hitRate.toFixed(3);
      done++;
      const payload = {
        ...pace(modelVersion, rounds, clientRounds, seconds, done),
        hits,
        epsilon: epsilonText(epsilon),
      };
      if (!running) bar.start(rounds, modelVersion, payload);
      else bar.update(modelVersion, payload);
      running = true;
    },
    stop() {
      if (running) bar.stop();
      running = false;
    },
  };
}

/** One line for some of the rounds, for logs and pipes. */
export function lineRunProgress(say: (line: string) => void): RunProgress {
  let done = 0;
  return {
    population: (clients, bytes, seconds) => say(populationText(clients, bytes, seconds)),
    round(report, rounds, clientRounds, seconds) {
      const { modelVersion } = report;
      done++;
      const every = Math.ceil(rounds / LINES);
      if (modelVersion % every !== 0 && modelVersion !== rounds && done > 1) return;
      const { speed, left, memory } = pace(modelVersion, rounds, clientRounds, seconds, done);
      const words = [...roundText(report), `${speed} clients/s`, `${left} left`, memory];
      say(`round ${modelVersion}/${rounds}: ${words.join(", ")}`);
    },
    stop: () => {},
  };
}

const populationText = (clients: number, bytes: number, seconds: number): string =>
  `${clients} virtual clients, ${bytes.toFixed(0)} bytes each, made in ${duration(seconds)}`;

/** @param done rounds of this process; a resumed run has others before. */
function pace(modelVersion: number, rounds: number, clientRounds: number, seconds: number, done: number) {
  return {
    speed: Math.round(clientRounds / Math.max(1e-9, seconds)),
    left: duration((seconds / done) * (rounds - modelVersion)),
    memory: megabytes(process.memoryUsage.rss()),
  };
}
