/** Seconds by phase. */
export type Spent<Phase extends string> = Record<Phase, number>;

/** What the time of clients goes into. */
const CLIENT_PHASES = ["unpack", "trajectories", "training", "sealing", "summing"] as const;
export type ClientPhase = (typeof CLIENT_PHASES)[number];

export const noClientTime = (): Spent<ClientPhase> => ({
  unpack: 0,
  trajectories: 0,
  training: 0,
  sealing: 0,
  summing: 0,
});

/** Adds up where the time goes: each lap takes what has passed since the last one. */
export class Stopwatch<Phase extends string> {
  /** Seconds so far. */
  readonly spent: Spent<Phase>;
  #since = performance.now();

  /** @param spent where to go on from; written to. */
  constructor(spent: Spent<Phase>) {
    this.spent = spent;
  }

  /** What has passed until now is nobody's. */
  start(): void {
    this.#since = performance.now();
  }

  lap(phase: Phase): void {
    const now = performance.now();
    this.spent[phase] += (now - this.#since) / 1000;
    this.#since = now;
  }
}

/** Adds one reckoning to another, in place. */
export function addTime(total: Spent<ClientPhase>, more: Readonly<Spent<ClientPhase>>): void {
  for (const phase of CLIENT_PHASES) total[phase] += more[phase];
}

/** What has been spent between two reckonings. */
export function timeSince(
  before: Readonly<Spent<ClientPhase>>,
  now: Readonly<Spent<ClientPhase>>,
): Spent<ClientPhase> {
  const spent = noClientTime();
  for (const phase of CLIENT_PHASES) spent[phase] = now[phase] - before[phase];
  return spent;
}
