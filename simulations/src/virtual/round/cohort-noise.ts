import {
  type ByteSource,
  noiseShare,
  type SealingPlan,
  type SummedShares,
  summedShares,
  wrap,
} from "@tacit/shared";

/** How far all of a sum's noise may be from that of real shares, in total variation. */
const FARTHEST = 1e-12;

let latest:
  | { readonly deviation: number; readonly count: number; readonly shares: SummedShares | undefined }
  | undefined;

/**
 * Adds the noise of a cohort in which each of these clients stands for so many people to the sum of these clients' updates,
 * in place. Their mean then has the noise that the larger cohort's mean has: N times the people make √N times
 * the noise of a sum that counts N times as much (as with `noise_cohort_size` of pfl-research, Granqvist et al. 2024,
 * arXiv 2404.06430).
 */
export function addDeployedNoise(
  plan: Pick<SealingPlan, "dimension" | "bits" | "shareDeviation">,
  sum: Uint32Array,
  contributors: number,
  standsFor: number,
  bytes: ByteSource,
): void {
  if (standsFor === 1) {
    addCohortNoise(plan, sum, contributors, bytes);
    return;
  }
  // Rounded up, as the sampler takes whole deviations: never less noise than there would be.
  const shareDeviation = Math.ceil(plan.shareDeviation * Math.sqrt(contributors / standsFor));
  addCohortNoise({ ...plan, shareDeviation }, sum, 1, bytes);
}

/** The plan by which such a sum is opened, so that the errors stated of it are those of the noise that it has. */
export const openingPlan = (plan: SealingPlan, standsFor: number): SealingPlan => ({
  ...plan,
  shareDeviation: plan.shareDeviation / Math.sqrt(standsFor),
});

/**
 * Adds the noise of so many clients to the sum of their rounded updates, in place. What comes out is distributed as the sum
 * of their sealed updates: (Σ x_i mod m) + w ≡ Σ (x_i + w_i) mod m for w = Σ w_i, and instead of that sum
 * of discrete Gaussians one of the same variance is drawn. All coordinates together are within 1e-12 of it in total
 * variation (`summedShares`); where that cannot be shown, every client's share is drawn.
 */
export function addCohortNoise(
  { dimension, bits, shareDeviation }: Pick<SealingPlan, "dimension" | "bits" | "shareDeviation">,
  sum: Uint32Array,
  contributors: number,
  bytes: ByteSource,
): "one-draw" | "every-share" | "none" {
  if (shareDeviation === 0 || contributors === 0) return "none";
  const noise = new Int32Array(dimension);
  const shares = sharesOf(shareDeviation, contributors);
  if (shares && dimension * shares.totalVariation <= FARTHEST) {
    shares.fill(noise, bytes);
    wrap(sum, noise, bits, sum);
    return "one-draw";
  }
  for (let client = 0; client < contributors; client++) {
    noiseShare(shareDeviation, bytes, noise);
    wrap(sum, noise, bits, sum);
  }
  return "every-share";
}

/** Tables take longer to make than to draw from, and most rounds have as many contributors as the one before. */
function sharesOf(deviation: number, count: number): SummedShares | undefined {
  if (latest?.deviation !== deviation || latest.count !== count) {
    latest = { deviation, count, shares: summedShares(deviation, count) };
  }
  return latest.shares;
}
