import type { IntegerNoise } from "./integer-noise.js";
import type { LossPair } from "./loss-pair.js";
import { sampledLoss } from "./monotone-losses.js";
import { splitMass } from "./split-mass.js";

/** The range of losses that sampled integer noise has; its likelihood ratio rises along the line. */
export function integerLossRange(
  { logs }: IntegerNoise,
  shift: number,
  q: number,
): readonly [number, number] {
  const reach = logs.length - 1;
  const greatest = (logs[reach - shift] ?? 0) - (logs[reach] ?? 0);
  return [sampledLoss(-greatest, q), sampledLoss(greatest, q)];
}

/** The losses of integer noise around 0 or, with the client, around `shift`; what lies beyond is infinite. */
export function integerLosses(noise: IntegerNoise, shift: number, q: number, step: number): LossPair {
  const { logs, beyond } = noise;
  const reach = logs.length - 1;
  const log = (x: number) => logs[Math.abs(x)] ?? 0;
  const [least, greatest] = integerLossRange(noise, shift, q);
  const lowest = Math.floor(least / step) - 1;
  const points = Math.ceil(greatest / step) - lowest + 2;
  const [removing, adding] = [new Float64Array(points), new Float64Array(points)];
  for (let x = shift - reach; x <= reach; x++) {
    const loss = sampledLoss(log(x - shift) - log(x), q);
    const without = Math.exp(log(x));
    const mixed = (1 - q) * without + q * Math.exp(log(x - shift));
    const i = Math.min(points - 1, Math.max(1, Math.ceil(loss / step) - lowest));
    const value = (lowest + i) * step;
    splitMass(removing, i, value, step, mixed, without);
    splitMass(adding, points - i, step - value, step, without, mixed);
  }
  return {
    removing: { step, lowest, masses: removing, infinite: beyond },
    adding: { step, lowest: -(lowest + points - 1), masses: adding, infinite: beyond },
  };
}
