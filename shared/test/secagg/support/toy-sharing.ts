import type { ByteSource } from "../../../src/random/byte-source.js";
import type { SecretSharing } from "../../../src/secagg/crypto/secret-sharing.js";

/** Logarithms of GF(256) modulo x^8 + x^4 + x^3 + x + 1 to the base 3. */
const EXP = new Uint8Array(510);
const LOG = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power++) {
  EXP[power] = value;
  EXP[power + 255] = value;
  LOG[value] = power;
  value ^= (value << 1) ^ (value & 0x80 ? 0x11b : 0);
}
const exp = (power: number) => EXP[power] ?? 0;
const log = (value: number) => LOG[value] ?? 0;

/** Shamir's scheme with coins that a test can fix; nothing about it is constant-time. */
export function toySharing(random: ByteSource): SecretSharing {
  return {
    async split(secret, shares, threshold) {
      const coefficients = new Uint8Array(secret.length * (threshold - 1));
      random.fill(coefficients);
      return Array.from({ length: shares }, (_, index) => {
        const x = log(index + 1);
        const share = new Uint8Array(secret.length + 1);
        for (let byte = 0; byte < secret.length; byte++) {
          let value = 0;
          for (let power = threshold - 2; power >= 0; power--) {
            value ^= coefficients[byte * (threshold - 1) + power] ?? 0;
            if (value !== 0) value = exp(log(value) + x);
          }
          share[byte] = value ^ (secret[byte] ?? 0);
        }
        share[secret.length] = index + 1;
        return share;
      });
    },
    async combine(shares) {
      const points = shares.map((share) => share.at(-1) ?? 0);
      if (new Set(points).size < points.length) throw new Error("repeated points");
      const length = (shares[0]?.length ?? 1) - 1;
      const secret = new Uint8Array(length);
      for (const [index, share] of shares.entries()) {
        const x = points[index] ?? 0;
        let weight = 0;
        for (const other of points) if (other !== x) weight += log(other) - log(other ^ x) + 255;
        for (let byte = 0; byte < length; byte++) {
          const value = share[byte] ?? 0;
          if (value !== 0) secret[byte] = (secret[byte] ?? 0) ^ exp((log(value) + weight) % 255);
        }
      }
      return secret;
    },
  };
}
