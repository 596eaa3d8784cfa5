/**
 * An upper bound on the convex (α − 1)·D_α at a fractional order from its values at the whole orders around it; at order
 * 1 it is 0 (van Erven, Harremoës 2014, arXiv 1206.2459, Corollary 2).
 */
export function betweenOrders(order: number, at: (integer: number) => number): number {
  const floor = Math.floor(order);
  const part = order - floor;
  const value = (integer: number) => (integer === 1 ? 0 : at(integer));
  return part === 0 ? value(order) : (1 - part) * value(floor) + part * value(floor + 1);
}
