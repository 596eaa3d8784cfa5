/** How a state is made of its events, beside their recency-weighted mean: by nothing, or by their order. */
export const STATE_ENCODERS = ["mean", "gru", "lstm", "attention"] as const;

export type StateEncoder = (typeof STATE_ENCODERS)[number];
