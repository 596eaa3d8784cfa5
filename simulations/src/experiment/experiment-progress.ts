import { SingleBar } from "cli-progress";
import type { ExperimentProgress } from "./run-experiment.js";

const FORMAT = "trial {trial} {bar} {percentage} % | {name} | {news}";

/** One bar over all trials; rounds move it on within a trial. */
export function barExperimentProgress(): ExperimentProgress {
  const bar = new SingleBar({ format: FORMAT, hideCursor: true, stopOnComplete: false });
  let running = false;
  return {
    trial({ name, done, of }) {
      const payload = { trial: `${done + 1}/${of}`, name, news: "" };
      if (!running) bar.start(of, done, payload);
      else bar.update(done, payload);
      running = true;
      return (step, steps, news) => bar.update(done + step / steps, { news });
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
    return () => {};
  },
  stop: () => {},
});
