import { createPublicKey, type KeyObject } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createLocalJWKSet, createRemoteJWKSet, type JWTVerifyGetKey } from "jose";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * The public keys that tokens are checked with: a JWKS by https URL (fetched when needed, cached, fetched again for
 * an unknown key), a JWKS file, or one public key in PEM.
 * @throws Error saying what is wrong with the source.
 */
export async function readJwtKeys(source: string): Promise<JWTVerifyGetKey | KeyObject> {
  const url = /^https?:\/\//.test(source) && URL.canParse(source) ? new URL(source) : undefined;
  if (url) {
    if (url.protocol !== "https:" && !LOOPBACK.has(url.hostname)) {
      throw new Error("must be https: whoever can change the keys on their way can enrol anyone");
    }
    return createRemoteJWKSet(url);
  }
  const text = await readFile(source, "utf8");
  if (text.includes("-----BEGIN")) {
    if (/PRIVATE KEY-----/.test(text)) throw new Error("is a private key; only the public one belongs here");
    const key = createPublicKey(text);
    if (key.asymmetricKeyType === undefined) throw new Error("is no public key");
    return key;
  }
  const set: unknown = JSON.parse(text);
  if (!isKeySet(set)) throw new Error('is neither a JWKS ({ "keys": […] }) nor a public key in PEM');
  if (set.keys.some((key) => "d" in key || "k" in key)) throw new Error("holds a private or a shared key");
  return createLocalJWKSet(set);
}

function isKeySet(value: unknown): value is { keys: { kty: string }[] } {
  if (typeof value !== "object" || value === null || !("keys" in value) || !Array.isArray(value.keys))
    return false;
  const { keys } = value;
  return (
    keys.length > 0 &&
    keys.every(
      (key: unknown) =>
        typeof key === "object" && key !== null && "kty" in key && typeof key.kty === "string",
    )
  );
}
