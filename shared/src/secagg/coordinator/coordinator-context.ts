import type { Bytes } from "../crypto/bytes.js";
import type { Mask } from "../crypto/masks.js";
import type { Primitives } from "../crypto/primitives.js";
import type { IdentityBook } from "../identity.js";
import type { CohortTerms } from "../messages/messages.js";
import type { SecaggRefusal } from "../refusal.js";

/** Everything the coordinator brings to one cohort. */
export interface CoordinatorContext {
  readonly primitives: Primitives;
  /** 32 hex digits. */
  readonly cohortId: string;
  readonly terms: CohortTerms;
  /** Client ids, 32 hex digits each. */
  readonly invited: ReadonlySet<string>;
  readonly identities: IdentityBook;
  /** Adds these masks to `sum` modulo 2^bits. A server hands this to its workers; the default runs here. */
  readonly addMasks?: (masks: readonly Mask[], sum: Uint32Array, bits: number) => Promise<void>;
}

/** Messages by the client they go to. */
export type Outbox = ReadonlyMap<string, Bytes>;

/** A phase that opened, with what it sends; or why the cohort ends here. */
export type Opening<State> =
  | { readonly ok: true; readonly state: State; readonly outbox: Outbox }
  | SecaggRefusal;

/** A client's message that counted, or the rule it broke. */
export type Receipt = { readonly ok: true } | SecaggRefusal;
export const ACCEPTED: Receipt = { ok: true };
