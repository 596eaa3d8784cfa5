/** θ = (I + Σ a aᵀ)⁻¹ Σ r a: what a last layer would make of the rewards so far, one observation at a time (Sherman & Morrison 1950). */
export class RidgeRegression {
  readonly #width: number;
  readonly #inverse: Float64Array;
  readonly #sums: Float64Array;

  constructor(width: number) {
    this.#width = width;
    this.#sums = new Float64Array(width);
    this.#inverse = new Float64Array(width * width);
    for (let i = 0; i < width; i++) this.#inverse[i * width + i] = 1;
  }

  observe(vector: Float64Array, reward: number): void {
    const width = this.#width;
    const turned = this.#times(vector);
    const scale = 1 + turned.reduce((sum, value, i) => sum + value * (vector[i] ?? 0), 0);
    for (let i = 0; i < width; i++) {
      this.#sums[i] = (this.#sums[i] ?? 0) + reward * (vector[i] ?? 0);
      for (let j = 0; j < width; j++) {
        const cell = i * width + j;
        this.#inverse[cell] = (this.#inverse[cell] ?? 0) - ((turned[i] ?? 0) * (turned[j] ?? 0)) / scale;
      }
    }
  }

  weights(): Float64Array {
    return this.#times(this.#sums);
  }

  #times(vector: Float64Array): Float64Array {
    const width = this.#width;
    return Float64Array.from({ length: width }, (_, i) =>
      vector.reduce((sum, value, j) => sum + value * (this.#inverse[i * width + j] ?? 0), 0),
    );
  }
}
