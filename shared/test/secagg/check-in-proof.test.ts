import { describe, expect, it } from "vitest";
import { proveCheckIn, wrongInCheckIn } from "../../src/secagg/check-in-proof.js";
import { platformPrimitives } from "../../src/secagg/crypto/platform-primitives.js";
import { randomSecret } from "../../src/secagg/crypto/primitives.js";
import { clientIdOf, signerFromSeed } from "../../src/secagg/identity.js";

const primitives = await platformPrimitives();
const signer = await signerFromSeed(primitives, randomSecret(primitives));
const other = await signerFromSeed(primitives, randomSecret(primitives));
const context = {
  nonce: "01".repeat(32),
  taskHash: "02".repeat(32),
  clientId: clientIdOf(signer.publicKey),
};
const wrong = wrongInCheckIn.bind(undefined, primitives);

describe("a proof of possession", () => {
  it("holds for the connection, the task and the client that it was made for", async () => {
    expect(await wrong(context, await proveCheckIn(signer, context))).toBeUndefined();
  });

  it.each([
    ["another connection", { nonce: "03".repeat(32) }],
    ["another task", { taskHash: "03".repeat(32) }],
  ])("holds for no %s", async (_, changes) => {
    const proof = await proveCheckIn(signer, context);
    expect(await wrong({ ...context, ...changes }, proof)).toBe("signature");
  });

  it("cannot be made with another key: it does not fit the id, or the signature does not fit the key", async () => {
    const stolen = await proveCheckIn(other, context);
    expect(await wrong(context, stolen)).toBe("identityKey");
    const { identityKey } = await proveCheckIn(signer, context);
    expect(await wrong(context, { ...stolen, identityKey })).toBe("signature");
  });
});
