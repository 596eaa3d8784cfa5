import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { portablePrimitives } from "../../../src/secagg/crypto/portable-primitives.js";
import type { Primitives } from "../../../src/secagg/crypto/primitives.js";
import { fromHex, toHex, vectors } from "./vectors.js";

const x25519 = vectors("x25519");
const ed25519 = vectors("ed25519");
const aes = vectors("aes-256-ctr");
const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => new Uint8Array(bytes));
const message = fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes));
const FEW = { numRuns: 10 };

/** What every implementation of Primitives keeps to: the published vectors, and the portable one's bytes and verdicts. */
export function primitivesContract(create: () => Promise<Primitives>): void {
  const reference = portablePrimitives();
  let primitives: Primitives;
  beforeAll(async () => {
    primitives = await create();
  });

  describe("X25519", () => {
    it.each<{ secretKey: string; publicKey: string; shared: string }>(x25519.agreements)(
      "agrees as published with $publicKey",
      async ({ secretKey, publicKey, shared }) => {
        const [agreed] = await primitives.agree(fromHex(secretKey), [fromHex(publicKey)]);
        expect(agreed && toHex(agreed)).toBe(shared);
      },
    );

    it.each<{ secretKey: string; publicKey: string }>(x25519.keyPairs)(
      "has the published public key $publicKey",
      async ({ secretKey, publicKey }) => {
        expect(toHex(await primitives.agreementKey(fromHex(secretKey)))).toBe(publicKey);
      },
    );

    it("finds no agreement with a point of small order, and keeps the others' places", async () => {
      const weak: string[] = x25519.smallOrder;
      const good = await primitives.agreementKey(new Uint8Array(32).fill(5));
      const keys = [...weak.map(fromHex), good];
      const agreed = await primitives.agree(new Uint8Array(32).fill(7), keys);
      expect(agreed.map(Boolean)).toEqual([...weak.map(() => false), true]);
    });

    it("is the same as the reference for any keys", async () => {
      await fc.assert(
        fc.asyncProperty(key, key, async (secret, other) => {
          const publicKey = await reference.agreementKey(other);
          expect(await primitives.agreementKey(other)).toEqual(publicKey);
          // A key is any 32 bytes: also one that no secret key has.
          for (const point of [publicKey, other]) {
            expect(await primitives.agree(secret, [point])).toEqual(await reference.agree(secret, [point]));
          }
        }),
        FEW,
      );
    });
  });

  describe("secrets whose buffer is erased and filled again", () => {
    const [one, other] = [new Uint8Array(32).fill(3), new Uint8Array(32).fill(4)];

    it("agree as the bytes that are there", async () => {
      const point = await reference.agreementKey(new Uint8Array(32).fill(5));
      for (const after of [other, new Uint8Array(32)]) {
        const secret = one.slice();
        await primitives.agreementKey(secret);
        secret.fill(0);
        secret.set(after);
        expect(await primitives.agree(secret, [point])).toEqual(await reference.agree(after, [point]));
        expect(await primitives.agreementKey(secret)).toEqual(await reference.agreementKey(after));
      }
    });

    it("sign as the bytes that are there", async () => {
      const text = new Uint8Array(9).fill(1);
      for (const after of [other, new Uint8Array(32)]) {
        const seed = one.slice();
        expect(await primitives.sign(seed, text)).toEqual(await reference.sign(one, text));
        seed.fill(0);
        seed.set(after);
        expect(await primitives.sign(seed, text)).toEqual(await reference.sign(after, text));
        expect(await primitives.signingKey(seed)).toEqual(await reference.signingKey(after));
      }
    });
  });

  describe("Ed25519", () => {
    type Signed = { seed: string; publicKey: string; message: string; signature: string };

    it.each<Signed>(ed25519.signatures)("signs $message as published", async (published) => {
      const { seed, publicKey, signature } = published;
      const text = fromHex(published.message);
      expect(toHex(await primitives.signingKey(fromHex(seed)))).toBe(publicKey);
      expect(toHex(await primitives.sign(fromHex(seed), text))).toBe(signature);
      expect(await primitives.verify(fromHex(publicKey), text, fromHex(signature))).toBe(true);
    });

    it("refuses the second spelling of a signature, S + L", async () => {
      const { publicKey, message: text, signature } = ed25519.signatures[1] as Signed;
      const order = 2n ** 252n + 27742317777372353535851937790883648493n;
      const reversed = (hex: string) => hex.match(/../g)?.reverse().join("") ?? "";
      const scalar = BigInt(`0x${reversed(signature.slice(64))}`) + order;
      const again = signature.slice(0, 64) + reversed(scalar.toString(16).padStart(64, "0"));
      expect(await primitives.verify(fromHex(publicKey), fromHex(text), fromHex(again))).toBe(false);
    });

    it("refuses keys and signatures of a wrong length or from another message, and throws for none", async () => {
      const { publicKey, message: text, signature } = ed25519.signatures[2] as Signed;
      const [right, said, signed] = [fromHex(publicKey), fromHex(text), fromHex(signature)];
      expect(await primitives.verify(right.slice(1), said, signed)).toBe(false);
      expect(await primitives.verify(right, said, signed.slice(1))).toBe(false);
      expect(await primitives.verify(right, said, new Uint8Array(0))).toBe(false);
      expect(await primitives.verify(right, said.slice(1), signed)).toBe(false);
      expect(await primitives.verify(new Uint8Array(32).fill(255), said, signed)).toBe(false);
    });

    it("is the same as the reference for any seed and message, and refuses any flipped bit", async () => {
      await fc.assert(
        fc.asyncProperty(key, message, fc.nat(511), async (seed, text, bit) => {
          const publicKey = await reference.signingKey(seed);
          const signature = await reference.sign(seed, text);
          expect(await primitives.signingKey(seed)).toEqual(publicKey);
          expect(await primitives.sign(seed, text)).toEqual(signature);
          expect(await primitives.verify(publicKey, text, signature)).toBe(true);
          signature[bit >>> 3] = (signature[bit >>> 3] ?? 0) ^ (1 << (bit & 7));
          expect(await primitives.verify(publicKey, text, signature)).toBe(false);
        }),
        FEW,
      );
    });
  });

  describe("AES-256-CTR", () => {
    it.each<{ source: string; key: string; start: string; stream: string }>(aes.streams)(
      "streams as in $source",
      async ({ key: secret, start, stream }) => {
        const read = (await primitives.keystream(fromHex(secret), fromHex(start))).read(stream.length / 2);
        expect(toHex(await read)).toBe(stream);
      },
    );

    it("starts at 0", async () => {
      const { key: secret, start, stream } = aes.streams[2];
      expect(start).toMatch(/^0+$/);
      expect(toHex(await (await primitives.keystream(fromHex(secret))).read(48))).toBe(stream);
    });

    it("carries over all 128 bits of the counter, and back to 0", async () => {
      const start = new Uint8Array(16).fill(255);
      const stream = await primitives.keystream(fromHex(aes.streams[2].key), start);
      await stream.read(16);
      expect(toHex(await stream.read(48))).toBe(aes.streams[2].stream);
    });

    it("is the same as the reference however it is read", async () => {
      const reads = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(key, key, reads, fc.nat(15), async (secret, counter, blocks, rest) => {
          const start = counter.slice(0, 16);
          const lengths = [...blocks.map((count) => 16 * count), rest];
          const total = lengths.reduce((sum, length) => sum + length, 0);
          const whole = await (await reference.keystream(secret, start)).read(total);
          const stream = await primitives.keystream(secret, start);
          let at = 0;
          for (const length of lengths) {
            expect(await stream.read(length)).toEqual(whole.slice(at, at + length));
            at += length;
          }
        }),
        FEW,
      );
    });

    it("gives bytes that their reader may overwrite", async () => {
      const secret = new Uint8Array(32).fill(3);
      const first = await (await primitives.keystream(secret)).read(64);
      const kept = first.slice();
      first.fill(0xff);
      expect(await (await primitives.keystream(secret)).read(64)).toEqual(kept);
    });
  });

  describe("sealing", () => {
    it("opens what it sealed, and nothing else", async () => {
      await fc.assert(
        fc.asyncProperty(key, message, fc.nat(), async (secret, text, flip) => {
          const box = await primitives.seal(secret, text);
          expect(box.length).toBe(text.length + 16);
          expect(await primitives.open(secret, box)).toEqual(text);
          expect(await reference.open(secret, box)).toEqual(text);
          box[flip % box.length] = (box[flip % box.length] ?? 0) ^ 1;
          expect(await primitives.open(secret, box)).toBeUndefined();
        }),
        FEW,
      );
    });
  });

  describe("sharing", () => {
    it("opens a secret from any threshold of its shares, with the reference's arithmetic", async () => {
      await fc.assert(
        fc.asyncProperty(key, fc.integer({ min: 2, max: 20 }), fc.nat(20), async (secret, least, more) => {
          const shares = await primitives.split(secret, least + more, least);
          const chosen = shares.slice(-least).map((share) => new Uint8Array(share));
          expect(chosen.every((share) => share.length === secret.length + 1)).toBe(true);
          expect(await primitives.combine(chosen)).toEqual(secret);
          expect(await reference.combine(chosen)).toEqual(secret);
        }),
        FEW,
      );
    });
  });
}
