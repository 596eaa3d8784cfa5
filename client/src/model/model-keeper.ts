import type { Item, Relation, TaskSpec } from "@tacit/shared";
import type { HistoryStore } from "../history/history-store.js";
import type { Head } from "../participation/participant-state.js";
import type { FetchedModel, ModelSource } from "../transport/transport.js";
import { encodedCatalogue } from "./encoded-catalogue.js";
import {
  type LocalModel,
  type LocalTask,
  type ReadTask,
  readFetchedModel,
  readModel,
  readTaskDocument,
} from "./local-model.js";
import { decodeModelRecord, encodeModelRecord } from "./model-record.js";
import { breaksPin, contradicts, forks } from "./pinning.js";

interface ModelKeeperOptions {
  readonly transport: ModelSource;
  readonly store: HistoryStore;
  readonly taskName: string;
  readonly items: readonly Item[];
  readonly relations?: readonly Relation[] | undefined;
  /** Why this device cannot compute a task; undefined where it can. */
  readonly refuses: (task: TaskSpec) => string | undefined;
  /** Told of what could not be kept: a model serves without. */
  readonly problem: (error: unknown) => void;
}

export type Refreshed =
  | { readonly ok: true; readonly changed: boolean }
  | { readonly ok: false; readonly reason: "offline" | "task-refused"; readonly message: string };

/** The task and the newest model on this device: from the store at first, then from the coordinator. */
export class ModelKeeper {
  readonly #options: ModelKeeperOptions;
  #model: LocalModel | undefined;
  #pinned: string | undefined;
  #finished = false;

  constructor(options: ModelKeeperOptions) {
    this.#options = options;
  }

  get model(): LocalModel | undefined {
    return this.#model;
  }

  /** The task has had all its rounds; as far as this device knows. */
  get finished(): boolean {
    return this.#finished;
  }

  /** What the last run of the app had. Anything unreadable in it counts as nothing. */
  async restore(): Promise<void> {
    const { store, taskName, refuses } = this.#options;
    const [task, record] = await Promise.all([store.read("task"), store.read("model")]);
    const read = task && this.#readTask(parseJson(task));
    if (!read?.ok || read.local.task.name !== taskName) return;
    // Also of a task that this device cannot compute any more: it has met it.
    this.#pinned = read.local.taskHash;
    if (!record || refuses(read.local.task) !== undefined) return;
    const stored = readModel(read.local, decodeModelRecord(record));
    if (stored.ok) this.#model = stored.model;
  }

  /** Asks the coordinator for the task and its newest version. */
  async refresh(): Promise<Refreshed> {
    const { transport, taskName, store, refuses, problem } = this.#options;
    try {
      const document = await transport.fetchTask(taskName);
      const read = this.#readTask(document);
      if (!read.ok) return { ok: false, reason: "task-refused", message: read.message };
      if (read.local.task.name !== taskName) {
        return { ok: false, reason: "task-refused", message: `name: this is not the task "${taskName}"` };
      }
      const broken = breaksPin(this.#pinned, read.local);
      if (broken) return { ok: false, reason: "task-refused", message: broken };
      const refusal = refuses(read.local.task);
      if (refusal !== undefined) return { ok: false, reason: "task-refused", message: refusal };
      const fetched = await this.#fetch(read.local, read.head);
      if (!fetched.ok) return fetched;
      await store.write("task", new TextEncoder().encode(JSON.stringify(document))).catch(problem);
      this.#pinned = read.local.taskHash;
      return fetched;
    } catch (error) {
      return { ok: false, reason: "offline", message: describe(error) };
    }
  }

  /** Fetches one announced version of the task at hand. */
  async fetch(head: Head): Promise<Refreshed> {
    if (!this.#model) return this.refresh();
    try {
      return await this.#fetch(this.#model, head);
    } catch (error) {
      return { ok: false, reason: "offline", message: describe(error) };
    }
  }

  async #fetch(local: LocalTask, head: Head): Promise<Refreshed> {
    const before = this.#versionOf(local);
    const contradiction = contradicts(this.#held(local), head);
    if (contradiction) return { ok: false, reason: "task-refused", message: contradiction };
    if (before < head.modelVersion) {
      const fetched = await this.#download(local, head);
      if (!fetched) {
        return { ok: false, reason: "task-refused", message: "the model is not encoded as its task says" };
      }
      const read = readFetchedModel(local, fetched, head);
      if (!read.ok) return { ok: false, reason: "task-refused", message: read.message };
      const fork = forks(this.#held(local), fetched, head);
      if (fork) return { ok: false, reason: "task-refused", message: fork };
      // A newer version may have been fetched meanwhile.
      if (this.#versionOf(local) < read.model.modelVersion) {
        this.#model = read.model;
        const { store, problem } = this.#options;
        await store.write("model", encodeModelRecord(fetched)).catch(problem);
      }
    }
    if (this.#versionOf(local) <= head.modelVersion) this.#finished = head.finished;
    return { ok: true, changed: this.#versionOf(local) !== before };
  }

  /** What decodes other encodings is loaded where a task has one. */
  async #download(local: LocalTask, head: Head): Promise<FetchedModel | undefined> {
    const { transport, taskName } = this.#options;
    if (!local.task.delivery) return transport.fetchModel(taskName, head.modelVersion);
    const { fetchDelivered } = await import("./fetch-delivered.js");
    return fetchDelivered({ transport, local, held: this.#held(local), head });
  }

  #held({ taskHash }: LocalTask): LocalModel | undefined {
    return this.#model?.taskHash === taskHash ? this.#model : undefined;
  }

  #versionOf(local: LocalTask): number {
    return this.#held(local)?.modelVersion ?? -1;
  }

  #readTask(document: unknown): ReadTask {
    const { items, relations } = this.#options;
    return readTaskDocument(document, (task) => encodedCatalogue(items, relations, task));
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error));
