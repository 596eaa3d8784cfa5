/** Plain gradient descent. */
export function sgd(learningRate: number) {
  return (parameters: Float32Array, gradient: Float32Array): void => {
    for (let i = 0; i < parameters.length; i++) {
      parameters[i] = (parameters[i] ?? 0) - learningRate * (gradient[i] ?? 0);
    }
  };
}
