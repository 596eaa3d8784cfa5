import type { CohortAssumptions, GraphParameters } from "../../../src/secagg/graph/graph-parameters.js";

type Asked = CohortAssumptions;

function choose(n: number, k: number): bigint {
  if (k < 0 || k > n) return 0n;
  let result = 1n;
  for (let i = 1; i <= k; i++) result = (result * BigInt(n - k + i)) / BigInt(i);
  return result;
}

/** C(marked, x) · C(total − marked, draws − x) for x = 0 … draws: over C(total, draws), the hypergeometric chances. */
const ways = (total: number, marked: number, draws: number): bigint[] =>
  Array.from({ length: draws + 1 }, (_, x) => choose(marked, x) * choose(total - marked, draws - x));

const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);

/**
 * The oracle: Bell et al.'s conditions in whole numbers, `corrupt` and `dropout` in percent. "more" where the degree
 * exceeds `most`.
 */
export function exactParameters(asked: Asked, most = Infinity): GraphParameters | undefined | "more" {
  const { clients: n, corrupt, dropout, adversary } = asked;
  const lies = adversary === "semi-malicious";
  if (corrupt + (lies ? 2 : 1) * dropout > 90) return undefined;
  const corrupted = Math.floor((corrupt * n) / 100);
  const surviving = Math.ceil(((100 - dropout) * n) / 100);
  const lost = corrupted + Math.floor((dropout * n) / 100);
  for (let k = 2; k < n - 1; k += 2) {
    if (k > most) return "more";
    const all = choose(n, k);
    // n(n−k−1)/2 · C(lost, k)/C(n, k) < 2^−41.
    const cut = BigInt(n) * BigInt(n - k - 1) * choose(lost, k) * 2n ** 41n;
    if (cut >= 2n * all) continue;
    const corruptWays = ways(n, corrupted, k);
    let corruptMost = 0;
    while (sum(corruptWays.slice(corruptMost + 1)) * 2n ** 41n * BigInt(n) > all) corruptMost++;
    const survivingWays = ways(n, surviving, k);
    let survivingLeast = 0;
    while (
      survivingLeast < k &&
      sum(survivingWays.slice(0, survivingLeast + 1)) * 2n ** 20n * BigInt(n) <= all
    )
      survivingLeast++;
    const reachable = lies ? Math.ceil((4 * (corruptMost + k) - 5) / 8) : corruptMost;
    if (survivingLeast > reachable) return { neighbours: k, threshold: Math.max(reachable + 1, 2) };
  }
  return undefined;
}
