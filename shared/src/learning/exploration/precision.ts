import type { Random } from "../../random/random.js";
import type { ActionEmbeddings } from "./place-policy.js";

/**
 * How sure this device can be of its user's vector: A = λI + Σ a aᵀ over the embeddings a of its own past actions (Li et al.
 * 2010, arXiv 1003.0146, algorithm 1), as the lower triangle L of A = L Lᵀ.
 */
export class Precision {
  readonly #width: number;
  readonly #factor: Float64Array;

  constructor({ width, past }: Pick<ActionEmbeddings, "width" | "past">, ridge: number) {
    const matrix = new Float64Array(width * width);
    for (let i = 0; i < width; i++) matrix[i * width + i] = ridge;
    for (let from = 0; from < past.length; from += width) {
      for (let i = 0; i < width; i++) {
        for (let j = 0; j <= i; j++) {
          const cell = i * width + j;
          matrix[cell] = (matrix[cell] ?? 0) + (past[from + i] ?? 0) * (past[from + j] ?? 0);
        }
      }
    }
    this.#width = width;
    this.#factor = cholesky(matrix, width);
  }

  /** √(aᵀ A⁻¹ a) = |L⁻¹ a| of the embedding that begins at cell `from`. */
  deviation(embeddings: ArrayLike<number>, from: number): number {
    const [width, factor] = [this.#width, this.#factor];
    const solved = new Float64Array(width);
    let square = 0;
    for (let i = 0; i < width; i++) {
      let rest = embeddings[from + i] ?? 0;
      for (let j = 0; j < i; j++) rest -= (factor[i * width + j] ?? 0) * (solved[j] ?? 0);
      const value = rest / (factor[i * width + i] ?? 1);
      solved[i] = value;
      square += value * value;
    }
    return Math.sqrt(square);
  }

  /** A draw from N(0, A⁻¹): L⁻ᵀ z. */
  draw(random: Random): Float64Array {
    const [width, factor] = [this.#width, this.#factor];
    const drawn = new Float64Array(width);
    for (let i = width - 1; i >= 0; i--) {
      let rest = random.normal();
      for (let j = i + 1; j < width; j++) rest -= (factor[j * width + i] ?? 0) * (drawn[j] ?? 0);
      drawn[i] = rest / (factor[i * width + i] ?? 1);
    }
    return drawn;
  }
}

/** The lower triangle, of a positive definite matrix whose lower triangle is given. */
function cholesky(matrix: Float64Array, width: number): Float64Array {
  const factor = matrix.slice();
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = factor[i * width + j] ?? 0;
      for (let k = 0; k < j; k++) rest -= (factor[i * width + k] ?? 0) * (factor[j * width + k] ?? 0);
      factor[i * width + j] = i === j ? Math.sqrt(rest) : rest / (factor[j * width + j] ?? 1);
    }
  }
  return factor;
}
