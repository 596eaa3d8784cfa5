import { SingleBar } from "cli-progress";

interface AttackProgress {
  /** One more training begins. */
  next(name: string): void;
  stop(): void;
}

/** On standard error: a bar on a terminal, elsewhere a line for each rule. */
export function attackProgress(trainings: number): AttackProgress {
  if (!process.stderr.isTTY) {
    let last = "";
    return {
      next(name) {
        const [rule = ""] = name.split(" against ");
        if (rule !== last) process.stderr.write(`… ${rule}\n`);
        last = rule;
      },
      stop: () => {},
    };
  }
  const format = "{bar} {percentage}% | {name} | {eta_formatted} left";
  const bar = new SingleBar({ format, hideCursor: true, stopOnComplete: false });
  bar.start(trainings, -1, { name: "" });
  return {
    next: (name) => bar.increment(1, { name }),
    stop: () => bar.stop(),
  };
}
