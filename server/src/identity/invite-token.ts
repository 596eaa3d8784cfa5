import { createHash, randomBytes } from "node:crypto";
import type { IdentityStore } from "../store/identity-store.js";

const TOKEN_BYTES = 32;
const DAY_MILLISECONDS = 86_400_000;

/** What is kept of a token: 64 hex digits. The token has 256 random bits, so a plain hash gives nothing away. */
export const inviteTokenHash = (token: string): string => createHash("sha256").update(token).digest("hex");

/** Makes a token that lets `uses` clients in within the next `days`. It cannot be read again. */
export async function createInvite(
  identities: IdentityStore,
  { uses, days }: { readonly uses: number; readonly days: number },
): Promise<{ readonly token: string; readonly expiresAt: Date }> {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const expiresAt = new Date(Date.now() + days * DAY_MILLISECONDS);
  await identities.addInvite({ tokenHash: inviteTokenHash(token), uses, expiresAt });
  return { token, expiresAt };
}
