import { fullName } from "../../scenario/arm.js";
import type { ArmSummary } from "../summary.js";

/** Below this share of clipped updates, most of the noise hides nothing. */
const FEW = 0.1;

/** What arms pay for no privacy: noise is made for updates as long as the clip, and theirs are shorter. */
export const clippingNotes = (arms: readonly ArmSummary[]): string[] =>
  arms.flatMap((summary) => {
    const { epsilon, shareClipped } = summary;
    if (epsilon === null || shareClipped === null || shareClipped >= FEW) return [];
    const share = (100 * shareClipped).toFixed(0);
    return `${fullName(summary)}: ${share} % of the updates reached privacy.clip, for whose length the noise is made; a smaller clip costs less`;
  });
