import { sigmoidForward, tanhForward } from "./activation";
import { copyLast, longest } from "./events";
import { product } from "./product";
import { inputGradient, weightGradient } from "./product-gradients";
import { addAll, bytes, copy, zero } from "./rows";
import { add, load, multiply, STEP, splat, store, subtract } from "./simd";

/**
 * Long short-term memory (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000) from zeros:
 * i, f, o = σ(a + h U), g = tanh(a_g + h U_g), c' = f ∘ c + i ∘ g, h' = o ∘ tanh c'. An event that is not there leaves c and h.
 * `gates` comes in as a = x W + b for all events, four panels i, f, g, o, and leaves as the gates; `cells` keeps c', `squashed`
 * tanh c' and `states` h', a row for each event. `projection` is room for one row of four panels a state.
 */
export function lstmForward(
  last: usize,
  gates: usize,
  cells: usize,
  squashed: usize,
  states: usize,
  projection: usize,
  recurrent: usize,
  mask: usize,
  count: i32,
  length: i32,
  columns: i32,
  stride: i32,
): void {
  const wide = 4 * stride;
  const panel = bytes(stride);
  const steps = longest(mask, count, length);
  zero(projection, count * wide);
  for (let t = 0; t < steps; t++) {
    if (t > 0) {
      const before = states + bytes((t - 1) * stride);
      product(projection, wide, 0, 0, before, length * stride, recurrent, wide, count, columns, wide);
    }
    for (let b = 0; b < count; b++) {
      const row = b * length + t;
      const state = states + bytes(row * stride);
      const c = cells + bytes(row * stride);
      if (f32.load(mask + bytes(row)) === 0) {
        copy(state, t > 0 ? state - panel : projection, stride);
        copy(c, t > 0 ? c - panel : projection, stride);
      } else {
        cell(
          state,
          c,
          t > 0 ? c - panel : projection,
          squashed + bytes(row * stride),
          gates + bytes(row * wide),
          projection + bytes(b * wide),
          stride,
        );
      }
    }
  }
  copyLast(last, states, steps, count, length, stride);
}

function cell(
  state: usize,
  c: usize,
  before: usize,
  squashed: usize,
  gates: usize,
  projection: usize,
  stride: i32,
): void {
  const panel = bytes(stride);
  addAll(gates, projection, 4 * stride);
  sigmoidForward(gates, 2 * stride);
  tanhForward(gates + 2 * panel, stride);
  sigmoidForward(gates + 3 * panel, stride);
  for (let j: usize = 0; j < panel; j += STEP) {
    const kept = multiply(load(gates + panel + j), load(before + j));
    const value = add(kept, multiply(load(gates + j), load(gates + 2 * panel + j)));
    store(c + j, value);
    store(squashed + j, value);
  }
  tanhForward(squashed, stride);
  for (let j: usize = 0; j < panel; j += STEP) {
    store(state + j, multiply(load(gates + 3 * panel + j), load(squashed + j)));
  }
}

/**
 * dRecurrent +=; `dGates` (which may be `gates`) becomes the gradient of a, zero where no event is. `dStates` and `dCells` are
 * room for one row of one panel a state.
 */
export function lstmBackward(
  dGates: usize,
  dRecurrent: usize,
  dLast: usize,
  gates: usize,
  cells: usize,
  squashed: usize,
  states: usize,
  dStates: usize,
  dCells: usize,
  recurrent: usize,
  mask: usize,
  count: i32,
  length: i32,
  columns: i32,
  stride: i32,
): void {
  const wide = 4 * stride;
  const steps = longest(mask, count, length);
  copy(dStates, dLast, count * stride);
  zero(dCells, count * stride);
  for (let t = length - 1; t >= 0; t--) {
    for (let b = 0; b < count; b++) {
      const row = b * length + t;
      const dGate = dGates + bytes(row * wide);
      if (f32.load(mask + bytes(row)) === 0) zero(dGate, wide);
      else {
        cellBackward(
          dGate,
          dStates + bytes(b * stride),
          dCells + bytes(b * stride),
          gates + bytes(row * wide),
          t > 0 ? cells + bytes((row - 1) * stride) : 0,
          squashed + bytes(row * stride),
          stride,
        );
      }
    }
    if (t > 0 && t < steps) {
      const before = states + bytes((t - 1) * stride);
      const d = dGates + bytes(t * wide);
      const far = length * wide;
      weightGradient(dRecurrent, wide, before, length * stride, d, far, count, columns, wide, true);
      inputGradient(dStates, stride, d, far, recurrent, wide, count, columns, wide, true);
    }
  }
}

/** Leaves the state's gradient at zero, for the product to add to. */
function cellBackward(
  dGate: usize,
  dState: usize,
  dCell: usize,
  gates: usize,
  before: usize,
  squashed: usize,
  stride: i32,
): void {
  const panel = bytes(stride);
  const one = splat(1);
  for (let j: usize = 0; j < panel; j += STEP) {
    const d = load(dState + j);
    const i = load(gates + j);
    const f = load(gates + panel + j);
    const g = load(gates + 2 * panel + j);
    const o = load(gates + 3 * panel + j);
    const s = load(squashed + j);
    const dc = add(load(dCell + j), multiply(multiply(d, o), subtract(one, multiply(s, s))));
    const c = before ? load(before + j) : splat(0);
    store(dGate + j, multiply(multiply(dc, g), multiply(i, subtract(one, i))));
    store(dGate + panel + j, multiply(multiply(dc, c), multiply(f, subtract(one, f))));
    store(dGate + 2 * panel + j, multiply(multiply(dc, i), subtract(one, multiply(g, g))));
    store(dGate + 3 * panel + j, multiply(multiply(d, s), multiply(o, subtract(one, o))));
    store(dCell + j, multiply(dc, f));
    store(dState + j, splat(0));
  }
}
