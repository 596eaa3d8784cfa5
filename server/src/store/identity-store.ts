/** Why a key was let in. */
export const ENROLMENTS = ["open", "invite", "jwt"] as const;
export type EnrolmentMode = (typeof ENROLMENTS)[number];

/** A client id with the key that it is the hash of. */
export interface ClientKey {
  /** 32 hex digits. */
  readonly clientId: string;
  /** Ed25519 public key: 64 hex digits. */
  readonly identityKey: string;
}

export interface EnrolledClient extends ClientKey {
  readonly enrolledBy: EnrolmentMode;
  readonly enrolledAt: Date;
  readonly revokedAt: Date | undefined;
}

export interface Invite {
  /** SHA-256 of the token: 64 hex digits. The token itself is not kept. */
  readonly tokenHash: string;
  readonly uses: number;
  readonly expiresAt: Date;
}

export type InviteRefusal = "unknown" | "expired" | "used-up";

/**
 * Which keys are enrolled. Enrolling is idempotent by client id: a client that is enrolled stays as it is, revoked
 * or not, and uses nothing up.
 */
export interface IdentityStore {
  client(clientId: string): Promise<EnrolledClient | undefined>;
  /** The oldest first. */
  clients(): Promise<readonly EnrolledClient[]>;
  enrol(client: ClientKey, now: Date): Promise<void>;
  addInvite(invite: Invite): Promise<void>;
  /** Takes one use off the invite, in the transaction that enrols. */
  enrolByInvite(client: ClientKey, tokenHash: string, now: Date): Promise<"enrolled" | InviteRefusal>;
  /**
   * @param subject for whom the key is: 64 hex digits of a hash.
   * @param most keys that one subject may enrol, those that were revoked included.
   */
  enrolForSubject(
    client: ClientKey,
    subject: string,
    most: number,
    now: Date,
  ): Promise<"enrolled" | "too-many-keys">;
  /** For good. Revoking again changes nothing. */
  revoke(clientId: string, now: Date): Promise<"revoked" | "unknown">;
}
