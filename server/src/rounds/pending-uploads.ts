import { type Refusal, refuse, type UploadReply } from "@tacit/shared";

type Answer = UploadReply | Refusal;

interface Waiting {
  readonly connection: string;
  readonly resolve: (answer: Answer) => void;
}

/** Uploads that are in a sum and wait to hear whether it was committed. */
export class PendingUploads {
  readonly #waiting = new Map<string, Waiting>();

  wait(updateId: string, connection: string): Promise<Answer> {
    return new Promise((resolve) => this.#waiting.set(updateId, { connection, resolve }));
  }

  /** Moves the answer to a newer connection of the same client; undefined when this connection waits already. */
  takeOver(updateId: string, connection: string): Promise<Answer> | undefined {
    const waiting = this.#waiting.get(updateId);
    if (!waiting || waiting.connection === connection) return undefined;
    waiting.resolve(refuse("duplicate", "the update was sent again over another connection"));
    return this.wait(updateId, connection);
  }

  settle(updateId: string, answer: Answer): void {
    this.#waiting.get(updateId)?.resolve(answer);
    this.#waiting.delete(updateId);
  }
}
