import type { Random } from "../random/random.js";

/** The action first, then items drawn uniformly from all others. */
export function drawCandidates(action: number, size: number, random: Random, into: Int32Array): void {
  into[0] = action;
  for (let i = 1; i < into.length; i++) {
    const drawn = random.integer(size - 1);
    into[i] = drawn < action ? drawn : drawn + 1;
  }
}
