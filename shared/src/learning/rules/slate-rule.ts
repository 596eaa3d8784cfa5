/** What changes the scores of a place by what is above it, before anything is drawn for it. */
export interface SlateRule {
  /** Changes the scores of the next place; −∞ keeps a candidate out. */
  adjust(scores: Float64Array): void;
  /** Is told which candidate the place was given to. */
  shown(candidate: number): void;
}

/** What rules know of the candidates of a slate. */
export interface RuledCandidates {
  /** Rows of the catalogue. */
  readonly rows: ArrayLike<number>;
  /** Standard deviation of their scores: what strengths are relative to, whatever the scale of a model's scores. */
  readonly deviation: number;
}
