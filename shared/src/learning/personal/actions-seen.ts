import type { Matrix } from "../../network/engine.js";
import type { RecommenderNetwork } from "../../network/recommender-network.js";

/**
 * Candidates × the personal vector's length: what each of its numbers adds to a logit. That is the action itself, or
 * action · projectionᵀ where the vector is shorter.
 */
export function actionsSeen(
  { projection, actions }: RecommenderNetwork,
  { cells, stride }: Matrix,
  count: number,
  parameters: Float32Array,
): Float64Array {
  const E = actions?.columns ?? 0;
  const size = projection?.rows ?? E;
  return Float64Array.from({ length: count * size }, (_, place) => {
    const [row, column] = [stride * Math.floor(place / size), place % size];
    if (!projection) return cells[row + column] ?? 0;
    const from = projection.offset + column * E;
    let sum = 0;
    for (let e = 0; e < E; e++) sum += (cells[row + e] ?? 0) * (parameters[from + e] ?? 0);
    return sum;
  });
}
