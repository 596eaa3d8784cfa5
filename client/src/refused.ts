/** An expected refusal: nothing was changed. */
export interface Refused<Reason extends string> {
  readonly ok: false;
  readonly reason: Reason;
  readonly message: string;
  readonly field?: string;
}
