import {
  type Bytes,
  type CohortResult,
  type CoordinatorOutput,
  type Receipt,
  refuseSecagg,
  type SecaggRefusal,
  type SecureCoordinator,
} from "@tacit/shared";

interface SecureRoundOptions {
  readonly coordinator: SecureCoordinator;
  /** How long a phase waits for clients that are still connected. */
  readonly phaseSeconds: number;
  readonly send: (clientId: string, message: Bytes) => void;
  readonly onEnd: (end: ({ readonly ok: true } & CohortResult) | SecaggRefusal) => void;
  /** The machine itself failed, which is a bug or I/O. */
  readonly onError: (error: unknown) => void;
}

/** A client whose connection breaks may come back so soon and go on where it was. */
const GRACE_MILLISECONDS = 3000;

/**
 * Gives one cohort's secure aggregation its clock and its clients: delivers messages, and closes a phase when everybody
 * has answered who still can, or when the time is up.
 */
export class SecureRound {
  readonly #options: SecureRoundOptions;
  readonly #absent = new Set<string>();
  readonly #leaving = new Map<string, NodeJS.Timeout>();
  #outbox: ReadonlyMap<string, Bytes> = new Map();
  #deadline: NodeJS.Timeout | undefined;
  #advancing = false;
  #ended = false;

  constructor(options: SecureRoundOptions) {
    this.#options = options;
  }

  /** Invites everybody. */
  start(): void {
    this.#advance();
  }

  /** One message of a client of this connection's; the reply says whether it counted. */
  async receive(clientId: string, message: unknown): Promise<Receipt> {
    const receipt = await this.#options.coordinator.receive(clientId, message);
    this.#consider();
    return receipt;
  }

  /** The client is connected (again): what it has not answered yet is sent once more. */
  returned(clientId: string): void {
    clearTimeout(this.#leaving.get(clientId));
    this.#leaving.delete(clientId);
    this.#absent.delete(clientId);
    const message = this.#outbox.get(clientId);
    if (message && this.#options.coordinator.awaited.includes(clientId))
      this.#options.send(clientId, message);
  }

  /** The client's connection is gone; for good when it said so itself. */
  left(clientId: string, forGood = false): void {
    if (this.#ended || this.#leaving.has(clientId)) return;
    const gone = () => {
      this.#absent.add(clientId);
      this.#consider();
    };
    if (forGood) gone();
    else this.#leaving.set(clientId, setTimeout(gone, GRACE_MILLISECONDS));
  }

  /** Gives the cohort up. */
  stop(message: string): void {
    if (this.#ended) return;
    this.#deliver(this.#options.coordinator.abandon("abandoned", message));
  }

  /** Goes on once nobody is left to wait for. */
  #consider(): void {
    if (this.#ended || this.#advancing) return;
    const awaited = this.#options.coordinator.awaited.filter((client) => !this.#absent.has(client));
    if (awaited.length === 0) this.#advance();
  }

  #advance(): void {
    if (this.#ended || this.#advancing) return;
    this.#advancing = true;
    clearTimeout(this.#deadline);
    this.#options.coordinator
      .advance()
      .then((output) => {
        this.#advancing = false;
        if (!this.#ended) this.#deliver(output);
      })
      .catch((error: unknown) => {
        this.#end();
        this.#options.onError(error);
      });
  }

  #deliver(output: CoordinatorOutput): void {
    this.#outbox = output.outbox;
    for (const [clientId, message] of output.outbox) this.#options.send(clientId, message);
    if (!output.ok || output.result) {
      this.#end();
      this.#options.onEnd(output.ok && output.result ? { ok: true, ...output.result } : refusalOf(output));
      return;
    }
    this.#deadline = setTimeout(() => this.#advance(), 1000 * this.#options.phaseSeconds);
    this.#consider();
  }

  #end(): void {
    this.#ended = true;
    clearTimeout(this.#deadline);
    for (const timer of this.#leaving.values()) clearTimeout(timer);
    this.#leaving.clear();
  }
}

function refusalOf(output: CoordinatorOutput): SecaggRefusal {
  if (output.ok) throw new Error("a cohort that goes on has no refusal");
  const { reason, message, client } = output;
  return refuseSecagg(reason, message, client);
}
