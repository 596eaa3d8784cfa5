import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import type { IdentityStore } from "../../src/store/identity-store.js";
import type { Store } from "../../src/store/store.js";

const hex = (bytes: number) => randomBytes(bytes).toString("hex");
const newKey = () => ({ clientId: hex(16), identityKey: hex(32) });
const NOW = new Date("2024-05-06T07:08:09.123Z");
const LATER = new Date("2024-05-07T07:08:09.123Z");

/** What every store promises of identities. */
export function describeIdentityStore(open: () => Store): void {
  const invite = async (identities: IdentityStore, uses: number) => {
    const tokenHash = hex(32);
    await identities.addInvite({ tokenHash, uses, expiresAt: LATER });
    return tokenHash;
  };

  it("enrols a key once and keeps what it knew first", async () => {
    const { identities } = open();
    const client = newKey();
    expect(await identities.client(client.clientId)).toBeUndefined();
    await identities.enrol(client, NOW);
    await identities.enrol({ ...client, identityKey: hex(32) }, LATER);
    const kept = { ...client, enrolledBy: "open", enrolledAt: NOW, revokedAt: undefined };
    expect(await identities.client(client.clientId)).toEqual(kept);
    expect(await identities.clients()).toContainEqual(kept);
  });

  it("takes one use off an invite for each new key, and none for a key that is enrolled", async () => {
    const { identities } = open();
    const token = await invite(identities, 2);
    const [ann, bob, eve] = [newKey(), newKey(), newKey()];
    expect(await identities.enrolByInvite(ann, token, NOW)).toBe("enrolled");
    expect(await identities.enrolByInvite(ann, token, NOW)).toBe("enrolled");
    expect(await identities.enrolByInvite(bob, token, NOW)).toBe("enrolled");
    expect(await identities.enrolByInvite(eve, token, NOW)).toBe("used-up");
    expect(await identities.enrolByInvite(ann, token, NOW)).toBe("enrolled");
    expect(await identities.client(eve.clientId)).toBeUndefined();
    expect(await identities.client(bob.clientId)).toMatchObject({ enrolledBy: "invite" });
  });

  it("refuses an invite that it does not know, and one from the moment that it expires", async () => {
    const { identities } = open();
    const token = await invite(identities, 1);
    expect(await identities.enrolByInvite(newKey(), hex(32), NOW)).toBe("unknown");
    expect(await identities.enrolByInvite(newKey(), token, LATER)).toBe("expired");
    expect(await identities.enrolByInvite(newKey(), token, NOW)).toBe("enrolled");
  });

  it("gives the last use of an invite to one of many that come at once", async () => {
    const { identities } = open();
    const token = await invite(identities, 1);
    const rivals = Array.from({ length: 6 }, newKey);
    const answers = await Promise.all(rivals.map((rival) => identities.enrolByInvite(rival, token, NOW)));
    expect(answers.toSorted()).toEqual(["enrolled", ...Array(5).fill("used-up")]);
    const enrolled = await Promise.all(rivals.map(({ clientId }) => identities.client(clientId)));
    expect(enrolled.filter(Boolean)).toHaveLength(1);
  });

  it("answers a client that asks twice at once twice, for one use", async () => {
    const { identities } = open();
    const token = await invite(identities, 2);
    const client = newKey();
    const twice = [1, 2].map(() => identities.enrolByInvite(client, token, NOW));
    expect(await Promise.all(twice)).toEqual(["enrolled", "enrolled"]);
    expect(await identities.enrolByInvite(newKey(), token, NOW)).toBe("enrolled");
    expect(await identities.enrolByInvite(newKey(), token, NOW)).toBe("used-up");
  });

  it("enrols as many keys for one subject as are allowed, also when they come at once", async () => {
    const { identities } = open();
    const [subject, other] = [hex(32), hex(32)];
    const keys = Array.from({ length: 5 }, newKey);
    const answers = await Promise.all(keys.map((key) => identities.enrolForSubject(key, subject, 2, NOW)));
    expect(answers.filter((answer) => answer === "enrolled")).toHaveLength(2);
    expect(answers.filter((answer) => answer === "too-many-keys")).toHaveLength(3);
    const enrolled = keys[answers.indexOf("enrolled")] ?? newKey();
    expect(await identities.enrolForSubject(enrolled, subject, 2, NOW)).toBe("enrolled");
    expect(await identities.enrolForSubject(newKey(), other, 2, NOW)).toBe("enrolled");
  });

  it("revokes a key for good, and counts it still", async () => {
    const { identities } = open();
    const [client, subject] = [newKey(), hex(32)];
    expect(await identities.revoke(client.clientId, NOW)).toBe("unknown");
    await identities.enrolForSubject(client, subject, 1, NOW);
    expect(await identities.revoke(client.clientId, NOW)).toBe("revoked");
    expect(await identities.revoke(client.clientId, LATER)).toBe("revoked");
    await identities.enrol(client, LATER);
    expect(await identities.client(client.clientId)).toMatchObject({ revokedAt: NOW });
    expect(await identities.enrolForSubject(newKey(), subject, 1, LATER)).toBe("too-many-keys");
  });
}
