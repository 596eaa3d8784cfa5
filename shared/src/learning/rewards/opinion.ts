import type { Interaction } from "../interaction.js";
import { magnitude } from "./magnitude.js";

/** What an interaction says of how its item pleased, from −1 to 1; undefined where it says nothing of it. */
export function opinion(interaction: Interaction): number | undefined {
  switch (interaction.kind) {
    case "rating":
    case "dwell":
      return interaction.value === undefined ? undefined : magnitude(interaction);
    case "like":
    case "share":
      return magnitude(interaction);
    case "skip":
      return -magnitude(interaction);
    default:
      return undefined;
  }
}
