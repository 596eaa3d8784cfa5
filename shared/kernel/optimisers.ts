import { dot } from "./rows";
import { add, divide, LANES, load, multiply, STEP, splat, squareRoot, store, subtract } from "./simd";

/** g *= most / ‖g‖ where g is longer (Pascanu et al. 2013, arXiv 1211.5063, §3.2). */
export function shorten(g: usize, count: i32, most: f32): void {
  const length = sqrt<f32>(dot(g, g, count));
  if (!(length > most)) return;
  const factor = splat(most / length);
  for (let i = 0; i < count; i += LANES) {
    store(g, multiply(factor, load(g)));
    g += STEP;
  }
}

/** p −= rate · g */
export function sgd(p: usize, g: usize, count: i32, rate: f32): void {
  for (let i = 0; i < count; i += LANES) {
    store(p, subtract(load(p), multiply(splat(rate), load(g))));
    p += STEP;
    g += STEP;
  }
}

/** v = decay · v + g; p −= rate · v */
export function momentum(p: usize, g: usize, v: usize, count: i32, rate: f32, decay: f32): void {
  for (let i = 0; i < count; i += LANES) {
    const velocity = add(multiply(splat(decay), load(v)), load(g));
    store(v, velocity);
    store(p, subtract(load(p), multiply(splat(rate), velocity)));
    p += STEP;
    g += STEP;
    v += STEP;
  }
}

/** Kingma & Ba (arXiv 1412.6980), Algorithm 1; `rate` has both bias corrections in it. */
export function adam(
  p: usize,
  g: usize,
  m: usize,
  v: usize,
  count: i32,
  rate: f32,
  firstDecay: f64,
  secondDecay: f64,
  stability: f32,
): void {
  const firstKept = splat(<f32>firstDecay);
  const firstNew = splat(<f32>(1 - firstDecay));
  const secondKept = splat(<f32>secondDecay);
  const secondNew = splat(<f32>(1 - secondDecay));
  const rates = splat(rate);
  const floor = splat(stability);
  for (let i = 0; i < count; i += LANES) {
    const gradient = load(g);
    const first = add(multiply(firstKept, load(m)), multiply(firstNew, gradient));
    const second = add(multiply(secondKept, load(v)), multiply(secondNew, multiply(gradient, gradient)));
    store(m, first);
    store(v, second);
    const step = divide(multiply(rates, first), add(squareRoot(second), floor));
    store(p, subtract(load(p), step));
    p += STEP;
    g += STEP;
    m += STEP;
    v += STEP;
  }
}
