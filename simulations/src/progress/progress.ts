/** What a run tells whoever watches it. */
export interface Progress {
  start(plan: { rounds: number; clients: number; epsilon: number; bytesPerUpdate: number }): void;
  /** One client has trained once. */
  advance(): void;
  /** A model version is committed; `metric` is HR@10 of a sample of users. */
  round(state: { round: number; metric: number; epsilon: number; bytesPerUpdate: number }): void;
  phase(name: string): void;
  stop(): void;
}

export const silentProgress: Progress = {
  start: () => {},
  advance: () => {},
  round: () => {},
  phase: () => {},
  stop: () => {},
};
