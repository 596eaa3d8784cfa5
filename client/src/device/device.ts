import { decodeUpload, encodeUpload, type Interaction, randomHex } from "@tacit/shared";
import type { HistoryStore } from "../history/history-store.js";
import { decodeEntry, encodeEntry, type Ledger, type LedgerEntry } from "../ledger/ledger.js";
import type { LocalTask } from "../model/local-model.js";
import type { SealedUpdate } from "../participation/participant.js";
import { type ConsentStatus, isConsentStatus } from "./consent.js";

const CLIENT_ID_BYTES = 16;
const MOST_INTERACTIONS = 10_000;
/** Above the most before the store is rewritten, so that it is rewritten rarely. */
const SLACK = 1000;
/** A stored update belongs to no cohort yet. */
const NO_COHORT = "0".repeat(32);

const toBytes = (text: string) => new TextEncoder().encode(text);
const toText = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** What is known about the user on this device: in memory as it stands in the store. */
export class Device {
  readonly clientId: string;
  readonly #store: HistoryStore;
  readonly #history: Interaction[];
  #consent: ConsentStatus;
  #ledger: Ledger;

  private constructor(
    store: HistoryStore,
    clientId: string,
    consent: ConsentStatus,
    ledger: Ledger,
    history: readonly Interaction[],
  ) {
    this.clientId = clientId;
    this.#store = store;
    this.#consent = consent;
    this.#ledger = ledger;
    this.#history = [...history];
  }

  /** Rejects when the store cannot be read: a client that does not know its ledger must not take part. */
  static async open(store: HistoryStore): Promise<Device> {
    const [identity, consent, ledger, history] = await Promise.all([
      store.read("identity"),
      store.read("consent"),
      readLedger(store),
      store.interactions(),
    ]);
    const clientId = identity ? toText(identity) : randomHex(CLIENT_ID_BYTES);
    if (!identity) await store.write("identity", toBytes(clientId));
    const status = consent ? toText(consent) : "unknown";
    return new Device(store, clientId, isConsentStatus(status) ? status : "unknown", ledger, history);
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
