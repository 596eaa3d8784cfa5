/**
 * The least epsilon that ρ-zCDP gives for `delta`: zCDP is (α, ρα)-RDP for every α, converted at the best α
 * (Bun, Steinke 2016, arXiv 1605.02065; conversion: Canonne, Kamath, Steinke, arXiv 2004.00010, Prop. 12).
 */
export function epsilonOfZcdp(rho: number, delta: number): number {
  if (rho <= 0) return 0;
  const epsilonAt = (order: number) =>
    Math.max(0, rho * order + Math.log1p(-1 / order) - Math.log(delta * order) / (order - 1));
  // One minimum in ln(α − 1): golden section.
  const golden = (Math.sqrt(5) - 1) / 2;
  let low = Math.log(0.01);
  let high = Math.log(1e6);
  while (high - low > 1e-9) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)];
    if (epsilonAt(1 + Math.exp(left)) < epsilonAt(1 + Math.exp(right))) high = right;
    else low = left;
  }
  return epsilonAt(1 + Math.exp(low));
}

/** ρ of one Gaussian release: Δ² / 2σ² (Bun, Steinke 2016, Prop. 6; the discrete Gaussian has the same). */
export function rhoOfGaussian(sensitivity: number, deviation: number): number {
  return sensitivity ** 2 / (2 * deviation ** 2);
}
