import {
  checkInSchema,
  openUpload,
  parseMessage,
  type Refusal,
  readySchema,
  refuse,
  withdrawSchema,
} from "@tacit/shared";
import type { Admission } from "../identity/admission.js";
import type { RoundDriver } from "../rounds/round-driver.js";
import type { Transfers } from "./transfers.js";

/** An acknowledgement; a refusal names its reason. */
type Reply = { readonly ok: boolean };

interface SessionOptions {
  readonly connection: string;
  readonly task: { readonly name: string; readonly hash: string; readonly rounds: number };
  readonly encoding: { readonly dimension: number; readonly bits: number };
  readonly rounds: RoundDriver;
  readonly transfers: Transfers;
  readonly admission: Admission;
  /** What this connection was greeted with: 64 hex digits. */
  readonly nonce: string;
  readonly connected: () => boolean;
  /** This connection now speaks for that client. */
  readonly onCheckIn: (clientId: string) => void;
  /** Whether it still does. */
  readonly speaksFor: (clientId: string) => boolean;
  /** Its client's key is good no longer. */
  readonly onRevoked: () => void;
}

const NOT_CHECKED_IN = refuse("not-checked-in", "check in first");

/** What one connection may say, whatever carries it. Arguments are untrusted; every answer is a reply. */
export class Session {
  readonly #options: SessionOptions;
  #clientId: string | undefined;
  /** Whom this connection speaks for, or is about to. */
  #claimed: string | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  get clientId(): string | undefined {
    return this.#clientId;
  }

  async handle(event: string, payload: unknown): Promise<Reply> {
    switch (event) {
      case "check-in":
        return this.#checkIn(payload);
      case "ready":
        return this.#ready(payload);
      case "withdraw":
        return this.#withdraw(payload);
      case "upload":
        return this.#upload(payload);
      case "secagg":
        return this.#secagg(payload);
      case "chunk":
        return this.#chunk(payload);
      default:
        return refuse("malformed", "no such event");
    }
  }

  /** Nothing changes for anybody before the client has proved who it is. */
  async #checkIn(payload: unknown): Promise<Reply> {
    const parsed = parseMessage(checkInSchema, payload);
    if (!parsed.ok) return parsed;
    const { task, taskHash, clientId } = parsed.message;
    const { task: own, rounds, admission, nonce, connected, onCheckIn } = this.#options;
    if (task !== own.name) return refuse("unknown-task", "this coordinator has no such task", "task");
    if (taskHash !== own.hash) return this.#wrongTask();
    // Before anything is enrolled or an invite used, and also while another check-in is under way.
    if ((this.#claimed ?? clientId) !== clientId) {
      return refuse("malformed", "this connection speaks for another client", "clientId");
    }
    this.#claimed = clientId;
    const admitted = await admission.admit(parsed.message, nonce);
    if (!admitted.ok) {
      this.#claimed = this.#clientId;
      return admitted;
    }
    if (!connected()) return NOT_CHECKED_IN;
    this.#clientId = clientId;
    onCheckIn(clientId);
    const { modelVersion, hash: modelHash } = rounds.head;
    const reply = { ok: true, modelVersion, modelHash, finished: modelVersion >= own.rounds } as const;
    return reply;
  }

  async #ready(payload: unknown): Promise<Reply> {
    const parsed = parseMessage(readySchema, payload);
    if (!parsed.ok) return parsed;
    const clientId = this.#clientId;
    if (clientId === undefined) return NOT_CHECKED_IN;
    const { taskHash, modelVersion, updateId } = parsed.message;
    const { task, rounds, speaksFor } = this.#options;
    if (taskHash !== task.hash) return this.#wrongTask();
    const revoked = await this.#revoked(clientId);
    if (revoked) return revoked;
    return rounds.ready({ clientId, updateId, modelVersion }, () => speaksFor(clientId));
  }

  #withdraw(payload: unknown): Reply {
    const parsed = parseMessage(withdrawSchema, payload);
    if (!parsed.ok) return parsed;
    if (this.#clientId === undefined) return NOT_CHECKED_IN;
    const withdrawn = this.#options.rounds.withdraw(this.#clientId, parsed.message.updateId);
    const reply = { ok: true, withdrawn } as const;
    return reply;
  }

  async #upload(payload: unknown): Promise<Reply> {
    const clientId = this.#clientId;
    if (clientId === undefined) return NOT_CHECKED_IN;
    const { rounds, encoding, task, connection } = this.#options;
    const upload = openUpload(payload, { taskHash: task.hash, ...encoding });
    if (!upload.ok) return upload;
    const revoked = await this.#revoked(clientId);
    if (revoked) return revoked;
    return rounds.upload(clientId, upload, connection);
  }

  async #secagg(payload: unknown): Promise<Reply> {
    if (this.#clientId === undefined) return NOT_CHECKED_IN;
    return this.#options.rounds.secagg(this.#clientId, payload);
  }

  /** A part of one of the messages above. */
  async #chunk(payload: unknown): Promise<Reply> {
    if (this.#clientId === undefined) return NOT_CHECKED_IN;
    return this.#options.transfers.receive(this.#clientId, payload, (event, message) =>
      event === "upload" ? this.#upload(message) : this.#secagg(message),
    );
  }

  /** Another process may have revoked the key since the check-in. */
  async #revoked(clientId: string): Promise<Refusal | undefined> {
    const refusal = await this.#options.admission.refusal(clientId);
    if (refusal) this.#options.onRevoked();
    return refusal;
  }

  #wrongTask(): Refusal {
    return refuse("wrong-task", "the task's spec is a different one here", "taskHash");
  }
}
