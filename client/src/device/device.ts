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
import type { HistoryStore, Release } from "../history/history-store.js";
import { decodeEntry, encodeEntry, type Ledger, type LedgerEntry } from "../ledger/ledger.js";
import type { LocalTask } from "../model/local-model.js";
import { oneAtATime } from "../one-at-a-time.js";
import type { SealedUpdate } from "../participation/participant-state.js";
import { type ConsentStatus, isConsentStatus } from "./consent.js";

const MOST_INTERACTIONS = 10_000;
/** Above the most before the store is trimmed, so that it is trimmed rarely. */
const SLACK = 1000;
/** A stored update belongs to no cohort yet. */
const NO_COHORT = "0".repeat(32);

const toBytes = (text: string) => new TextEncoder().encode(text);
const toText = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Who this device is to others, and whom it believes to be whom. */
export interface DeviceIdentity {
  /** A pseudonym: the hash of the identity key. */
  readonly clientId: string;
  readonly signer: Signer;
  readonly identities: IdentityBook;
  readonly primitives: Primitives;
}

/** What is known about the user on this device: in memory as it stands in the store. */
export class Device {
  readonly #store: HistoryStore;
  readonly #history: Interaction[];
  /** Whatever changes the history in more than one step. */
  readonly #inTurn = oneAtATime();
  #consent: ConsentStatus;
  #ledger: Ledger;

  private constructor(
    store: HistoryStore,
    consent: ConsentStatus,
    ledger: Ledger,
    history: readonly Interaction[],
  ) {
    this.#store = store;
    this.#consent = consent;
    this.#ledger = ledger;
    this.#history = [...history];
  }

  /** Rejects when the store cannot be read: a client that does not know its ledger must not take part. */
  static async open(store: HistoryStore): Promise<Device> {
    const [consent, ledger, history] = await Promise.all([
      readConsent(store),
      readLedger(store),
      store.interactions(),
    ]);
    return new Device(store, consent, ledger, history);
  }

  /** The right to be the only tab or process of this device that takes part; undefined while another has it. */
  lock(): Promise<Release | undefined> {
    return this.#store.lock();
  }

  /** Who this device is, made when it is nobody yet. Only while holding the lock: two tabs must not make two. */
  async identity(primitives: Primitives): Promise<DeviceIdentity> {
    const signer = await openSigner(this.#store, primitives);
    const clientId = clientIdOf(signer.publicKey);
    return { clientId, signer, identities: selfCertified, primitives };
  }

  /** As this app last saw it: what other tabs and processes tracked is in {@link Device.wholeHistory} only. */
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

  /** The history with whatever others that share the store have tracked. */
  wholeHistory(): Promise<readonly Interaction[]> {
    return this.#store.interactions();
  }

  /** The oldest interactions give way once there are too many. */
  append(interaction: Interaction): Promise<void> {
    return this.#inTurn(async () => {
      await this.#store.append(interaction);
      this.#history.push(interaction);
      if (this.#history.length < MOST_INTERACTIONS + SLACK) return;
      this.#history.splice(0, this.#history.length - MOST_INTERACTIONS);
      await this.#store.trim(MOST_INTERACTIONS);
    });
  }

  /** The consent, also after another tab or process has withdrawn it. Never more than this app was told. */
  async freshConsent(): Promise<ConsentStatus> {
    const stored = await readConsent(this.#store);
    if (this.#consent === "granted") this.#consent = stored;
    return this.#consent;
  }

  /** A denial holds at once, even when it cannot be stored: then at least the grant is taken away. */
  async setConsent(consent: ConsentStatus): Promise<void> {
    const denied = consent !== "granted";
    if (denied) this.#consent = consent;
    try {
      await this.#store.write("consent", toBytes(consent));
    } catch (error) {
      if (!denied) throw error;
      await this.#store.remove("consent");
    }
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
  forget(): Promise<void> {
    this.#history.length = 0;
    return this.#inTurn(() => this.#erase());
  }

  async #erase(): Promise<void> {
    // What was being appended has come to it meanwhile.
    this.#history.length = 0;
    // In this order: another tab that is training looks at the history after it has stored its update.
    await this.#store.trim(0);
    await this.#store.remove("update");
  }
}

async function readConsent(store: HistoryStore): Promise<ConsentStatus> {
  const stored = await store.read("consent");
  const status = stored ? toText(stored) : "unknown";
  return isConsentStatus(status) ? status : "unknown";
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
