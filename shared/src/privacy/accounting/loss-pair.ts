import type { PrivacyLossDistribution } from "./privacy-loss-distribution.js";

/** Losses with one client's removal and with its addition: composed apart, the worse counts. */
export interface LossPair {
  readonly removing: PrivacyLossDistribution;
  readonly adding: PrivacyLossDistribution;
}
