import { cohortText } from "./cohort-text.js";
import type { Progress } from "./progress.js";

/** One line a round, for logs and pipes. */
export function lineProgress(write: (line: string) => void): Progress {
  let rounds = 0;
  return {
    start({ clients, bytesPerUpdate, ...plan }) {
      rounds = plan.rounds;
      write(`${clients} clients, ${rounds} rounds, ${bytesPerUpdate} bytes an update`);
    },
    advance: () => {},
    round: ({ round, metric, epsilon, cohort }) => {
      const news = [`HR@10 ${metric.toFixed(3)}`, `epsilon spent ${epsilon.toFixed(2)}`];
      if (cohort) news.push(cohortText(cohort));
      write(`round ${round}/${rounds}  ${news.join("  ")}`);
    },
    phase: (name) => write(`… ${name}`),
    stop: () => {},
  };
}
