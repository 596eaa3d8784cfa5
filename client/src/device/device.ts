import {
  type Bytes,
  clientIdOf,
  decodeUpload,
  encodeUpload,
  type IdentityBook,
  type Interaction,
  KEY_BYTES,
  type Primitives,
  randomSecret,
  type Signer,
  selfCertified,
  signerFromSeed,
} from "@tacit/shared";
import type { HistoryStore } from "../history/history-store.js";
import { decodeEntry, encodeEntry, type Ledger, type LedgerEntry } from "../ledger/ledger.js";
import type { LocalTask } from "../model/local-model.js";
import type { SealedUpdate } from "../participation/participant.js";
import { type ConsentStatus, isConsentStatus } from "./consent.js";

const MOST_INTERACTIONS = 10_000;
/** Above the most before the store is rewritten, so that it is rewritten rarely. */
const SLACK = 1000;
/** A stored update belongs to no cohort yet. */
const NO_COHORT = "0".repeat(32);

const toBytes = (text: string) => new TextEncoder().encode(text);
const toText = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Who this device is to others, and whom it believes to be whom. */
export interface DeviceIdentity {
  readonly signer: Signer;
  readonly identities: IdentityBook;
  readonly primitives: Primitives;
}

/** What is known about the user on this device: in memory as it stands in the store. */
export class Device {
  /** A pseudonym: the hash of the identity key. */
  readonly clientId: string;
  readonly identity: DeviceIdentity;
  readonly #store: HistoryStore;
  readonly #history: Interaction[];
  #consent: ConsentStatus;
  #ledger: Ledger;

  private constructor(
    store: HistoryStore,
    identity: DeviceIdentity,
    consent: ConsentStatus,
    ledger: Ledger,
    history: readonly Interaction[],
  ) {
    this.identity = identity;
    this.clientId = clientIdOf(identity.signer.publicKey);
    this.#store = store;
    this.#consent = consent;
    this.#ledger = ledger;
    this.#history = [...history];
  }

  /** Rejects when the store cannot be read: a client that does not know its ledger must not take part. */
  static async open(store: HistoryStore, primitives: Primitives): Promise<Device> {
    const [signer, consent, ledger, history] = await Promise.all([
      openSigner(store, primitives),
      store.read("consent"),
      readLedger(store),
      store.interactions(),
    ]);
    const status = consent ? toText(consent) : "unknown";
    const identity = { signer, identities: selfCertified, primitives };
    return new Device(store, identity, isConsentStatus(status) ? status : "unknown", ledger, history);
  }

  get history(): readonly Interaction[] {
    return this.#history;
  }

  get consent(): ConsentStatus {
    return this.#consent;
  }

  /** As this app last saw it: other tabs and processes may have charged since ({@link Device.freshLedger}). */
  get ledger(): Ledger {
    return this.#ledger;
  }

  /** The ledger with whatever others that share the store have charged. */
  async freshLedger(): Promise<Ledger> {
    this.#ledger = await readLedger(this.#store);
    return this.#ledger;
  }

  /** The oldest interactions give way once there are too many. */
  async append(interaction: Interaction): Promise<void> {
    await this.#store.append(interaction);
    this.#history.push(interaction);
    if (this.#history.length < MOST_INTERACTIONS + SLACK) return;
    this.#history.splice(0, this.#history.length - MOST_INTERACTIONS);
    await this.#store.replace(this.#history);
  }

  /** A denial holds at once, even when it cannot be stored. */
  async setConsent(consent: ConsentStatus): Promise<void> {
    if (consent !== "granted") this.#consent = consent;
    await this.#store.write("consent", toBytes(consent));
    this.#consent = consent;
  }

  /** Stored before it resolves; only then may the upload begin. */
  async charge(entry: LedgerEntry): Promise<void> {
    await this.#store.charge(entry.updateId, encodeEntry(entry));
    await this.freshLedger();
  }

  async storeUpdate({ taskHash, plan }: LocalTask, update: SealedUpdate): Promise<void> {
    const packet = encodeUpload({ ...update, taskHash, bits: plan.bits, cohortId: NO_COHORT });
    await this.#store.write("update", packet);
  }

  /** The update an earlier run sealed for this very task. */
  async storedUpdate({ taskHash, plan }: LocalTask): Promise<SealedUpdate | undefined> {
    const packet = await this.#store.read("update");
    if (!packet) return undefined;
    const { dimension, bits } = plan;
    const decoded = decodeUpload(packet, { taskHash, dimension, bits });
    if (!decoded.ok) return undefined;
    const { updateId, modelVersion, values } = decoded;
    return { updateId, modelVersion, values };
  }

  async discardUpdate(): Promise<void> {
    await this.#store.remove("update");
  }

  /** Erases history and update. What was spent stays spent. */
  async forget(): Promise<void> {
    this.#history.length = 0;
    await this.#store.remove("update");
    await this.#store.replace([]);
  }
}

const readLedger = async (store: HistoryStore): Promise<Ledger> => (await store.charges()).map(decodeEntry);

/** The long-term key of this device, made when it is first opened. */
async function openSigner(store: HistoryStore, primitives: Primitives): Promise<Signer> {
  const stored = await store.read("identity-key");
  const seed: Bytes = stored ? Uint8Array.from(stored) : randomSecret(primitives);
  if (seed.length !== KEY_BYTES) throw new Error("the identity key is damaged");
  if (!stored) await store.write("identity-key", seed);
  return signerFromSeed(primitives, seed);
}
