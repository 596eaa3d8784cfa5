/** pooled[b] += Σ_i shares[b, i] · events[b, i], over B states of L events, E wide. */
export function pool(
  shares: ArrayLike<number>,
  events: Float64Array,
  pooled: Float64Array,
  [B, L, E]: readonly [number, number, number],
): void {
  for (let i = 0; i < B * L; i++) {
    const share = shares[i] ?? 0;
    if (share === 0) continue;
    const to = ((i / L) | 0) * E;
    for (let e = 0; e < E; e++) pooled[to + e] = (pooled[to + e] ?? 0) + share * (events[i * E + e] ?? 0);
  }
}

/** dEvents[b, i] += shares[b, i] · dPooled[b] */
export function poolBackward(
  shares: ArrayLike<number>,
  dPooled: Float64Array,
  dEvents: Float64Array,
  [B, L, E]: readonly [number, number, number],
): void {
  for (let i = 0; i < B * L; i++) {
    const share = shares[i] ?? 0;
    if (share === 0) continue;
    const from = ((i / L) | 0) * E;
    for (let e = 0; e < E; e++)
      dEvents[i * E + e] = (dEvents[i * E + e] ?? 0) + share * (dPooled[from + e] ?? 0);
  }
}

/** dShares[b, i] = events[b, i] · dPooled[b] */
export function poolSharesBackward(
  events: Float64Array,
  dPooled: Float64Array,
  dShares: Float64Array,
  [B, L, E]: readonly [number, number, number],
): void {
  for (let i = 0; i < B * L; i++) {
    const from = ((i / L) | 0) * E;
    let sum = 0;
    for (let e = 0; e < E; e++) sum += (events[i * E + e] ?? 0) * (dPooled[from + e] ?? 0);
    dShares[i] = sum;
  }
}
