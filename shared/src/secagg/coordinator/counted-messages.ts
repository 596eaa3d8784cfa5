import { equalBytes } from "../crypto/bytes.js";
import type { Envelope } from "../messages/packet.js";

/** What a cohort has counted, by client and kind: a message that comes again after a lost receipt is known by it. */
export class CountedMessages {
  readonly #hashes = new Map<string, Uint8Array>();

  /** "same" bytes as the ones that counted, "other" bytes, or "none" counted yet. */
  async compare(client: string, { kind, body }: Envelope): Promise<"none" | "same" | "other"> {
    const counted = this.#hashes.get(`${client} ${kind}`);
    if (!counted) return "none";
    return equalBytes(counted, await hash(body)) ? "same" : "other";
  }

  async add(client: string, { kind, body }: Envelope): Promise<void> {
    this.#hashes.set(`${client} ${kind}`, await hash(body));
  }
}

/** SHA-256 of the platform: a masked input has megabytes, which a hash in JavaScript would take long over. */
const hash = async (body: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(body)));
