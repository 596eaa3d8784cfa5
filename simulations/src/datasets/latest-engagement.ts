import { type Interaction, opinion } from "@tacit/shared";

/**
 * Where a history's latest engagement stands, -1 without one: what its user took to, and so what is held out. Not what was merely
 * shown, nor what was rated below the middle, skipped or left at once: it is no merit to rank that high.
 */
export const latestEngagement = (interactions: readonly Interaction[]): number =>
  interactions.findLastIndex(isEngagement);

const NEVER: ReadonlySet<Interaction["kind"]> = new Set(["impression", "rating", "dwell"]);

const isEngagement = (interaction: Interaction): boolean =>
  (opinion(interaction) ?? (NEVER.has(interaction.kind) ? 0 : 1)) > 0;
