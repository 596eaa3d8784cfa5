import { SingleBar } from "cli-progress";
import type { RunProgress } from "../virtual/run/run-virtual.js";
import type { ExperimentProgress } from "./run-experiment.js";

const FORMAT = "trial {trial} {bar} {percentage} % | {name} | {course}";

/** One bar over all trials; rounds move it on within a trial. */
export function barExperimentProgress(): ExperimentProgress {
  const bar = new SingleBar({ format: FORMAT, hideCursor: true, stopOnComplete: false });
  let running = false;
  return {
    trial({ name, done, of }) {
      const payload = { trial: `${done + 1}/${of}`, name, course: "" };
      if (!running) bar.start(of, done, payload);
      else bar.update(done, payload);
      running = true;
      return watching((round, rounds, hits) => {
        bar.update(done + round / rounds, { course: `round ${round}/${rounds}${hits}` });
      });
    },
    stop() {
      if (running) bar.stop();
      running = false;
    },
  };
}

/** One line a trial, for logs and pipes. */
export const lineExperimentProgress = (say: (line: string) => void): ExperimentProgress => ({
  trial({ name, done, of }) {
    say(`trial ${done + 1}/${of}: ${name}`);
    return watching(() => {});
  },
  stop: () => {},
});

function watching(round: (round: number, rounds: number, hits: string) => void): RunProgress {
  let hits = "";
  return {
    population: () => {},
    round({ modelVersion, hitRate }, rounds) {
      if (hitRate !== undefined) hits = `, HR@10 ${hitRate.toFixed(3)}`;
      round(modelVersion, rounds, hits);
    },
    stop: () => {},
  };
}
