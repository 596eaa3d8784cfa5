import { hexToBytes } from "@noble/hashes/utils.js";
import type { Bytes } from "./crypto/bytes.js";
import { labelledHash } from "./crypto/labelled-hash.js";
import { LARGEST_COHORT } from "./graph/graph-parameters.js";
import { encode, type Members, members } from "./messages/codec.js";
import {
  type Advertisement,
  advertisementCodec,
  type CohortTerms,
  type Roster,
  rosterCodec,
  termsCodec,
} from "./messages/messages.js";

const EMPTY_SIGNATURE = new Uint8Array(64);

/** What each client of a cohort signs to advertise its keys: the cohort, its terms (with task and model chain) and the keys. */
export function advertisedBytes(
  cohortId: string,
  terms: CohortTerms,
): (advertisement: Omit<Advertisement, "signature">) => Bytes {
  const beginning = [hexToBytes(cohortId), encode(termsCodec, terms)];
  return (advertisement) => {
    const unsigned = encode(advertisementCodec, { ...advertisement, signature: EMPTY_SIGNATURE });
    return labelledHash("advertise", ...beginning, unsigned);
  };
}

/** sid: the hash of everything said so far. Whoever was told something else derives other keys. */
export const sessionHash = (cohortId: string, terms: CohortTerms, roster: Roster): Bytes =>
  labelledHash("session", hexToBytes(cohortId), encode(termsCodec, terms), encode(rosterCodec, roster));

/** What a client signs once, before unmasking: this session, these sharers, these survivors. */
export function survivorBytes(session: Bytes, sharers: Members, survivors: Members): Bytes {
  const set = members(LARGEST_COHORT);
  return labelledHash("survivors", session, encode(set, sharers), encode(set, survivors));
}
