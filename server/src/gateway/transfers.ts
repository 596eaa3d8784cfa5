import { Assembly, type ChunkedEvent, decodeChunk, refuse } from "@tacit/shared";

/** A whole message's acknowledgement, or how far its parts have come. */
interface Reply {
  readonly ok: boolean;
  readonly received?: number;
}

interface Transfer {
  readonly assembly: Assembly;
  /** The whole message's answer, from when it was whole. */
  answer?: Promise<Reply>;
}

interface TransfersOptions {
  /** Bytes of the longest message. */
  readonly limit: number;
  /** Whether anything long is expected of this client now. */
  readonly expects: (clientId: string) => boolean;
}

/**
 * Long messages that come in parts: one at a time for each client, whatever connection it has. A message counts only
 * when it is whole; one that comes again gets the first one's answer.
 */
export class Transfers {
  readonly #options: TransfersOptions;
  readonly #byClient = new Map<string, Transfer>();

  constructor(options: TransfersOptions) {
    this.#options = options;
  }

  async receive(
    clientId: string,
    payload: unknown,
    deliver: (event: ChunkedEvent, message: Uint8Array) => Promise<Reply>,
  ): Promise<Reply> {
    const chunk = decodeChunk(payload, this.#options.limit);
    if (!chunk.ok) return chunk;
    const transfer = this.#transfer(clientId, chunk);
    if (!transfer) return refuse("not-in-cohort", "nothing is expected of this client now");
    if (transfer.answer) return transfer.answer;
    const assembled = transfer.assembly.add(chunk);
    if (assembled.kind === "partial") return { ok: true, received: assembled.received };
    if (assembled.kind === "refused") {
      this.#byClient.delete(clientId);
      return assembled.refusal;
    }
    transfer.answer = deliver(chunk.event, assembled.message);
    let counted = false;
    try {
      const answer = await transfer.answer;
      counted = answer.ok;
      return answer;
    } finally {
      // What was refused, or failed, may come again.
      if (!counted && this.#byClient.get(clientId) === transfer) this.#byClient.delete(clientId);
    }
  }

  #transfer(
    clientId: string,
    chunk: { readonly digest: string; readonly total: number },
  ): Transfer | undefined {
    const known = this.#byClient.get(clientId);
    if (known?.assembly.digest === chunk.digest) return known;
    for (const other of this.#byClient.keys())
      if (!this.#options.expects(other)) this.#byClient.delete(other);
    if (!this.#options.expects(clientId)) return undefined;
    const transfer = { assembly: new Assembly(chunk) };
    this.#byClient.set(clientId, transfer);
    return transfer;
  }
}
