import type { Interaction } from "@tacit/shared";
import type { Dataset } from "./dataset.js";

/**
 * The data set with every rating as a click, whatever its stars: what was rated was chosen. (Hu, Koren, Volinsky 2008,
 * "Collaborative Filtering for Implicit Feedback Datasets"; the usual protocol on MovieLens)
 */
export function implicitFeedback(dataset: Dataset): Dataset {
  const chosen = ({ value, ...interaction }: Interaction): Interaction =>
    interaction.kind === "rating"
      ? { ...interaction, kind: "click" }
      : { ...interaction, ...(value !== undefined && { value }) };
  const histories = [...dataset.histories].map(([user, history]) => [user, history.map(chosen)] as const);
  return { ...dataset, histories: new Map(histories) };
}
