import { roundedTo, type TaskSpec } from "@tacit/shared";

interface RoundedVector {
  /** As clients receive it, which is what the chain has. */
  readonly vector: Float32Array;
  /** What rounding took off each parameter; empty where nothing is rounded. */
  readonly rest: Float32Array;
}

/**
 * Rounds a version's vector to its task's encoding. The rest is added before the next step, so that steps smaller than
 * the grid's are not lost but add up (error feedback: Seide et al. 2014; Karimireddy et al. 2019, arXiv 1901.09847, §3).
 * Undefined where a parameter has grown too large for the encoding.
 */
export function roundVector(
  { delivery }: Pick<TaskSpec, "delivery">,
  vector: Float32Array,
  parameters: number,
): RoundedVector | undefined {
  if (!isRounded({ delivery })) return { vector, rest: new Float32Array(0) };
  const rounded = roundedTo(delivery?.encoding ?? "float32", vector, parameters);
  if (!rounded) return undefined;
  const rest = vector.subarray(0, parameters).map((value, i) => value - (rounded[i] ?? 0));
  return { vector: rounded, rest };
}

export const isRounded = ({ delivery }: Pick<TaskSpec, "delivery">): boolean =>
  delivery !== undefined && delivery.encoding !== "float32";
