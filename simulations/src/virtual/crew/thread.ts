import { Worker } from "node:worker_threads";
import type { ThreadCommand, ThreadEvent, ThreadStart } from "./messages.js";

type Kind = ThreadEvent["kind"];
type EventOf<K extends Kind> = Extract<ThreadEvent, { kind: K }>;

/** One worker thread, spoken to by one command at a time. */
export class Thread {
  readonly sum: Uint32Array;
  readonly #worker: Worker;
  readonly #failed: Promise<never>;
  #closing = false;

  constructor(start: ThreadStart) {
    this.sum = start.sum;
    this.#worker = new Worker(new URL("./thread-worker.js", import.meta.url), { workerData: start });
    this.#failed = new Promise((_, reject) => {
      this.#worker.once("error", (error) => reject(new Error("a worker failed", { cause: error })));
      this.#worker.once("exit", (code) => {
        if (!this.#closing) reject(new Error(`a worker ended with code ${code}`));
      });
    });
    this.#failed.catch(() => undefined);
  }

  /** Sends a command, and resolves at the next event of this kind; rejects when the worker fails. */
  ask<K extends Kind>(
    command: ThreadCommand | undefined,
    kind: K,
    onOther: (event: ThreadEvent) => void = () => {},
  ): Promise<EventOf<K>> {
    const heard = new Promise<EventOf<K>>((resolve) => {
      const listener = (event: ThreadEvent) => {
        if (!isKind(event, kind)) return onOther(event);
        this.#worker.off("message", listener);
        resolve(event);
      };
      this.#worker.on("message", listener);
    });
    if (command) this.tell(command);
    return Promise.race([heard, this.#failed]);
  }

  tell(command: ThreadCommand): void {
    this.#worker.postMessage(command);
  }

  async close(): Promise<void> {
    this.#closing = true;
    await this.#worker.terminate();
  }
}

function isKind<K extends Kind>(event: ThreadEvent, kind: K): event is EventOf<K> {
  return event.kind === kind;
}
