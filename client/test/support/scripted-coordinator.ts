import {
  CHAIN_START,
  decodeUpload,
  encodeModel,
  initialParameters,
  modelHash,
  networkShape,
  parameterCount,
  type TaskSpec,
  taskHash,
  type UploadPacket,
} from "@tacit/shared";
import type { ConnectionListener, Transport } from "../../src/transport/transport.js";

interface Request {
  readonly event: string;
  readonly payload: unknown;
}

/** A coordinator in memory that does what a test tells it to. Everything it hears is kept. */
export class ScriptedCoordinator {
  readonly task: TaskSpec;
  readonly taskHash: string;
  readonly requests: Request[] = [];
  /** Turns off the network. */
  reachable = true;
  /** Says hello to every connection. */
  greets = true;
  /** Answers a request; the default is what an honest coordinator would say. */
  answer: (request: Request) => unknown = (request) => this.#honest(request);
  /** Replaces what HTTP returns. */
  document: () => unknown = () => this.#document();
  packet: (modelVersion: number) => Uint8Array = (modelVersion) => encodeModel(this.model(modelVersion));
  readonly #listeners = new Set<ConnectionListener>();
  readonly #heard: (() => void)[] = [];
  #version = 0;
  #hellos = 0;

  constructor(task: TaskSpec) {
    this.task = task;
    this.taskHash = taskHash(task);
  }

  readonly transport: Transport = {
    fetchTask: async () => {
      this.#checkReachable();
      return this.document();
    },
    fetchModel: async (_, modelVersion) => {
      this.#checkReachable();
      return { packet: this.packet(modelVersion), previousHash: this.hash(modelVersion - 1) };
    },
    connect: (listener) => {
      this.#listeners.add(listener);
      queueMicrotask(() => this.reachable && this.#listeners.has(listener) && this.#welcome(listener));
      return {
        request: async (event, payload) => {
          this.#checkReachable();
          this.requests.push({ event, payload });
          for (const heard of this.#heard.splice(0)) heard();
          return this.answer({ event, payload });
        },
        close: () => this.#listeners.delete(listener),
      };
    },
  };

  get connections(): number {
    return this.#listeners.size;
  }

  model(modelVersion: number) {
    const parameters = initialParameters(networkShape(this.task), 1).map((value) => value + modelVersion / 8);
    return { taskHash: this.taskHash, modelVersion, parameters };
  }

  hash(modelVersion: number): string {
    return modelVersion < 0 ? CHAIN_START : modelHash(this.hash(modelVersion - 1), this.model(modelVersion));
  }

  say(event: string, payload: unknown): void {
    for (const listener of [...this.#listeners]) listener.message(event, payload);
  }

  announce(modelVersion: number): void {
    this.#version = modelVersion;
    this.say("model", { version: 1, task: this.task.name, ...this.#head() });
  }

  invite(updateId: string, cohortId: string): void {
    const invitation = { version: 1, cohortId, updateId, modelVersion: this.#version };
    this.say("cohort", { ...invitation, size: this.task.cohort.size, deadlineSeconds: 1 });
  }

  /** Cuts every connection. */
  cut(): void {
    for (const listener of [...this.#listeners]) listener.disconnected();
  }

  restore(): void {
    for (const listener of [...this.#listeners]) this.#welcome(listener);
  }

  /** The next request of this kind, from those already heard or those to come. */
  async hears(event: string, count = 1): Promise<unknown> {
    for (;;) {
      const heard = this.requests.filter((request) => request.event === event);
      if (heard.length >= count) return heard[count - 1]?.payload;
      await new Promise<void>((resolve) => this.#heard.push(resolve));
    }
  }

  upload(payload: unknown): UploadPacket {
    const dimension = parameterCount(networkShape(this.task));
    const { bits } = this.task.privacy;
    const decoded = decodeUpload(payload, { taskHash: this.taskHash, dimension, bits });
    if (!decoded.ok) throw new Error(decoded.message);
    return decoded;
  }

  /** Connects, and says hello with a nonce of the connection's own. */
  #welcome(listener: ConnectionListener): void {
    listener.connected();
    if (this.greets) listener.message("hello", { version: 1, nonce: this.nonce(this.#hellos++) });
  }

  /** Of the `connection`th connection, from 0. */
  nonce(connection: number): string {
    return connection.toString(16).padStart(64, "0");
  }

  #honest({ event }: Request): unknown {
    if (event === "check-in") return { ok: true, ...this.#head() };
    if (event === "ready") return { ok: true, queued: true };
    if (event === "withdraw") return { ok: true, withdrawn: true };
    return new Promise(() => {});
  }

  #head() {
    const finished = this.#version >= this.task.rounds;
    return { modelVersion: this.#version, modelHash: this.hash(this.#version), finished };
  }

  #document() {
    const { task, taskHash } = this;
    const rounds = { completed: this.#version, total: task.rounds };
    return { version: 1, task, taskHash, ...this.#head(), rounds };
  }

  #checkReachable(): void {
    if (!this.reachable) throw new Error("unreachable");
  }
}
