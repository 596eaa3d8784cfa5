import type { Bytes } from "../crypto/bytes.js";
import type { Primitives } from "../crypto/primitives.js";
import type { SecretKeeper } from "../crypto/secret-keeper.js";
import type { Adversary } from "../graph/graph-parameters.js";
import type { IdentityBook, Signer } from "../identity.js";
import type { SecaggRefusal } from "../refusal.js";

/** What a client knows by itself and demands at least, whatever the coordinator says. */
export interface ClientExpectations {
  /** 64 hex digits, of the task as this client hashed it. */
  readonly taskHash: string;
  readonly modelVersion: number;
  /** Head of the model chain as this client followed it, 64 hex digits. */
  readonly modelHash: string;
  readonly bits: number;
  readonly minimumCohort: number;
  readonly minimumSurvivors: number;
  readonly minimumCorrupt: number;
  readonly minimumDropout: number;
  readonly minimumThreshold: number;
  readonly minimumNoiseMultiplier: number;
  readonly maximumClip: number;
  readonly adversary: Adversary;
  /** What the client's own ledger still allows. */
  readonly participationsLeft: number;
}

/** Everything a client brings to one cohort. */
export interface ClientContext {
  readonly primitives: Primitives;
  /** 32 hex digits. */
  readonly clientId: string;
  readonly signer: Signer;
  readonly identities: IdentityBook;
  readonly expectations: ClientExpectations;
  /** The sealed update, modulo 2^bits. Never written to: another cohort may need the same bytes. */
  readonly input: Uint32Array;
  readonly secrets: SecretKeeper;
}

/** The next state and the message that goes to the coordinator, or the rule that was broken. */
export type ClientStep<State> =
  | { readonly ok: true; readonly state: State; readonly reply: Bytes }
  | SecaggRefusal;
