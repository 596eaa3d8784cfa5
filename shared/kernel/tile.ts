import { add, broadcast, Lanes, load, multiply, STEP, splat, store } from "./simd";

/**
 * Four rows by two lanes of out = from + Σ_k left_k ⊗ right_k, with the accumulators in registers. Steps are in bytes: from
 * a row to the next one, and from one k to the next.
 */
export function tile(
  out: usize,
  outStep: usize,
  from: usize,
  fromStep: usize,
  left: usize,
  leftStep: usize,
  leftNext: usize,
  right: usize,
  rightNext: usize,
  inner: i32,
): void {
  const zero = splat(0);
  let a0: Lanes = zero;
  let a1: Lanes = zero;
  let b0: Lanes = zero;
  let b1: Lanes = zero;
  let c0: Lanes = zero;
  let c1: Lanes = zero;
  let d0: Lanes = zero;
  let d1: Lanes = zero;
  if (from) {
    a0 = load(from);
    a1 = load(from + STEP);
    from += fromStep;
    b0 = load(from);
    b1 = load(from + STEP);
    from += fromStep;
    c0 = load(from);
    c1 = load(from + STEP);
    from += fromStep;
    d0 = load(from);
    d1 = load(from + STEP);
  }
  let a = left;
  let b = a + leftStep;
  let c = b + leftStep;
  let d = c + leftStep;
  for (let k = 0; k < inner; k++) {
    const r0 = load(right);
    const r1 = load(right + STEP);
    right += rightNext;
    const la = broadcast(a);
    a0 = add(a0, multiply(la, r0));
    a1 = add(a1, multiply(la, r1));
    const lb = broadcast(b);
    b0 = add(b0, multiply(lb, r0));
    b1 = add(b1, multiply(lb, r1));
    const lc = broadcast(c);
    c0 = add(c0, multiply(lc, r0));
    c1 = add(c1, multiply(lc, r1));
    const ld = broadcast(d);
    d0 = add(d0, multiply(ld, r0));
    d1 = add(d1, multiply(ld, r1));
    a += leftNext;
    b += leftNext;
    c += leftNext;
    d += leftNext;
  }
  store(out, a0);
  store(out + STEP, a1);
  out += outStep;
  store(out, b0);
  store(out + STEP, b1);
  out += outStep;
  store(out, c0);
  store(out + STEP, c1);
  out += outStep;
  store(out, d0);
  store(out + STEP, d1);
}
