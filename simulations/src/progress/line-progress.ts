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
    round: ({ round, metric, epsilon }) =>
      write(`round ${round}/${rounds}  HR@10 ${metric.toFixed(3)}  epsilon spent ${epsilon.toFixed(2)}`),
    phase: (name) => write(`… ${name}`),
    stop: () => {},
  };
}
