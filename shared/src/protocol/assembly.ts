import { type Chunk, messageDigest } from "./chunk.js";
import { type Refusal, refuse } from "./refusal.js";

export type Assembled =
  /** All up to `received` is here: go on from there. */
  | { readonly kind: "partial"; readonly received: number }
  /** The whole message, and its checksum is right. */
  | { readonly kind: "whole"; readonly message: Uint8Array }
  | { readonly kind: "refused"; readonly refusal: Refusal };

/**
 * Puts one message together from chunks that come in order. A chunk that came before changes nothing, so a sender that
 * lost its connection begins anywhere and is told where to go on. Memory grows with what has arrived, not with what
 * was announced. Parts are kept as they came, without a copy: whoever adds one leaves its bytes alone.
 */
export class Assembly {
  readonly digest: string;
  readonly #total: number;
  readonly #parts: Uint8Array[] = [];
  #received = 0;

  constructor({ digest, total }: Pick<Chunk, "digest" | "total">) {
    this.digest = digest;
    this.#total = total;
  }

  add({ total, offset, part }: Pick<Chunk, "total" | "offset" | "part">): Assembled {
    if (total !== this.#total) {
      return {
        kind: "refused",
        refusal: refuse("malformed", `total: was ${this.#total}, now ${total}`, "total"),
      };
    }
    if (offset !== this.#received) return { kind: "partial", received: this.#received };
    this.#parts.push(part);
    this.#received += part.length;
    return this.#received < total ? { kind: "partial", received: this.#received } : this.#whole();
  }

  #whole(): Assembled {
    const message = new Uint8Array(this.#total);
    let at = 0;
    for (const part of this.#parts) {
      message.set(part, at);
      at += part.length;
    }
    // Whoever has the message needs them no more, and may keep it or not.
    this.#parts.length = 0;
    if (messageDigest(message) === this.digest) return { kind: "whole", message };
    this.#received = 0;
    return {
      kind: "refused",
      refusal: refuse("malformed", "digest: the whole has another checksum", "digest"),
    };
  }
}
