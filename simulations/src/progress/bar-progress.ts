import { SingleBar } from "cli-progress";
import type { Progress } from "./progress.js";

const FORMAT =
  "{phase} {bar} {percentage}% | {clients} clients | HR@10 {metric} | ε spent {epsilon} | {bytes} B an update | {eta_formatted} left";

/** A bar on standard error: a step for every client that has trained, in the federation and then alone. */
export function barProgress(): Progress {
  const bar = new SingleBar({ format: FORMAT, hideCursor: true, stopOnComplete: false, etaBuffer: 200 });
  let rounds = 0;
  let running = false;
  return {
    start({ clients, epsilon, bytesPerUpdate, ...plan }) {
      rounds = plan.rounds;
      running = true;
      bar.start(clients * (rounds + 1), 0, {
        phase: `round 0/${rounds}`,
        clients,
        metric: "–",
        epsilon: epsilon.toFixed(2),
        bytes: bytesPerUpdate,
      });
    },
    advance: () => bar.increment(),
    round: ({ round, metric, epsilon }) =>
      bar.update({
        phase: `round ${round}/${rounds}`,
        metric: metric.toFixed(3),
        epsilon: epsilon.toFixed(2),
      }),
    phase: (name) => bar.update({ phase: name }),
    stop() {
      if (running) bar.stop();
      running = false;
    },
  };
}
