import { Worker } from "node:worker_threads";
import type { Item, TaskSpec } from "@tacit/shared";
import type { EngineChoice } from "./engine-choice.js";
import type { Command, SimulatedClient, WorkerEvent, WorkerStart } from "./messages.js";

interface PopulationOptions {
  readonly task: TaskSpec;
  readonly items: readonly Item[];
  readonly engine: EngineChoice;
  readonly clients: readonly SimulatedClient[];
  readonly workers: number;
  /** One client has finished training once. */
  readonly onTrained: () => void;
}

/** Simulated devices in worker threads. A worker has the histories of its own clients and of nobody else. */
export class Population {
  readonly #workers: readonly Worker[];
  readonly #centre: Worker;
  readonly #failed: Promise<never>;
  #closing = false;

  constructor(options: PopulationOptions) {
    const { clients, task, items, engine, onTrained } = options;
    const count = Math.max(1, Math.min(options.workers, clients.length));
    const failures: Promise<never>[] = [];
    const spawn = (part: readonly SimulatedClient[]) => {
      const workerData: WorkerStart = { task, items, engine, clients: part };
      const worker = new Worker(new URL("./population-worker.js", import.meta.url), { workerData });
      worker.setMaxListeners(0);
      failures.push(this.#failure(worker));
      return worker;
    };
    this.#workers = Array.from({ length: count }, (_, w) => spawn(clients.filter((_, i) => i % count === w)));
    // The baseline without privacy is the only one that sees everybody.
    this.#centre = spawn(clients);
    this.#failed = Promise.race(failures);
    this.#failed.catch(() => undefined);
    for (const worker of this.#workers) {
      worker.on("message", (event: WorkerEvent) => {
        if (event.kind === "trained") onTrained();
      });
    }
  }

  /** Resolves, once all workers run, to their engine's name. */
  async ready(): Promise<string> {
    const events = await Promise.all(
      [...this.#workers, this.#centre].map((worker) => this.#next(worker, "ready")),
    );
    return events[0]?.engine ?? "";
  }

  /** Every client takes part in the coordinator's task until it is finished. */
  async federate(url: string): Promise<void> {
    await this.#all("finished", { kind: "join", url });
  }

  /** Every client trains alone. By client id. */
  async trainAlone(parameters: Float32Array): Promise<Map<string, Float32Array>> {
    const parts = await this.#all("alone", { kind: "train-alone", parameters });
    return new Map(parts.flatMap((part) => [...part.parameters]));
  }

  /** One model trained on everybody's histories. */
  async trainCentrally(parameters: Float32Array, seed: number): Promise<Float32Array> {
    const done = this.#next(this.#centre, "central");
    this.#tell(this.#centre, { kind: "train-centrally", parameters, seed });
    return (await done).parameters;
  }

  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all([...this.#workers, this.#centre].map((worker) => worker.terminate()));
  }

  async #all<Kind extends WorkerEvent["kind"]>(
    kind: Kind,
    command: Command,
  ): Promise<Extract<WorkerEvent, { kind: Kind }>[]> {
    const done = Promise.all(this.#workers.map((worker) => this.#next(worker, kind)));
    for (const worker of this.#workers) this.#tell(worker, command);
    return done;
  }

  #tell(worker: Worker, command: Command): void {
    worker.postMessage(command);
  }

  /** The worker's next event of this kind; rejects as soon as any worker fails. */
  #next<Kind extends WorkerEvent["kind"]>(
    worker: Worker,
    kind: Kind,
  ): Promise<Extract<WorkerEvent, { kind: Kind }>> {
    const heard = new Promise<Extract<WorkerEvent, { kind: Kind }>>((resolve) => {
      const listener = (event: WorkerEvent) => {
        if (!isKind(event, kind)) return;
        worker.off("message", listener);
        resolve(event);
      };
      worker.on("message", listener);
    });
    return Promise.race([heard, this.#failed]);
  }

  #failure(worker: Worker): Promise<never> {
    return new Promise((_, reject) => {
      worker.once("error", (error) => reject(new Error("a worker failed", { cause: error })));
      worker.once("exit", (code) => {
        if (!this.#closing) reject(new Error(`a worker ended with code ${code}`));
      });
    });
  }
}

function isKind<Kind extends WorkerEvent["kind"]>(
  event: WorkerEvent,
  kind: Kind,
): event is Extract<WorkerEvent, { kind: Kind }> {
  return event.kind === kind;
}
