import type { ArmSummary } from "../summary.js";

/** In a sentence: the arm, and which task it was played with where there are several. */
export const summaryName = ({ arm, variation }: Pick<ArmSummary, "arm" | "variation">): string =>
  [arm, variation].filter((part) => part !== "").join(", ");
