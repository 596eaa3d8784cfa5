/** How one cohort's secure aggregation went. */
export interface CohortReport {
  readonly selected: number;
  readonly contributors: number;
  /** Clients that did not come through, and the phase in which they stopped. */
  readonly dropped: readonly { readonly clientId: string; readonly phase: string }[];
  /** Secrets that the sum was opened with; each matched what its owner had committed to. */
  readonly checkedSecrets: number;
}

/** What a run tells whoever watches it. */
export interface Progress {
  start(plan: { rounds: number; clients: number; epsilon: number; bytesPerUpdate: number }): void;
  /** One client has trained once. */
  advance(): void;
  /** A model version is committed; `metric` is HR@10 of a sample of users. */
  round(state: {
    round: number;
    metric: number;
    epsilon: number;
    bytesPerUpdate: number;
    cohort?: CohortReport | undefined;
  }): void;
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
