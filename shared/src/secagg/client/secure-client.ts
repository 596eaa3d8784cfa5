import { type Bytes, bytesOfHex } from "../crypto/bytes.js";
import { SecretKeeper } from "../crypto/secret-keeper.js";
import { abandonCodec, NOBODY } from "../messages/messages.js";
import { type Envelope, openEnvelope, pack } from "../messages/packet.js";
import { refuseSecagg, type SecaggReason, type SecaggRefusal } from "../refusal.js";
import { type Advertised, advertise } from "./advertise.js";
import type { ClientContext, ClientStep } from "./client-context.js";
import { type Signed, signSurvivors } from "./consistency.js";
import { type Masked, maskInput } from "./masked-input.js";
import { type Shared, share } from "./share.js";
import { type Finished, unmask } from "./unmask.js";

type NextState = Advertised | Shared | Masked | Signed | Finished;
type ClientState = { readonly phase: "invited" } | NextState | { readonly phase: "abandoned" };

/** What goes to the coordinator, or why this client left; `reply` then tells the coordinator, where it can. */
export type ClientOutput =
  | { readonly ok: true; readonly reply: Bytes; readonly finished: boolean }
  | (SecaggRefusal & { readonly reply?: Bytes });

/** One client's part in one cohort: a message in, a message out. After any refusal its secrets are gone. */
export class SecureClient {
  readonly #context: ClientContext;
  #state: ClientState = { phase: "invited" };
  /** The cohort of the first message; this client is in no other. */
  #cohortId: string | undefined;
  #working = false;

  constructor(context: Omit<ClientContext, "secrets">) {
    this.#context = { ...context, secrets: new SecretKeeper() };
  }

  get phase(): ClientState["phase"] {
    return this.#state.phase;
  }

  /**
   * One message of the coordinator. Whatever it holds, this never throws for it; where the platform fails, it throws
   * and the cohort is over for this client.
   */
  async receive(message: unknown): Promise<ClientOutput> {
    if (this.#state.phase === "abandoned") return refuseSecagg("abandoned", "this cohort is over");
    const envelope = openEnvelope(message);
    if (!envelope.ok) return this.#refuse(envelope);
    this.#cohortId ??= envelope.cohortId;
    if (envelope.cohortId !== this.#cohortId) {
      return this.#refuse(refuseSecagg("wrong-cohort", `cohort ${envelope.cohortId}`));
    }
    if (envelope.kind === "abandon") {
      this.abandon();
      return refuseSecagg("abandoned", "the coordinator gave this cohort up");
    }
    if (this.#working)
      return this.#refuse(refuseSecagg(this.#untimely(envelope), `${envelope.kind} too soon`));
    this.#working = true;
    try {
      return this.#settle(await this.#step(envelope));
    } catch (error) {
      // A second try would seal other shares under the same keys.
      this.abandon();
      throw error;
    } finally {
      this.#working = false;
    }
  }

  /** Leaves the cohort and forgets every secret. The sealed update stays as it was. */
  abandon(): void {
    this.#state = { phase: "abandoned" };
    this.#context.secrets.eraseAll();
  }

  #step(envelope: Envelope): Promise<ClientStep<NextState>> {
    const context = this.#context;
    const state = this.#state;
    const awaited = AWAITED[state.phase];
    if (envelope.kind !== awaited) {
      return Promise.resolve(refuseSecagg(this.#untimely(envelope), `${envelope.kind} while ${state.phase}`));
    }
    switch (state.phase) {
      case "invited":
        return advertise(context, envelope);
      case "advertised":
        return share(context, state, envelope);
      case "shared":
        return maskInput(context, state, envelope);
      case "masked":
        return signSurvivors(context, state, envelope);
      case "signed":
        return unmask(context, state, envelope);
      default:
        return Promise.resolve(refuseSecagg("unexpected-message", envelope.kind));
    }
  }

  #settle(step: ClientStep<NextState>): ClientOutput {
    if (this.#state.phase === "abandoned") {
      // Another message broke a rule while this one was worked on.
      this.#context.secrets.eraseAll();
      return refuseSecagg("abandoned", "this cohort is over");
    }
    if (!step.ok) return this.#refuse(step);
    this.#state = step.state;
    const finished = step.state.phase === "finished";
    if (finished) this.#context.secrets.eraseAll();
    return { ok: true, reply: step.reply, finished };
  }

  #refuse(refusal: SecaggRefusal): ClientOutput {
    this.abandon();
    if (this.#cohortId === undefined) return refusal;
    const { reason, client } = refusal;
    const accused = client === undefined ? NOBODY : bytesOfHex(client);
    return { ...refusal, reply: pack("abandon", this.#cohortId, abandonCodec, { reason, accused }) };
  }

  #untimely({ kind }: Envelope): SecaggReason {
    const { phase } = this.#state;
    const signed = phase === "signed" || phase === "finished" || (phase === "masked" && this.#working);
    if (kind === "survivors" && signed) return "second-survivor-list";
    const answered = phase === "finished" || (phase === "signed" && this.#working);
    if (kind === "unmask-request" && answered) return "second-unmask-request";
    return "unexpected-message";
  }
}

/** The only message each state goes on with. */
const AWAITED = {
  invited: "invitation",
  advertised: "roster",
  shared: "inbox",
  masked: "survivors",
  signed: "unmask-request",
  finished: undefined,
  abandoned: undefined,
} as const;
