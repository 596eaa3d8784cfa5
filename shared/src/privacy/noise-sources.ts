import type { PrivacyMode } from "../task/privacy-spec.js";

/** Standard deviations of noise in units of the task's (noiseMultiplier · clip); one of the two is 0. */
export interface NoiseSources {
  /** What each client adds to its own update. */
  readonly share: number;
  /** What the coordinator adds to a sum. */
  readonly coordinator: number;
}

/** Who makes the noise, given how many contributors' shares are counted on. */
export const NOISE_SOURCES: Readonly<Record<PrivacyMode, (honestContributors: number) => NoiseSources>> = {
  distributed: (honestContributors) => ({ share: 1 / Math.sqrt(honestContributors), coordinator: 0 }),
  local: () => ({ share: 1, coordinator: 0 }),
  trusted: () => ({ share: 0, coordinator: 1 }),
};
