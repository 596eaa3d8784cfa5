import type { Interaction } from "@tacit/shared";

/** One interaction as it is sealed. */
export const interactionBytes = (interaction: Interaction): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(JSON.stringify(interaction));

/** Of bytes that a box has authenticated: only this store can have written them. */
export function interactionOf(bytes: Uint8Array): Interaction {
  const interaction: Interaction = JSON.parse(new TextDecoder().decode(bytes));
  return interaction;
}
