/** How evenly slates spread over a catalogue. */
export interface Coverage {
  /** Share of the catalogue that was shown to anybody. */
  readonly share: number;
  /** 0: every item equally often; near 1: one item only. */
  readonly gini: number;
  /** 1 / Σ p², p the share of impressions of each item: what {@link effectiveItems} estimates through noise; 0 where nothing was shown. */
  readonly effectiveItems: number;
}

/** Of how often each item was shown. (Ge et al. 2010, RecSys, "Beyond accuracy"; Gini index; inverse Simpson index) */
export function catalogueCoverage(shown: ArrayLike<number>): Coverage {
  const sorted = Float64Array.from(shown).sort();
  const total = sorted.reduce((sum, count) => sum + count, 0);
  if (total === 0) return { share: 0, gini: 0, effectiveItems: 0 };
  const size = sorted.length;
  const weighted = sorted.reduce((sum, count, i) => sum + (2 * (i + 1) - size - 1) * count, 0);
  return {
    share: sorted.filter((count) => count > 0).length / size,
    gini: weighted / (size * total),
    effectiveItems: total ** 2 / sorted.reduce((sum, count) => sum + count ** 2, 0),
  };
}
