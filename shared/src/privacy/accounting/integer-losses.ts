import type { IntegerWeights } from "../integer-weights.js";
import type { LossPair } from "./loss-pair.js";
import { sampledLoss } from "./monotone-losses.js";
import { splitMass } from "./split-mass.js";

const BITS = 600n;

/** Probabilities of 0, 1, … on either side of a symmetric distribution. */
export function probabilities({ weights }: IntegerWeights): Float64Array {
  const greatest = weights[0] ?? 1n;
  const shares = Float64Array.from(
    weights,
    (weight) => Number((weight << BITS) / greatest) / 2 ** Number(BITS),
  );
  const whole = 2 * shares.reduce((sum, share) => sum + share, 0) - (shares[0] ?? 0);
  return shares.map((share) => share / whole);
}

/** The losses of integer noise around 0 or, with the client, around `shift`; what has no counterpart is infinite. */
export function integerLosses(noise: Float64Array, shift: number, q: number, step: number): LossPair {
  const reach = noise.length - 1;
  const at = (x: number) => noise[Math.abs(x)] ?? 0;
  const greatest = sampledLoss(Math.log(at(reach - shift)) - Math.log(at(reach)), q);
  const lowest = Math.floor(Math.max(-greatest, Math.log1p(-q)) / step) - 1;
  const points = Math.ceil(greatest / step) - lowest + 2;
  const [removing, adding] = [new Float64Array(points), new Float64Array(points)];
  let [infiniteRemoving, infiniteAdding] = [0, 0];
  for (let x = -reach; x <= reach + shift; x++) {
    const [without, moved] = [at(x), at(x - shift)];
    const mixed = (1 - q) * without + q * moved;
    if (without === 0 || mixed === 0) {
      infiniteRemoving += mixed;
      infiniteAdding += without;
      continue;
    }
    const loss = Math.log(mixed / without);
    const i = Math.min(points - 1, Math.max(1, Math.ceil(loss / step) - lowest));
    splitMass(removing, i, (lowest + i) * step, step, mixed, without);
    splitMass(adding, points - i, step - (lowest + i) * step, step, without, mixed);
  }
  return {
    removing: { step, lowest, masses: removing, infinite: infiniteRemoving },
    adding: { step, lowest: -(lowest + points - 1), masses: adding, infinite: infiniteAdding },
  };
}
