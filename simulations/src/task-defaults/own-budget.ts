import { RefusedError } from "../refused-error.js";
import { isDocument, type TaskOverrides } from "./task-overrides.js";

/**
 * For whoever names runs by their epsilon: a task that brings a budget or a noise of its own would be what it is, whatever it is called.
 * @throws RefusedError naming the field.
 */
export function refuseOwnBudget({ privacy }: TaskOverrides = {}): void {
  if (!isDocument(privacy)) return;
  for (const field of ["maximumEpsilon", "noiseMultiplier"]) {
    if (privacy[field] === undefined) continue;
    throw new RefusedError(
      `privacy.${field}: the budget is the epsilon that is asked for, and the noise the least for it`,
    );
  }
}
