import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inviteEnrolment } from "../../src/identity/invite-enrolment.js";
import { createInvite } from "../../src/identity/invite-token.js";
import { jwtEnrolment } from "../../src/identity/jwt-enrolment.js";
import { readJwtKeys } from "../../src/identity/jwt-keys.js";
import { openEnrolment } from "../../src/identity/open-enrolment.js";
import { openMemoryStore } from "../../src/store/open-store.js";
import type { Store } from "../../src/store/store.js";

let store: Store;
let folder: string;
beforeAll(async () => {
  store = await openMemoryStore();
  folder = await mkdtemp(join(tmpdir(), "tacit-keys-"));
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const newKey = () => ({
  clientId: randomBytes(16).toString("hex"),
  identityKey: randomBytes(32).toString("hex"),
});
const BAD = { ok: false, reason: "bad-credential", field: "credential" };

describe("open enrolment", () => {
  it("lets in whoever comes", async () => {
    const client = newKey();
    expect(await openEnrolment.enrol(store.identities, client, undefined)).toEqual({ ok: true });
    expect(await store.identities.client(client.clientId)).toMatchObject({ enrolledBy: "open" });
  });
});

describe("enrolment by invite", () => {
  const enrol = (credential?: string) => inviteEnrolment.enrol(store.identities, newKey(), credential);

  it("says that one is needed, and lets in as many as it was made for", async () => {
    const { token } = await createInvite(store.identities, { uses: 2, days: 1 });
    expect(await enrol()).toMatchObject({ ok: false, reason: "not-enrolled" });
    expect(await enrol(token)).toEqual({ ok: true });
    expect(await enrol(token)).toEqual({ ok: true });
    expect(await enrol(token)).toMatchObject({ ...BAD, message: /no uses left/ });
  });

  it("refuses one that expired, and one that it never made", async () => {
    const { token } = await createInvite(store.identities, { uses: 1, days: 0 });
    expect(await enrol(token)).toMatchObject({ ...BAD, message: /expired/ });
    expect(await enrol(`${token}x`)).toMatchObject({ ...BAD, message: /no such invite/ });
  });
});

describe("enrolment by JWT", async () => {
  const host = await generateKeyPair("ES256", { extractable: true });
  const stranger = await generateKeyPair("ES256");
  const jwk = { ...(await exportJWK(host.publicKey)), kid: "1", alg: "ES256" };
  const claims = { issuer: "https://app.example", audience: "tacit" };
  const now = () => Math.floor(Date.now() / 1000);
  type Claims = Readonly<Record<string, unknown>>;
  const payload = (changes: Claims = {}): JWTPayload => ({
    iss: claims.issuer,
    aud: claims.audience,
    exp: now() + 300,
    sub: randomBytes(8).toString("hex"),
    ...changes,
  });
  const sign = (changes: Claims = {}, key = host.privateKey) =>
    new SignJWT(payload(changes)).setProtectedHeader({ alg: "ES256", kid: "1" }).sign(key);

  const write = async (name: string, text: string) => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  const fromFile = async () => {
    const keys = await readJwtKeys(await write("jwks.json", JSON.stringify({ keys: [jwk] })));
    return jwtEnrolment({ ...claims, keys, keysPerSubject: 2 });
  };
  const enrol = async (token: string | undefined, client = newKey()) =>
    (await fromFile()).enrol(store.identities, client, token);

  it("lets in whom the host's backend vouches for, and keeps no name", async () => {
    const client = newKey();
    expect(await enrol(undefined)).toMatchObject({ ok: false, reason: "not-enrolled" });
    expect(await enrol(await sign({ sub: "ann@app.example" }), client)).toEqual({ ok: true });
    const kept = await store.identities.client(client.clientId);
    expect(kept).toMatchObject({ enrolledBy: "jwt" });
    expect(JSON.stringify(kept)).not.toContain("ann");
  });

  it.each<[string, Claims, RegExp]>([
    ["issuer", { iss: "https://other.example" }, /iss/],
    ["audience", { aud: "another" }, /aud/],
    ["expiry", { exp: now() - 3600 }, /exp/],
    ["expiry at all", { exp: undefined }, /exp/],
    ["start", { nbf: now() + 3600 }, /nbf/],
    ["subject at all", { sub: undefined }, /sub/],
    ["subject", { sub: "" }, /sub/],
  ])("refuses a token with a wrong or without %s", async (_, changes, message) => {
    expect(await enrol(await sign(changes))).toMatchObject({ ...BAD, message });
  });

  it("refuses a token of another key, and what is no token", async () => {
    expect(await enrol(await sign({}, stranger.privateKey))).toMatchObject(BAD);
    for (const token of ["x", "a.b.c", "..", "é".repeat(20)]) expect(await enrol(token)).toMatchObject(BAD);
  });

  it("refuses a token that nobody signed", async () => {
    const token = new UnsecuredJWT(payload()).encode();
    expect(await enrol(token)).toMatchObject({ ...BAD, message: /alg/ });
  });

  it("refuses a token signed with the public key as if it were a shared secret", async () => {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
    const token = await new SignJWT(payload())
      .setProtectedHeader({ alg: "HS256" })
      .sign(new TextEncoder().encode(pem));
    const enrolment = jwtEnrolment({ ...claims, keys: await readJwtKeys(await write("rsa.pem", pem)) });
    const reply = await enrolment.enrol(store.identities, newKey(), token);
    expect(reply).toMatchObject({ ...BAD, message: /alg/ });
    expect(await enrol(token)).toMatchObject({ ...BAD, message: /alg/ });
  });

  it("takes a key in PEM, and refuses an algorithm that it is not for", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
    const enrolment = jwtEnrolment({ ...claims, keys: await readJwtKeys(await write("ed.pem", pem)) });
    const token = await new SignJWT(payload()).setProtectedHeader({ alg: "EdDSA" }).sign(privateKey);
    expect(await enrolment.enrol(store.identities, newKey(), token)).toEqual({ ok: true });
    expect(await enrolment.enrol(store.identities, newKey(), await sign())).toMatchObject(BAD);
  });

  it("lets one subject enrol so many keys and no more; the same key again is none more", async () => {
    const token = await sign({ sub: "bob" });
    const first = newKey();
    expect(await enrol(token, first)).toEqual({ ok: true });
    expect(await enrol(token)).toEqual({ ok: true });
    expect(await enrol(token)).toMatchObject({ ...BAD, message: /2 keys/ });
    expect(await enrol(token, first)).toEqual({ ok: true });
  });

  it("fetches keys by URL; while it cannot, it says busy and blames no token", async () => {
    const answers = [
      { status: 503, body: "" },
      { status: 200, body: JSON.stringify({ keys: [jwk] }) },
    ];
    const server = createServer((_, response) => {
      const { status, body } = answers.shift() ?? { status: 500, body: "" };
      response.writeHead(status, { "content-type": "application/json" }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const enrolment = jwtEnrolment({ ...claims, keys: await readJwtKeys(`http://127.0.0.1:${port}/jwks`) });
    const token = await sign();
    const attempt = () => enrolment.enrol(store.identities, newKey(), token);
    expect(await attempt()).toMatchObject({ ok: false, reason: "busy" });
    expect(await attempt()).toEqual({ ok: true });
    await new Promise((resolve) => server.close(resolve));
    const unreachable = jwtEnrolment({ ...claims, keys: await readJwtKeys(`http://127.0.0.1:${port}/jwks`) });
    expect(await unreachable.enrol(store.identities, newKey(), token)).toMatchObject({ reason: "busy" });
  });

  it("takes public keys only, and none over a connection that anybody can change", async () => {
    await expect(readJwtKeys("http://app.example/jwks.json")).rejects.toThrow(/https/);
    const secret = JSON.stringify({ keys: [await exportJWK(host.privateKey)] });
    await expect(readJwtKeys(await write("secret.json", secret))).rejects.toThrow(/private/);
    await expect(readJwtKeys(await write("empty.json", "{}"))).rejects.toThrow(/JWKS/);
    const { privateKey } = generateKeyPairSync("ed25519");
    const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    await expect(readJwtKeys(await write("private.pem", pem))).rejects.toThrow(/private/);
  });
});
