import {
  aggregationReplySchema,
  type Bytes,
  equalBytes,
  parseMessage,
  type SecaggReason,
  SecureClient,
} from "@tacit/shared";
import { oneAtATime } from "../one-at-a-time.js";

type Context = ConstructorParameters<typeof SecureClient>[0];

interface SecureSessionOptions extends Context {
  /** Resolves to the coordinator's answer, or to undefined when none came. */
  readonly send: (message: Uint8Array) => Promise<unknown>;
  /** Asked before the masked update goes out; false leaves the cohort. */
  readonly charge: () => Promise<boolean>;
  /** Called before the signature goes out with which others may open a sum. */
  readonly onSigned: () => void;
  /** Awaited before this client helps to open it: from then on the update is spent. */
  readonly onSpent: () => Promise<void>;
  readonly onLeft: (reason: SecaggReason, message: string) => void;
}

/** One client's part in one cohort, over connections that may break: the same message again gets the same answer. */
export class SecureSession {
  readonly #options: SecureSessionOptions;
  readonly #client: SecureClient;
  /** The phase whose answer spends the update. */
  readonly #spending: SecureClient["phase"];
  #last: { readonly message: Uint8Array; readonly reply: Bytes } | undefined;
  readonly #inTurn = oneAtATime();
  #over = false;

  constructor(options: SecureSessionOptions) {
    this.#options = options;
    this.#client = new SecureClient(options);
    // Whoever may lie to single clients may open a sum without this one's help, and say that there was none.
    this.#spending = options.expectations.adversary === "semi-malicious" ? "masked" : "finished";
  }

  /** One message of the coordinator, in its turn. Rejects only for I/O of this device. */
  receive(message: Uint8Array): Promise<void> {
    return this.#inTurn(() => this.#receive(message));
  }

  /** Leaves the cohort and forgets its secrets. */
  end(): void {
    this.#over = true;
    this.#last = undefined;
    this.#client.abandon();
  }

  async #receive(message: Uint8Array): Promise<void> {
    if (this.#over) return;
    if (this.#last && equalBytes(this.#last.message, message)) return this.#send(this.#last.reply);
    const output = await this.#client.receive(message);
    if (this.#over) return;
    if (!output.ok) {
      if (output.reply) void this.#options.send(output.reply);
      return this.#leave(output.reason, output.message);
    }
    const { phase } = this.#client;
    if (phase === "masked" && !(await this.#options.charge())) return this.end();
    if (this.#over) return;
    if (phase === "signed") this.#options.onSigned();
    if (phase === this.#spending) await this.#options.onSpent();
    if (this.#over) return;
    this.#last = { message, reply: output.reply };
    await this.#send(output.reply);
  }

  /** Without an answer there is nothing to do: the coordinator asks again when the client is back. */
  async #send(reply: Bytes): Promise<void> {
    const parsed = parseMessage(aggregationReplySchema, await this.#options.send(reply));
    if (this.#over || !parsed.ok || parsed.message.ok || parsed.message.reason === "duplicate") return;
    this.#leave(parsed.message.reason, parsed.message.message);
  }

  #leave(reason: SecaggReason, message: string): void {
    if (this.#over) return;
    this.end();
    this.#options.onLeft(reason, message);
  }
}
