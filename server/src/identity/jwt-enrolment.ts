import { createHash, type KeyObject } from "node:crypto";
import { refuse } from "@tacit/shared";
import { errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { Enrolment } from "./enrolment.js";

export interface JwtEnrolmentOptions {
  /** The host's public keys ({@link readJwtKeys}). */
  readonly keys: JWTVerifyGetKey | KeyObject;
  /** What the token's `iss` must be. */
  readonly issuer: string;
  /** What the token's `aud` must be or hold. */
  readonly audience: string;
  /** Keys that one `sub` may enrol, those that were revoked included; 5 when left out. */
  readonly keysPerSubject?: number | undefined;
}

export const DEFAULT_KEYS_PER_SUBJECT = 5;
const CLOCK_TOLERANCE_SECONDS = 30;
const LONGEST_SUBJECT = 256;
/** Asymmetric ones only: with HS256 a public key would be the secret that signs, and "none" signs nothing. */
const ALGORITHMS = [
  ...["EdDSA", "Ed25519", "ES256", "ES384", "ES512"],
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
];
/** Of jose: the keys could not be fetched, which says nothing about the token. */
const UNAVAILABLE: ReadonlySet<string> = new Set([
  "ERR_JWKS_TIMEOUT",
  "ERR_JOSE_GENERIC",
  "ERR_JWKS_INVALID",
]);

/** Enrols whom the host's own backend vouches for, by a signed token (RFC 7519) with `iss`, `aud`, `exp` and `sub`. */
export function jwtEnrolment(options: JwtEnrolmentOptions): Enrolment {
  const { issuer, audience, keysPerSubject = DEFAULT_KEYS_PER_SUBJECT } = options;
  return {
    mode: "jwt",
    async enrol(identities, client, credential) {
      if (credential === undefined) {
        return refuse("not-enrolled", "a token of the host's backend is needed", "credential");
      }
      const verified = await verify(credential, options);
      if (!verified.ok) return verified;
      const subject = hashOf(issuer, verified.subject);
      const outcome = await identities.enrolForSubject(client, subject, keysPerSubject, new Date());
      if (outcome === "enrolled") return { ok: true };
      const message = `this user has enrolled ${keysPerSubject} keys, which is all that one may`;
      return refuse("bad-credential", message, "credential");
    },
  };

  async function verify(token: string, { keys }: JwtEnrolmentOptions) {
    const checks = {
      issuer,
      audience,
      algorithms: ALGORITHMS,
      requiredClaims: ["sub", "exp"],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    };
    try {
      const { payload } = await (typeof keys === "function"
        ? jwtVerify(token, keys, checks)
        : jwtVerify(token, keys, checks));
      const { sub } = payload;
      if (typeof sub === "string" && sub !== "" && sub.length <= LONGEST_SUBJECT) {
        return { ok: true, subject: sub } as const;
      }
      return refuse("bad-credential", `sub: must have 1 to ${LONGEST_SUBJECT} characters`, "credential");
    } catch (error) {
      if (isUnavailable(error)) return refuse("busy", "the host's keys cannot be fetched now");
      return refuse("bad-credential", reasonOf(error), "credential");
    }
  }
}

/** A subject is kept as a hash: the coordinator's database names no user of the host's. */
const hashOf = (issuer: string, subject: string): string =>
  createHash("sha256")
    .update(JSON.stringify([issuer, subject]))
    .digest("hex");

/** What is wrong with a token comes as an error of jose's or, for a key of the wrong kind, as a TypeError. */
function isUnavailable(error: unknown): boolean {
  if (error instanceof errors.JOSEError) return UNAVAILABLE.has(error.code);
  return !(error instanceof TypeError) || error.message === "fetch failed";
}

/** jose's messages name the claim or the check that failed, never what was in the token. */
function reasonOf(error: unknown): string {
  const claim = error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired;
  if (claim) return `${error.claim}: ${error.message}`;
  return error instanceof errors.JOSEError ? error.message : "the token does not fit the host's keys";
}
