import { SingleBar } from "cli-progress";

const FORMAT = "{phase} {bar} {percentage} % | {eta_formatted} left";

/** What a compression tells whoever watches it. */
export interface CompressProgress {
  /** One of so many steps of a phase is done; phases come one after the other. */
  step(phase: string, of: number): void;
  stop(): void;
}

/** A bar for each phase. */
export function barCompressProgress(): CompressProgress {
  const bar = new SingleBar({ format: FORMAT, hideCursor: true, stopOnComplete: false });
  let current: string | undefined;
  const stop = () => {
    if (current !== undefined) bar.stop();
    current = undefined;
  };
  return {
    step(phase, of) {
      if (phase !== current) {
        stop();
        bar.start(of, 0, { phase });
        current = phase;
      }
      bar.increment();
    },
    stop,
  };
}

/** One line a phase, for logs and pipes. */
export function lineCompressProgress(say: (line: string) => void): CompressProgress {
  let current: string | undefined;
  return {
    step(phase, of) {
      if (phase !== current) say(`… ${phase}, ${of} steps`);
      current = phase;
    },
    stop: () => {},
  };
}
