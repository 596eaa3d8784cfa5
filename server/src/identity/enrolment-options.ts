import type { Command } from "commander";
import { describeError } from "../describe-error.js";
import { ENROLMENTS } from "../store/identity-store.js";
import type { Enrolment } from "./enrolment.js";
import { inviteEnrolment } from "./invite-enrolment.js";
import { DEFAULT_KEYS_PER_SUBJECT, jwtEnrolment } from "./jwt-enrolment.js";
import { readJwtKeys } from "./jwt-keys.js";
import { openEnrolment } from "./open-enrolment.js";

const MOST_KEYS = 1000;

/** As they were typed. */
export interface EnrolmentOptions {
  readonly enrolment: string;
  readonly jwtJwks?: string;
  readonly jwtIssuer?: string;
  readonly jwtAudience?: string;
  readonly jwtKeys: string;
}

/** A flag that cannot be meant; the message names it. */
export class ParameterError extends Error {
  override readonly name = "ParameterError";
  constructor(flag: string, message: string) {
    super(`${flag}: ${message}`);
  }
}

export function withEnrolmentOptions(command: Command): Command {
  return command
    .option("--enrolment <mode>", `whose keys are let in: ${ENROLMENTS.join(", ")}`, "open")
    .option("--jwt-jwks <source>", "the host's public keys: a JWKS by https URL, a JWKS file, or a PEM file")
    .option("--jwt-issuer <iss>", "what a token's iss must be")
    .option("--jwt-audience <aud>", "what a token's aud must be")
    .option(
      "--jwt-keys <number>",
      `keys that one sub may enrol, 1 to ${MOST_KEYS}`,
      String(DEFAULT_KEYS_PER_SUBJECT),
    );
}

/** @throws ParameterError */
export async function readEnrolment(options: EnrolmentOptions): Promise<Enrolment> {
  switch (options.enrolment) {
    case "open":
      return openEnrolment;
    case "invite":
      return inviteEnrolment;
    case "jwt":
      return jwtEnrolment({
        keysPerSubject: keysPerSubject(options.jwtKeys),
        issuer: needed("--jwt-issuer", options.jwtIssuer),
        audience: needed("--jwt-audience", options.jwtAudience),
        keys: await keysFrom(needed("--jwt-jwks", options.jwtJwks)),
      });
    default:
      throw new ParameterError("--enrolment", `must be one of ${ENROLMENTS.join(", ")}`);
  }
}

function needed(flag: string, value: string | undefined): string {
  if (value === undefined || value === "") throw new ParameterError(flag, "is needed with --enrolment jwt");
  return value;
}

async function keysFrom(source: string) {
  try {
    return await readJwtKeys(source);
  } catch (error) {
    throw new ParameterError("--jwt-jwks", `${source} ${describeError(error)}`);
  }
}

function keysPerSubject(value: string): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= 1 && number <= MOST_KEYS) return number;
  throw new ParameterError("--jwt-keys", `must be a whole number from 1 to ${MOST_KEYS}`);
}
