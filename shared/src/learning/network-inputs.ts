import type { Catalogue } from "../catalogue/catalogue.js";
import type { NetworkInputs } from "../network/engine.js";
import type { State } from "./trajectories.js";

const MILLISECONDS_A_DAY = 86_400_000;

/** Gathers dense inputs: one row for each state, `candidates[row]` all of one length. */
export function networkInputs(
  catalogue: Catalogue,
  historyLength: number,
  states: readonly State[],
  candidates: readonly ArrayLike<number>[],
): NetworkInputs {
  const rows = states.length;
  const width = catalogue.width;
  const candidateCount = candidates[0]?.length ?? 0;
  const inputs: NetworkInputs = {
    rows,
    candidateCount,
    history: new Float32Array(rows * historyLength * width),
    kinds: new Uint8Array(rows * historyLength),
    ages: new Float32Array(rows * historyLength),
    mask: new Float32Array(rows * historyLength),
    candidates: new Float32Array(rows * candidateCount * width),
  };
  for (const [row, state] of states.entries()) {
    for (const [place, event] of state.events.entries()) {
      const cell = row * historyLength + place;
      inputs.history.set(featuresOf(catalogue, event.item), cell * width);
      inputs.kinds[cell] = event.kind;
      inputs.ages[cell] = Math.max(0, state.at - event.at) / MILLISECONDS_A_DAY;
      inputs.mask[cell] = 1;
    }
    const items = candidates[row] ?? [];
    for (let place = 0; place < candidateCount; place++) {
      inputs.candidates.set(featuresOf(catalogue, items[place] ?? 0), (row * candidateCount + place) * width);
    }
  }
  return inputs;
}

function featuresOf({ features, width }: Catalogue, item: number): Float32Array {
  return features.subarray(item * width, (item + 1) * width);
}
