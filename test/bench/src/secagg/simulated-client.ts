import { type Primitives, packIntegers } from "@tacit/shared";
import { commitToSeed, deriveKey } from "../../../../shared/dist/secagg/crypto/derive.js";
import { addMasks, type Mask } from "../../../../shared/dist/secagg/crypto/masks.js";
import { randomSecret } from "../../../../shared/dist/secagg/crypto/primitives.js";
import { decode, encode, type Members } from "../../../../shared/dist/secagg/messages/codec.js";
import {
  advertisementCodec,
  type CohortTerms,
  consistencyCodec,
  inboxCodec,
  maskedInputCodec,
  type SharePair,
  sharePairCodec,
  sharesCodec,
  unmaskingCodec,
} from "../../../../shared/dist/secagg/messages/messages.js";
import { openEnvelope, pack, readBody } from "../../../../shared/dist/secagg/messages/packet.js";
import { advertisedBytes, survivorBytes } from "../../../../shared/dist/secagg/transcript.js";
import type { CohortView } from "./cohort-view.js";

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * A client that sends what a real one would, at a fraction of the work: it trusts the roster, seals boxes only for
 * the clients that will open them, and leaves out masks that would cancel within the sum.
 */
export class SimulatedClient {
  readonly place: number;
  readonly id: Bytes;
  readonly #primitives: Primitives;
  readonly #identity: Bytes;
  readonly #encryption: Bytes;
  readonly #masking: Bytes;
  readonly #seed: Bytes;
  #pairs: SharePair[] = [];
  /** Shares of real clients' secrets, by their place. */
  readonly #held = new Map<number, SharePair>();

  constructor(primitives: Primitives, place: number, id: Bytes) {
    this.place = place;
    this.id = id;
    this.#primitives = primitives;
    this.#identity = randomSecret(primitives);
    this.#encryption = randomSecret(primitives);
    this.#masking = randomSecret(primitives);
    this.#seed = randomSecret(primitives);
  }

  async advertise(cohortId: string, terms: CohortTerms): Promise<Bytes> {
    const primitives = this.#primitives;
    const unsigned = {
      clientId: this.id,
      identityKey: await primitives.signingKey(this.#identity),
      encryptionKey: await primitives.agreementKey(this.#encryption),
      maskingKey: await primitives.agreementKey(this.#masking),
      nonce: randomSecret(primitives),
    };
    const signature = await primitives.sign(this.#identity, advertisedBytes(cohortId, terms)(unsigned));
    return pack("advertisement", cohortId, advertisementCodec, { ...unsigned, signature });
  }

  /** @param real Places of the clients that open what they get. */
  async share(view: CohortView, real: ReadonlySet<number>): Promise<Bytes> {
    const { graph, plan, session } = view;
    const [seeds, keys] = await Promise.all([
      this.#primitives.split(this.#seed, plan.shares, plan.threshold),
      this.#primitives.split(this.#masking, plan.shares, plan.threshold),
    ]);
    this.#pairs = seeds.map((seed, i) => ({
      seed: new Uint8Array(seed),
      maskingKey: new Uint8Array(keys[i] ?? []),
    }));
    const boxes: { to: number; box: Bytes }[] = [];
    for (const [index, to] of graph.neighbours(this.place).entries()) {
      const pair = this.#pairs[index];
      if (!real.has(to) || !pair) boxes.push({ to, box: new Uint8Array(82) });
      else {
        const key = deriveKey(await this.#agree(view, "encryption", to), session, "share", this.place, to);
        boxes.push({ to, box: await this.#primitives.seal(key, encode(sharePairCodec, pair)) });
      }
    }
    const seedCommitment = commitToSeed(session, this.place, this.#seed);
    return pack("shares", view.cohortId, sharesCodec, { seedCommitment, boxes });
  }

  /** Opens what the real clients sent. */
  async receiveInbox(view: CohortView, message: Uint8Array, real: ReadonlySet<number>): Promise<void> {
    const envelope = openEnvelope(message);
    const inbox = envelope.ok ? readBody(envelope, "inbox", inboxCodec) : envelope;
    if (!inbox.ok) throw new Error(inbox.message);
    for (const { from, box } of inbox.body.boxes) {
      if (!real.has(from)) continue;
      const secret = await this.#agree(view, "encryption", from);
      const key = deriveKey(secret, view.session, "share", from, this.place);
      const plaintext = await this.#primitives.open(key, box);
      const pair = plaintext && decode(sharePairCodec, plaintext);
      if (pair) this.#held.set(from, pair);
    }
  }

  /** @param others Neighbours with whom a mask does not cancel: who drops out, and the real clients. */
  async maskInput(view: CohortView, input: Uint32Array, others: ReadonlySet<number>): Promise<Bytes> {
    const { session, terms } = view;
    const key = deriveKey(this.#seed, session, "self mask", this.place);
    const masks: Mask[] = [{ key, sign: 1 }];
    const peers = view.graph.neighbours(this.place).filter((peer) => others.has(peer));
    const agreed = await this.#agreeWith(view, "masking", peers);
    for (const [i, peer] of peers.entries()) {
      const [low, high] = [Math.min(this.place, peer), Math.max(this.place, peer)];
      const maskKey = deriveKey(agreed[i] ?? new Uint8Array(), session, "mask", low, high);
      masks.push({ key: maskKey, sign: peer < this.place ? 1 : -1 });
    }
    const masked = Uint32Array.from(input);
    await addMasks(this.#primitives, masks, masked, terms.bits);
    const packed = new Uint8Array(packIntegers(masked, terms.bits));
    return pack("masked-input", view.cohortId, maskedInputCodec(terms.dimension, terms.bits), { packed });
  }

  async sign(view: CohortView, sharers: Members, survivors: Members): Promise<Bytes> {
    const statement = survivorBytes(view.session, sharers, survivors);
    const signature = await this.#primitives.sign(this.#identity, statement);
    return pack("consistency", view.cohortId, consistencyCodec, { signature });
  }

  unmask(
    { cohortId, graph, plan }: CohortView,
    survivors: ReadonlySet<number>,
    peers: ReadonlyMap<number, SimulatedClient>,
  ): Bytes {
    const own = plan.graph === "complete" ? [this.place] : [];
    const owners = [...graph.neighbours(this.place), ...own].sort((a, b) => a - b);
    const shares = owners.flatMap((of) => {
      const pair = this.#held.get(of) ?? peers.get(of)?.shareFor(graph.neighbours(of).indexOf(this.place));
      if (!pair) return [];
      return survivors.has(of)
        ? ({ of, kind: "seed", share: pair.seed } as const)
        : ({ of, kind: "masking-key", share: pair.maskingKey } as const);
    });
    return pack("unmasking", cohortId, unmaskingCodec, { shares });
  }

  /** The pair for a neighbour by its number among them; the last one, on a complete graph, is the owner's own. */
  shareFor(neighbour: number): SharePair | undefined {
    return this.#pairs.at(neighbour);
  }

  async #agree(view: CohortView, purpose: "encryption" | "masking", peer: number): Promise<Bytes> {
    const [shared] = await this.#agreeWith(view, purpose, [peer]);
    if (!shared) throw new Error(`nobody at ${peer}`);
    return shared;
  }

  async #agreeWith(
    { roster }: CohortView,
    purpose: "encryption" | "masking",
    peers: readonly number[],
  ): Promise<Bytes[]> {
    const entries = peers.flatMap((peer) => roster.clients[peer] ?? []);
    const agreed = await (purpose === "encryption"
      ? this.#primitives.agree(
          this.#encryption,
          entries.map((entry) => entry.encryptionKey),
        )
      : this.#primitives.agree(
          this.#masking,
          entries.map((entry) => entry.maskingKey),
        ));
    return agreed.map((shared) => {
      if (!shared) throw new Error("a weak key");
      return shared;
    });
  }
}
