/** Bulk random bytes. Keys, masks and noise take theirs from {@link platformBytes} and nowhere else. */
export interface ByteSource {
  /** Overwrites every byte of `bytes`. */
  fill(bytes: Uint8Array<ArrayBuffer>): void;
}

/** Browsers refuse a longer request (Web Cryptography API, §10.1.1, QuotaExceededError). */
const LONGEST_REQUEST = 65_536;

/** The platform's cryptographically secure generator, for any length. */
export const platformBytes: ByteSource = {
  fill(bytes) {
    for (let start = 0; start < bytes.length; start += LONGEST_REQUEST) {
      crypto.getRandomValues(bytes.subarray(start, start + LONGEST_REQUEST));
    }
  },
};

/** `length` random bytes as lower-case hex, for identifiers that must not be guessable. */
export function randomHex(length: number, source: ByteSource = platformBytes): string {
  const bytes = new Uint8Array(length);
  source.fill(bytes);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
