import { refuse } from "@tacit/shared";
import type { InviteRefusal } from "../store/identity-store.js";
import type { Enrolment } from "./enrolment.js";
import { inviteTokenHash } from "./invite-token.js";

const REFUSALS: Record<InviteRefusal, string> = {
  unknown: "this coordinator gave out no such invite",
  expired: "the invite has expired",
  "used-up": "the invite has no uses left",
};

/** Enrols who brings an invite of the operator's. */
export const inviteEnrolment: Enrolment = {
  mode: "invite",
  async enrol(identities, client, credential) {
    if (credential === undefined) return refuse("not-enrolled", "an invite is needed", "credential");
    const outcome = await identities.enrolByInvite(client, inviteTokenHash(credential), new Date());
    return outcome === "enrolled" ? { ok: true } : refuse("bad-credential", REFUSALS[outcome], "credential");
  },
};
