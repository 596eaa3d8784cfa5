import { type Canary, dot } from "./canaries.js";

const ITERATIONS = 50;
const PRECISE = 1e-10;

/**
 * How strongly each canary is in what was heard, the others' echoes taken off: the linear estimate of least mean square
 * error of x in heard = Σ x_i·direction_i + noise, which solves (G + λI)x = D·heard for the directions' Gram matrix G,
 * by conjugate gradients. `noise` is the variance of the noise along one direction over that of one x.
 */
export function tellApart(heard: Float32Array, canaries: readonly Canary[], noise: number): Float64Array {
  const echoes = (vector: Float32Array) =>
    Float64Array.from(canaries, ({ direction }) => dot(direction, vector));
  const apply = (x: Float64Array) => {
    const mixed = new Float32Array(heard.length);
    for (const [i, { direction }] of canaries.entries()) {
      for (let at = 0; at < mixed.length; at++) {
        mixed[at] = (mixed[at] ?? 0) + (x[i] ?? 0) * (direction[at] ?? 0);
      }
    }
    return echoes(mixed).map((value, i) => value + noise * (x[i] ?? 0));
  };
  const solution = new Float64Array(canaries.length);
  const residual = echoes(heard);
  let towards = residual.slice();
  let square = sumOfSquares(residual);
  const enough = square * PRECISE;
  for (let iteration = 0; iteration < ITERATIONS && square > enough; iteration++) {
    const applied = apply(towards);
    const step = square / towards.reduce((sum, value, i) => sum + value * (applied[i] ?? 0), 0);
    for (let i = 0; i < solution.length; i++) {
      solution[i] = (solution[i] ?? 0) + step * (towards[i] ?? 0);
      residual[i] = (residual[i] ?? 0) - step * (applied[i] ?? 0);
    }
    const next = sumOfSquares(residual);
    towards = towards.map((value, i) => (residual[i] ?? 0) + (next / square) * value);
    square = next;
  }
  return solution;
}

const sumOfSquares = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0);
