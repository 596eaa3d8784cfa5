import type { ValueLossStep } from "../layers/value-loss.js";
import type { Layer } from "./layer.js";

export const valueLossLayer: Layer<ValueLossStep> = {
  forward({ values, targets, output }, memory) {
    const v = memory.values(values);
    const target = memory.values(targets);
    const y = memory.values(output);
    for (let b = 0; b < memory.rows(output); b++) y[b] = 0.5 * ((v[b] ?? 0) - (target[b] ?? 0)) ** 2;
  },
  backward({ values, targets, output }, memory) {
    const v = memory.values(values);
    const target = memory.values(targets);
    const dv = memory.gradients(values);
    const dy = memory.gradients(output);
    for (let b = 0; b < memory.rows(output); b++) {
      dv[b] = (dv[b] ?? 0) + (dy[b] ?? 0) * ((v[b] ?? 0) - (target[b] ?? 0));
    }
  },
};
