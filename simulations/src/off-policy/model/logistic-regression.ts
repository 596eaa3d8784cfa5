import { cholesky, solveCholesky } from "./cholesky.js";

export interface LogisticProblem {
  /** Entries a row. */
  readonly entries: number;
  readonly width: number;
  /** rows × entries; place 0 is the constant, which is not penalised. */
  readonly places: Int32Array;
  readonly values: Float64Array;
  /** Within [0, 1], one a row. */
  readonly targets: Float64Array;
  /** Weight of ½ |β|², above 0. */
  readonly ridge: number;
}

const MOST_STEPS = 50;
const MOST_HALVINGS = 30;
const CLOSE = 1e-10;

export const sigmoid = (logit: number): number =>
  logit >= 0 ? 1 / (1 + Math.exp(-logit)) : Math.exp(logit) / (1 + Math.exp(logit));

/**
 * Logistic regression with an L2 penalty, by Newton's method with step halving (iteratively reweighted least squares; Hastie,
 * Tibshirani, Friedman 2009, §4.4): minimises Σ ln(1 + e^z) − y z + ½ ridge |β|². The minimum is unique; nothing is random.
 */
export function fitLogistic(problem: LogisticProblem): Float64Array {
  const { width, targets } = problem;
  let beta = new Float64Array(width);
  const mean = targets.reduce((sum, target) => sum + target, 0) / targets.length;
  const inside = Math.max(1e-6, Math.min(1 - 1e-6, mean));
  beta[0] = Math.log(inside / (1 - inside));
  let loss = lossOf(problem, beta);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { gradient, hessian } = derivatives(problem, beta);
    const direction = solveCholesky(cholesky(hessian, width), gradient);
    const decrement = direction.reduce((sum, value, i) => sum + value * (gradient[i] ?? 0), 0);
    if (decrement < CLOSE) break;
    const from = beta;
    let scale = 1;
    for (let halving = 0; halving < MOST_HALVINGS; halving++, scale /= 2) {
      const next = from.map((value, i) => value - scale * (direction[i] ?? 0));
      const lower = lossOf(problem, next);
      if (lower > loss - 0.25 * scale * decrement) continue;
      [beta, loss] = [next, lower];
      break;
    }
    if (beta === from) break;
  }
  return beta;
}

function logitOf({ entries, places, values }: LogisticProblem, beta: Float64Array, row: number): number {
  let logit = 0;
  for (let at = row * entries; at < (row + 1) * entries; at++) {
    logit += (values[at] ?? 0) * (beta[places[at] ?? 0] ?? 0);
  }
  return logit;
}

function lossOf(problem: LogisticProblem, beta: Float64Array): number {
  const { targets, ridge } = problem;
  let loss = 0;
  for (let i = 1; i < beta.length; i++) loss += 0.5 * ridge * (beta[i] ?? 0) ** 2;
  for (const [row, target] of targets.entries()) {
    const logit = logitOf(problem, beta, row);
    loss += Math.max(0, logit) + Math.log1p(Math.exp(-Math.abs(logit))) - target * logit;
  }
  return loss;
}

function derivatives(problem: LogisticProblem, beta: Float64Array) {
  const { entries, places, values, targets, width, ridge } = problem;
  const gradient = beta.map((value, i) => (i === 0 ? 0 : ridge * value));
  const hessian = new Float64Array(width * width);
  // A breath of curvature for the constant: folds without any reward have next to none.
  for (let i = 0; i < width; i++) hessian[i * width + i] = i === 0 ? 1e-9 : ridge;
  for (const [row, target] of targets.entries()) {
    const chance = sigmoid(logitOf(problem, beta, row));
    const curvature = chance * (1 - chance);
    for (let a = row * entries; a < (row + 1) * entries; a++) {
      const [i, value] = [places[a] ?? 0, values[a] ?? 0];
      gradient[i] = (gradient[i] ?? 0) + (chance - target) * value;
      for (let b = row * entries; b < (row + 1) * entries; b++) {
        const at = i * width + (places[b] ?? 0);
        hessian[at] = (hessian[at] ?? 0) + curvature * value * (values[b] ?? 0);
      }
    }
  }
  return { gradient, hessian };
}
