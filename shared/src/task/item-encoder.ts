/** How an item is made of its features: by one projection, by a gated mix of its modalities, or with its neighbours'. */
export const ITEM_ENCODERS = ["two-tower", "gated-fusion", "graph"] as const;

export type ItemEncoderName = (typeof ITEM_ENCODERS)[number];
