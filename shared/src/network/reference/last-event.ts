import type { LastEventStep } from "../layers/last-event.js";
import type { Tensor } from "../tensor.js";
import type { Layer, Memory } from "./layer.js";

export const lastEventLayer: Layer<LastEventStep> = {
  forward({ mask, events, output }, memory) {
    const [x, y] = [memory.values(events), memory.values(output)];
    const E = output.columns;
    for (let b = 0; b < memory.rows(output); b++) {
      const last = lastOf(memory, mask, b);
      for (let e = 0; e < E; e++) y[b * E + e] = last < 0 ? 0 : (x[last * E + e] ?? 0);
    }
  },
  backward({ mask, events, output }, memory) {
    const [dx, dy] = [memory.gradients(events), memory.gradients(output)];
    const E = output.columns;
    for (let b = 0; b < memory.rows(output); b++) {
      const last = lastOf(memory, mask, b);
      if (last < 0) continue;
      for (let e = 0; e < E; e++) dx[last * E + e] = (dx[last * E + e] ?? 0) + (dy[b * E + e] ?? 0);
    }
  },
};

/** Row of the state's last event, −1 where there is none. */
function lastOf(memory: Memory, mask: Tensor, state: number): number {
  const { historyLength: L } = memory;
  const present = memory.values(mask);
  let last = L - 1;
  while (last >= 0 && !present[state * L + last]) last--;
  return last < 0 ? -1 : state * L + last;
}
