import type { Kysely } from "kysely";

/** Enrolled keys, and invites that let keys in. */
export async function createIdentities(database: Kysely<unknown>): Promise<void> {
  const { schema } = database;
  await schema
    .createTable("clients")
    .addColumn("client_id", "text", (column) => column.primaryKey())
    .addColumn("identity_key", "text", (column) => column.notNull())
    .addColumn("enrolled_by", "text", (column) => column.notNull())
    .addColumn("subject", "text")
    .addColumn("enrolled_at", "timestamptz", (column) => column.notNull())
    .addColumn("revoked_at", "timestamptz")
    .execute();
  await schema.createIndex("clients_subject").on("clients").column("subject").execute();
  await schema
    .createTable("invites")
    .addColumn("token_hash", "text", (column) => column.primaryKey())
    .addColumn("uses_left", "integer", (column) => column.notNull())
    .addColumn("expires_at", "timestamptz", (column) => column.notNull())
    .execute();
}
