const FIRST_DECAY = 0.9;
const SECOND_DECAY = 0.999;
const STABILITY = 1e-8;

/** Adam with its published constants (Kingma & Ba, arXiv 1412.6980, Algorithm 1). */
export function adam(learningRate: number, dimension: number) {
  const first = new Float32Array(dimension);
  const second = new Float32Array(dimension);
  let step = 0;
  return (parameters: Float32Array, gradient: Float32Array): void => {
    step++;
    const rate = (learningRate * Math.sqrt(1 - SECOND_DECAY ** step)) / (1 - FIRST_DECAY ** step);
    for (let i = 0; i < dimension; i++) {
      const g = gradient[i] ?? 0;
      const m = FIRST_DECAY * (first[i] ?? 0) + (1 - FIRST_DECAY) * g;
      const v = SECOND_DECAY * (second[i] ?? 0) + (1 - SECOND_DECAY) * g * g;
      first[i] = m;
      second[i] = v;
      parameters[i] = (parameters[i] ?? 0) - (rate * m) / (Math.sqrt(v) + STABILITY);
    }
  };
}
