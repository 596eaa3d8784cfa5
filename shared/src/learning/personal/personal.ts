/** What a device has found of its user: added to the user's vector and to the value of every state. */
export interface Personal {
  /** E numbers, or `model.personal.size`. */
  readonly vector: Float32Array;
  readonly bias: number;
}
