import { type Kysely, sql, type Transaction } from "kysely";
import type {
  ClientKey,
  EnrolledClient,
  EnrolmentMode,
  IdentityStore,
  Invite,
  InviteRefusal,
} from "./identity-store.js";
import type { Schema } from "./schema.js";

type Database = Kysely<Schema> | Transaction<Schema>;

export class SqlIdentityStore implements IdentityStore {
  readonly #database: Kysely<Schema>;

  constructor(database: Kysely<Schema>) {
    this.#database = database;
  }

  client(clientId: string): Promise<EnrolledClient | undefined> {
    return find(this.#database, clientId);
  }

  async clients(): Promise<readonly EnrolledClient[]> {
    const rows = await this.#database
      .selectFrom("clients")
      .selectAll()
      .orderBy("enrolled_at")
      .orderBy("client_id")
      .execute();
    return rows.map(enrolledClient);
  }

  async enrol(client: ClientKey, now: Date): Promise<void> {
    await insert(this.#database, client, "open", now);
  }

  async addInvite({ tokenHash, uses, expiresAt }: Invite): Promise<void> {
    await this.#database
      .insertInto("invites")
      .values({ token_hash: tokenHash, uses_left: uses, expires_at: expiresAt })
      .execute();
  }

  enrolByInvite(client: ClientKey, tokenHash: string, now: Date): Promise<"enrolled" | InviteRefusal> {
    return this.#database.transaction().execute(async (transaction) => {
      // The row stays locked until the end: of many that come for the last use, one gets it.
      const invite = await transaction
        .selectFrom("invites")
        .selectAll()
        .where("token_hash", "=", tokenHash)
        .forUpdate()
        .executeTakeFirst();
      if (await find(transaction, client.clientId)) return "enrolled";
      if (!invite) return "unknown";
      if (invite.expires_at <= now) return "expired";
      if (invite.uses_left < 1) return "used-up";
      if (!(await insert(transaction, client, "invite", now))) return "enrolled";
      await transaction
        .updateTable("invites")
        .set({ uses_left: invite.uses_left - 1 })
        .where("token_hash", "=", tokenHash)
        .execute();
      return "enrolled";
    });
  }

  enrolForSubject(
    client: ClientKey,
    subject: string,
    most: number,
    now: Date,
  ): Promise<"enrolled" | "too-many-keys"> {
    return this.#database.transaction().execute(async (transaction) => {
      // One enrolment at a time for each subject, so that the count holds.
      await sql`select pg_advisory_xact_lock(hashtextextended(${subject}, 0))`.execute(transaction);
      if (await find(transaction, client.clientId)) return "enrolled";
      const { keys } = await transaction
        .selectFrom("clients")
        .select(({ fn }) => fn.countAll().as("keys"))
        .where("subject", "=", subject)
        .executeTakeFirstOrThrow();
      if (Number(keys) >= most) return "too-many-keys";
      await insert(transaction, client, "jwt", now, subject);
      return "enrolled";
    });
  }

  async revoke(clientId: string, now: Date): Promise<"revoked" | "unknown"> {
    await this.#database
      .updateTable("clients")
      .set({ revoked_at: now })
      .where("client_id", "=", clientId)
      .where("revoked_at", "is", null)
      .execute();
    return (await this.client(clientId)) ? "revoked" : "unknown";
  }
}

async function find(database: Database, clientId: string): Promise<EnrolledClient | undefined> {
  const row = await database
    .selectFrom("clients")
    .selectAll()
    .where("client_id", "=", clientId)
    .executeTakeFirst();
  return row && enrolledClient(row);
}

/** Whether the client was new. */
async function insert(
  database: Database,
  { clientId, identityKey }: ClientKey,
  enrolledBy: EnrolmentMode,
  now: Date,
  subject: string | null = null,
): Promise<boolean> {
  const inserted = await database
    .insertInto("clients")
    .values({
      client_id: clientId,
      identity_key: identityKey,
      enrolled_by: enrolledBy,
      subject,
      enrolled_at: now,
      revoked_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(inserted.numInsertedOrUpdatedRows ?? 0) > 0;
}

function enrolledClient(row: Schema["clients"]): EnrolledClient {
  return {
    clientId: row.client_id,
    identityKey: row.identity_key,
    enrolledBy: row.enrolled_by,
    enrolledAt: row.enrolled_at,
    revokedAt: row.revoked_at ?? undefined,
  };
}
