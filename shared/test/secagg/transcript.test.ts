import { describe, expect, it } from "vitest";
import { equalBytes } from "../../src/secagg/crypto/bytes.js";
import type { Advertisement } from "../../src/secagg/messages/messages.js";
import { advertisedBytes, sessionHash, survivorBytes } from "../../src/secagg/transcript.js";
import { flipped } from "./adversary/attack.js";
import { COHORT_ID, exampleTerms } from "./support/example-cohort.js";

const OTHER_COHORT = "c1".repeat(16);
const terms = exampleTerms(3);
const otherTerms = [
  { ...terms, taskHash: flipped(terms.taskHash) },
  { ...terms, modelVersion: 8 },
  { ...terms, modelHash: flipped(terms.modelHash) },
  { ...terms, size: 4 },
  { ...terms, minimumSurvivors: 3 },
  { ...terms, corrupt: 0.1 },
  { ...terms, dropout: 0.2 },
  { ...terms, adversary: "semi-malicious" as const },
  { ...terms, dimension: 5 },
  { ...terms, bits: 17 },
  { ...terms, clip: 2 },
  { ...terms, noiseMultiplier: 1 },
];

const key = (value: number) => new Uint8Array(32).fill(value);
const entry: Advertisement = {
  clientId: new Uint8Array(16),
  identityKey: key(1),
  encryptionKey: key(2),
  maskingKey: key(3),
  nonce: key(4),
  signature: new Uint8Array(64),
};
const otherEntries: readonly Advertisement[] = [
  { ...entry, clientId: flipped(entry.clientId) },
  { ...entry, identityKey: flipped(entry.identityKey) },
  { ...entry, encryptionKey: flipped(entry.encryptionKey) },
  { ...entry, maskingKey: flipped(entry.maskingKey) },
  { ...entry, nonce: flipped(entry.nonce) },
];

function expectAllDifferent(hashes: readonly Uint8Array[]): void {
  for (const [at, hash] of hashes.entries()) {
    expect(hashes.findIndex((other) => equalBytes(other, hash))).toBe(at);
  }
}

describe("nothing that was said can be exchanged", () => {
  it("under a signature over keys", () => {
    expectAllDifferent([
      advertisedBytes(COHORT_ID, terms)(entry),
      advertisedBytes(OTHER_COHORT, terms)(entry),
      ...otherTerms.map((other) => advertisedBytes(COHORT_ID, other)(entry)),
      ...otherEntries.map((other) => advertisedBytes(COHORT_ID, terms)(other)),
    ]);
  });

  it("within a session", () => {
    const session = (clients: readonly Advertisement[]) => sessionHash(COHORT_ID, terms, { clients });
    expectAllDifferent([
      session([entry]),
      session([entry, entry]),
      session([{ ...entry, signature: flipped(entry.signature) }]),
      ...otherEntries.map((other) => session([other])),
      sessionHash(OTHER_COHORT, terms, { clients: [entry] }),
      ...otherTerms.map((other) => sessionHash(COHORT_ID, other, { clients: [entry] })),
    ]);
  });

  it("under a signature over survivors", () => {
    const all = { of: 3, clients: [0, 1, 2] };
    const some = { of: 3, clients: [0, 1] };
    expectAllDifferent([
      survivorBytes(key(5), all, all),
      survivorBytes(key(6), all, all),
      survivorBytes(key(5), all, some),
      survivorBytes(key(5), some, all),
      survivorBytes(key(5), some, some),
    ]);
  });
});
