import { sigmoidForward, tanhForward } from "./activation";
import { copyLast, longest } from "./events";
import { product } from "./product";
import { inputGradient, weightGradient } from "./product-gradients";
import { addAll, bytes, copy, zero } from "./rows";
import { add, load, multiply, STEP, splat, store, subtract } from "./simd";

/**
 * Gated recurrent units (Cho et al. 2014, arXiv 1406.1078, with the reset gate after the product) from a state of zeros:
 * r = σ(a_r + h U_r), z = σ(a_z + h U_z), n = tanh(a_n + r ∘ (h U_n + c)), h' = (1 − z) ∘ n + z ∘ h. An event that is not
 * there leaves h. `gates` comes in as a = x W + b for all events, three panels r, z, n, and leaves as the gates; `hidden` keeps
 * h U_n + c and `states` h', a row for each event. `projection` is room for one row of three panels a state.
 */
export function gruForward(
  last: usize,
  gates: usize,
  hidden: usize,
  states: usize,
  projection: usize,
  recurrent: usize,
  bias: usize,
  mask: usize,
  count: i32,
  length: i32,
  columns: i32,
  stride: i32,
): void {
  const wide = 3 * stride;
  const steps = longest(mask, count, length);
  zero(projection, count * wide);
  for (let t = 0; t < steps; t++) {
    if (t > 0) {
      const before = states + bytes((t - 1) * stride);
      product(projection, wide, 0, 0, before, length * stride, recurrent, wide, count, columns, wide);
    }
    for (let b = 0; b < count; b++) {
      const row = b * length + t;
      const now = states + bytes(row * stride);
      const before = t > 0 ? now - bytes(stride) : projection;
      if (f32.load(mask + bytes(row)) === 0) copy(now, before, stride);
      else {
        cell(
          now,
          before,
          gates + bytes(row * wide),
          hidden + bytes(row * stride),
          projection + bytes(b * wide),
          bias,
          stride,
        );
      }
    }
  }
  copyLast(last, states, steps, count, length, stride);
}

function cell(
  now: usize,
  before: usize,
  gates: usize,
  hidden: usize,
  projection: usize,
  bias: usize,
  stride: i32,
): void {
  const panel = bytes(stride);
  addAll(gates, projection, 2 * stride);
  sigmoidForward(gates, 2 * stride);
  for (let j: usize = 0; j < panel; j += STEP) {
    const h = add(load(projection + 2 * panel + j), load(bias + j));
    const n = gates + 2 * panel + j;
    store(hidden + j, h);
    store(n, add(load(n), multiply(load(gates + j), h)));
  }
  tanhForward(gates + 2 * panel, stride);
  for (let j: usize = 0; j < panel; j += STEP) {
    const n = load(gates + 2 * panel + j);
    store(now + j, add(n, multiply(load(gates + panel + j), subtract(load(before + j), n))));
  }
}

/**
 * dRecurrent +=, dBias +=; `dGates` (which may be `gates`) becomes the gradient of a, zero where no event is. `dProjection` is
 * room for a row of three panels a state, `dStates` for one of one.
 */
export function gruBackward(
  dGates: usize,
  dRecurrent: usize,
  dBias: usize,
  dLast: usize,
  gates: usize,
  hidden: usize,
  states: usize,
  dProjection: usize,
  dStates: usize,
  recurrent: usize,
  mask: usize,
  count: i32,
  length: i32,
  columns: i32,
  stride: i32,
): void {
  const wide = 3 * stride;
  const steps = longest(mask, count, length);
  copy(dStates, dLast, count * stride);
  for (let t = length - 1; t >= 0; t--) {
    for (let b = 0; b < count; b++) {
      const row = b * length + t;
      const dGate = dGates + bytes(row * wide);
      const dProject = dProjection + bytes(b * wide);
      if (f32.load(mask + bytes(row)) === 0) {
        zero(dGate, wide);
        zero(dProject, wide);
      } else {
        cellBackward(
          dGate,
          dProject,
          dStates + bytes(b * stride),
          dBias,
          gates + bytes(row * wide),
          hidden + bytes(row * stride),
          t > 0 ? states + bytes((row - 1) * stride) : 0,
          stride,
        );
      }
    }
    if (t > 0 && t < steps) {
      const before = states + bytes((t - 1) * stride);
      weightGradient(
        dRecurrent,
        wide,
        before,
        length * stride,
        dProjection,
        wide,
        count,
        columns,
        wide,
        true,
      );
      inputGradient(dStates, stride, dProjection, wide, recurrent, wide, count, columns, wide, true);
    }
  }
}

function cellBackward(
  dGate: usize,
  dProject: usize,
  dState: usize,
  dBias: usize,
  gates: usize,
  hidden: usize,
  before: usize,
  stride: i32,
): void {
  const panel = bytes(stride);
  const one = splat(1);
  for (let j: usize = 0; j < panel; j += STEP) {
    const d = load(dState + j);
    const r = load(gates + j);
    const z = load(gates + panel + j);
    const n = load(gates + 2 * panel + j);
    const h = before ? load(before + j) : splat(0);
    const dn = multiply(multiply(d, subtract(one, z)), subtract(one, multiply(n, n)));
    const dz = multiply(multiply(d, subtract(h, n)), multiply(z, subtract(one, z)));
    const dr = multiply(multiply(dn, load(hidden + j)), multiply(r, subtract(one, r)));
    const dh = multiply(dn, r);
    store(dGate + j, dr);
    store(dGate + panel + j, dz);
    store(dGate + 2 * panel + j, dn);
    store(dProject + j, dr);
    store(dProject + panel + j, dz);
    store(dProject + 2 * panel + j, dh);
    store(dBias + j, add(load(dBias + j), dh));
    store(dState + j, multiply(d, z));
  }
}
