/**
 * What the network makes of a batch, or the loss's derivatives by that. One number a state, but for logits and Q: those
 * have one a candidate, state by state, the action taken first.
 */
export interface Terms<Numbers> {
  /** Unnormalised ln π(·|s). */
  readonly logits: Numbers;
  /** ln π(a|s), over the whole catalogue. */
  readonly logPolicy: Numbers;
  /** H(π), nats. */
  readonly entropy: Numbers;
  /** ln p(a|s), over the sampled candidates. */
  readonly logChoice: Numbers;
  /** V(s) */
  readonly values: Numbers;
  /** ½ (V(s) − value target)² */
  readonly valueLosses: Numbers;
  /** Q(s, ·); empty where the objective has no critic. */
  readonly critic: Numbers;
}

/** Of a tensor, in an engine's memory. */
export type Cells = Float32Array | Float64Array;

export type Outputs<Name extends keyof Terms<unknown>> = Pick<Terms<ArrayLike<number>>, Name>;
export type Gradients<Name extends keyof Terms<unknown>> = Pick<Terms<Cells>, Name>;
