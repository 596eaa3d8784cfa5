const order = (logExcess: number) => 1 + Math.exp(logExcess);

/**
 * The least epsilon that ρ-zCDP gives for `delta`: zCDP is (α, ρα)-RDP for every α, converted at the best α
 * (Bun, Steinke 2016, arXiv 1605.02065; conversion: Canonne, Kamath, Steinke, arXiv 2004.00010, Prop. 12).
 */
export function epsilonOfZcdp(rho: number, delta: number): number {
  if (rho <= 0) return 0;
  return leastOverOrders((alpha) =>
    Math.max(0, rho * alpha + Math.log1p(-1 / alpha) - Math.log(delta * alpha) / (alpha - 1)),
  );
}

/** The inverse of {@link epsilonOfZcdp}: the least delta for an epsilon. */
export function deltaOfZcdp(rho: number, epsilon: number): number {
  if (rho <= 0) return 0;
  const logDelta = leastOverOrders(
    (alpha) => (alpha - 1) * (rho * alpha + Math.log1p(-1 / alpha) - epsilon) - Math.log(alpha),
  );
  return Math.min(1, Math.exp(logDelta));
}

/** Both conversions have one minimum in ln(α − 1): golden section. */
function leastOverOrders(valueAt: (alpha: number) => number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(0.01), Math.log(1e6)];
  while (high - low > 1e-9) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)];
    if (valueAt(order(left)) < valueAt(order(right))) high = right;
    else low = left;
  }
  return valueAt(order(low));
}

/** ρ of one Gaussian release: Δ² / 2σ² (Bun, Steinke 2016, Prop. 6; the discrete Gaussian has the same). */
export function rhoOfGaussian(sensitivity: number, deviation: number): number {
  return sensitivity ** 2 / (2 * deviation ** 2);
}
