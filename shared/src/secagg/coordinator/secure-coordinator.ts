import { bytesToHex } from "@noble/hashes/utils.js";
import { abandonCodec, NOBODY } from "../messages/messages.js";
import { type Envelope, openEnvelope, pack, readBody } from "../messages/packet.js";
import { refuseSecagg, type SecaggReason, type SecaggRefusal } from "../refusal.js";
import { type Advertising, openAdvertising, receiveAdvertisement } from "./advertise.js";
import { openConsistency, receiveConsistency, type Signing } from "./consistency.js";
import {
  ACCEPTED,
  type CoordinatorContext,
  type Opening,
  type Outbox,
  type Receipt,
} from "./coordinator-context.js";
import { CountedMessages } from "./counted-messages.js";
import { type Masking, openMasking, receiveMaskedInput } from "./masked-input.js";
import { type BadShare, openSum } from "./open-sum.js";
import { openSharing, receiveShares, type Sharing } from "./share.js";
import { forgetShares, openUnmasking, receiveUnmasking, type Unmasking } from "./unmask.js";

type OpenState = Advertising | Sharing | Masking | Signing | Unmasking;
type CoordinatorState =
  | { readonly phase: "formed" }
  | OpenState
  | { readonly phase: "finished" }
  | { readonly phase: "abandoned" };

/** Who did not come through, where it stopped, and the reason it gave if it gave one. */
export interface DroppedClient {
  readonly clientId: string;
  readonly phase: OpenState["phase"];
  readonly reason?: SecaggReason;
  /** Whose fault that was, if it says so. */
  readonly accused?: string;
}

/** One accuser alone may be the one who lies. */
const ACCUSERS = 2;

/** What one cohort amounts to. */
export interface CohortResult {
  /** The survivors' exact sum modulo 2^bits. */
  readonly sum: Uint32Array;
  /** Clients whose inputs are in it. */
  readonly survivors: readonly string[];
  readonly dropped: readonly DroppedClient[];
  /** Secrets that were opened and matched what their owners committed to: all of them. */
  readonly checkedSecrets: number;
  readonly badShares: readonly BadShare[];
}

/** The next phase and its messages; the result; or why the cohort is abandoned, and whom to tell. */
export type CoordinatorOutput =
  | { readonly ok: true; readonly outbox: Outbox; readonly result?: CohortResult }
  | (SecaggRefusal & { readonly outbox: Outbox });

/**
 * The coordinator's part in one cohort. Whoever drives it delivers messages, and decides when a phase has waited
 * long enough; it never looks at a clock.
 */
export class SecureCoordinator {
  readonly #context: CoordinatorContext;
  #state: CoordinatorState = { phase: "formed" };
  #work: Promise<unknown> = Promise.resolve();
  /** Whoever the phase sent a message to is expected to answer it, once. */
  #expected: ReadonlySet<string> = new Set();
  readonly #arrived = new Set<string>();
  readonly #counted = new CountedMessages();
  readonly #dropped = new Map<string, DroppedClient>();

  constructor(context: CoordinatorContext) {
    this.#context = context;
  }

  get phase(): CoordinatorState["phase"] {
    return this.#state.phase;
  }

  /** Clients whose message in this phase is still to come. */
  get awaited(): readonly string[] {
    return [...this.#expected].filter((client) => !this.#arrived.has(client) && !this.#dropped.has(client));
  }

  /** Clients because of whom several others left. */
  get accused(): readonly string[] {
    const accusers = new Map<string, number>();
    for (const { accused } of this.#dropped.values()) {
      if (accused !== undefined) accusers.set(accused, (accusers.get(accused) ?? 0) + 1);
    }
    return [...accusers].flatMap(([client, count]) => (count >= ACCUSERS ? [client] : []));
  }

  /**
   * One message from a client that the transport has authenticated as `from`. Never throws for what it holds. The very
   * bytes that counted before are accepted again and change nothing, so a lost receipt is asked for by resending.
   */
  receive(from: string, message: unknown): Promise<Receipt> {
    return this.#inTurn(() => this.#receive(from, message));
  }

  /** Closes the phase and opens the next; the first call invites, the last one opens the sum. */
  advance(): Promise<CoordinatorOutput> {
    return this.#inTurn(() => this.#advance());
  }

  /** Gives the cohort up, and says so to everybody who did not leave. */
  abandon(reason: SecaggReason, message: string): CoordinatorOutput {
    return this.#giveUp(refuseSecagg(reason, message));
  }

  async #receive(from: string, message: unknown): Promise<Receipt> {
    const envelope = openEnvelope(message);
    if (!envelope.ok) return envelope;
    if (envelope.cohortId !== this.#context.cohortId) return refuseSecagg("wrong-cohort", envelope.cohortId);
    if (!this.#context.invited.has(from)) return refuseSecagg("not-in-cohort", "this client was not invited");
    const state = this.#state;
    if (state.phase === "abandoned") return refuseSecagg("late", "the cohort is abandoned");
    const counted = await this.#counted.compare(from, envelope);
    if (counted === "same") return ACCEPTED;
    if (counted === "other") return refuseSecagg("duplicate", `another ${envelope.kind} counted before`);
    if (!isOpen(state)) return refuseSecagg("late", `the cohort is ${state.phase}`);
    if (this.#dropped.has(from) || !this.#expected.has(from)) {
      return refuseSecagg("late", `the cohort went on without this client`);
    }
    if (envelope.kind === "abandon") return this.#leave(from, state, envelope);
    const receipt = await this.#deliver(from, state, envelope);
    if (receipt.ok) {
      await this.#counted.add(from, envelope);
      this.#arrived.add(from);
    }
    return receipt;
  }

  async #deliver(from: string, state: OpenState, envelope: Envelope): Promise<Receipt> {
    const context = this.#context;
    if (state.phase === "advertising") return receiveAdvertisement(context, state, from, envelope);
    const place = state.cohort.places.get(from);
    if (place === undefined) return refuseSecagg("late", "this client is not on the roster");
    switch (state.phase) {
      case "sharing":
        return receiveShares(state, place, envelope);
      case "masking":
        return receiveMaskedInput(context, state, place, envelope);
      case "signing":
        return receiveConsistency(context, state, place, envelope);
      case "unmasking":
        return receiveUnmasking(state, place, envelope);
    }
  }

  #leave(from: string, state: OpenState, envelope: Envelope): Receipt {
    const message = readBody(envelope, "abandon", abandonCodec);
    if (!message.ok) return message;
    const { reason } = message.body;
    const accused = bytesToHex(message.body.accused);
    const heard = reason === "bad-share" && isWitness(state, from, accused);
    this.#dropped.set(from, { clientId: from, phase: state.phase, reason, ...(heard && { accused }) });
    // As long as nobody has been told of its keys or shares, nobody needs to depend on them.
    if (state.phase === "advertising") state.advertisements.delete(from);
    if (state.phase === "sharing") state.shares.delete(state.cohort.places.get(from) ?? -1);
    return ACCEPTED;
  }

  async #advance(): Promise<CoordinatorOutput> {
    const state = this.#state;
    if (state.phase === "abandoned" || state.phase === "finished") {
      return { ...refuseSecagg("abandoned", "this cohort is over"), outbox: new Map() };
    }
    const silent = isOpen(state) ? this.#dropSilent(state) : [];
    if (state.phase === "unmasking") return this.#finish(state);
    const opening = open(this.#context, state);
    if (!opening.ok) return this.#giveUp(opening);
    this.#state = opening.state;
    const expected = [...opening.outbox].filter(([client]) => !this.#dropped.has(client));
    this.#expected = new Set(expected.map(([client]) => client));
    this.#arrived.clear();
    // Who falls silent after that has its input in the sum, and must not think that it is free for another cohort.
    const left = state.phase === "signing" ? [] : silent;
    return { ok: true, outbox: new Map([...expected, ...this.#farewell(left, "late")]) };
  }

  async #finish(state: Unmasking): Promise<CoordinatorOutput> {
    const opened = await openSum(this.#context, state);
    if (this.#state !== state) {
      // Abandoned while the sum was opened: whoever was to be told has been told.
      return { ...refuseSecagg("abandoned", "this cohort is over"), outbox: new Map() };
    }
    if (!opened.ok) return this.#giveUp(opened);
    forgetShares(state);
    this.#state = { phase: "finished" };
    const survivors = [...state.survivors].flatMap((place) => state.cohort.ids[place] ?? []);
    const { sum, checkedSecrets, badShares } = opened;
    const dropped = [...this.#dropped.values()];
    const result = { sum, survivors, dropped, checkedSecrets, badShares };
    return { ok: true, outbox: new Map(), result };
  }

  #dropSilent({ phase }: OpenState): readonly string[] {
    const silent = this.awaited;
    for (const clientId of silent) this.#dropped.set(clientId, { clientId, phase });
    return silent;
  }

  /** Whoever is only slow or badly connected need not wait for a timeout. */
  #farewell(clients: readonly string[], reason: SecaggReason): Outbox {
    const message = pack("abandon", this.#context.cohortId, abandonCodec, { reason, accused: NOBODY });
    return new Map(clients.map((client) => [client, message]));
  }

  #giveUp(refusal: SecaggRefusal): CoordinatorOutput {
    const remaining = [...this.#context.invited].filter(
      (client) => this.#dropped.get(client)?.reason === undefined,
    );
    if (this.#state.phase === "unmasking") forgetShares(this.#state);
    this.#state = { phase: "abandoned" };
    return { ...refusal, outbox: this.#farewell(remaining, refusal.reason) };
  }

  /** One thing at a time, in the order it came. */
  #inTurn<Result>(job: () => Promise<Result>): Promise<Result> {
    const result = this.#work.then(job);
    this.#work = result.catch(() => undefined);
    return result;
  }
}

const isOpen = (state: CoordinatorState): state is OpenState =>
  state.phase !== "formed" && state.phase !== "finished" && state.phase !== "abandoned";

function open(
  context: CoordinatorContext,
  state: Exclude<OpenState, Unmasking> | { phase: "formed" },
): Opening<OpenState> {
  switch (state.phase) {
    case "formed":
      return openAdvertising(context);
    case "advertising":
      return openSharing(context, state);
    case "sharing":
      return openMasking(context, state);
    case "masking":
      return openConsistency(context, state);
    case "signing":
      return openUnmasking(context, state);
  }
}

/** Whose shares do not open only those can say who were sealed one: the neighbours, once all have been handed on. */
function isWitness(state: OpenState, from: string, accused: string): boolean {
  if (state.phase !== "masking") return false;
  const { places, graph } = state.cohort;
  const [own, other] = [places.get(from), places.get(accused)];
  return own !== undefined && other !== undefined && graph.neighbours(own).includes(other);
}
