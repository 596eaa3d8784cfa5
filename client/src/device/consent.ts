/** Unknown counts as denied: nothing is recorded and nothing is sent until the user has agreed. */
export type ConsentStatus = "unknown" | "granted" | "denied";

export const isConsentStatus = (value: unknown): value is ConsentStatus =>
  value === "unknown" || value === "granted" || value === "denied";
