import { type Kysely, type Migration, Migrator, sql } from "kysely";
import { createIdentities } from "./migrations/identities.js";
import type { Schema } from "./schema.js";

/** Applied in the order of their names; a released one is never edited. */
const migrations: Record<string, Migration> = {
  "0001-first-loop": { up: createFirstLoop },
  "0002-noise-metrics-events": { up: addNoiseMetricsAndEvents },
  "0003-identities": { up: createIdentities },
  "0004-metric-sums": { up: forgetMetricRatios },
};

/** Brings the database up to the newest schema, or to `target`. Safe to run from several processes at once. */
export async function migrate(database: Kysely<Schema>, target?: string): Promise<void> {
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => migrations } });
  const { error } = await (target ? migrator.migrateTo(target) : migrator.migrateToLatest());
  if (error) throw new Error("the database schema could not be brought up to date", { cause: error });
}

async function createFirstLoop(database: Kysely<unknown>): Promise<void> {
  const { schema } = database;
  await schema
    .createTable("tasks")
    .addColumn("hash", "text", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull().unique())
    .addColumn("spec", "text", (column) => column.notNull())
    .addColumn("created_at", "timestamptz", (column) => column.notNull().defaultTo(database.fn("now")))
    .execute();
  await schema
    .createTable("model_versions")
    .addColumn("task_hash", "text", (column) => column.notNull().references("tasks.hash"))
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .addColumn("previous_hash", "text", (column) => column.notNull())
    .addColumn("parameters", "bytea", (column) => column.notNull())
    .addColumn("optimiser_state", "bytea", (column) => column.notNull())
    .addPrimaryKeyConstraint("model_versions_key", ["task_hash", "version"])
    // One successor per version: the database itself refuses a fork.
    .addUniqueConstraint("model_versions_chain", ["task_hash", "previous_hash"])
    .execute();
  const versionKey = ["task_hash", "version"] as const;
  await schema
    .createTable("rounds")
    .addColumn("task_hash", "text", (column) => column.notNull())
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("cohort_id", "text", (column) => column.notNull())
    .addColumn("selected", "integer", (column) => column.notNull())
    .addColumn("contributors", "integer", (column) => column.notNull())
    .addColumn("committed_at", "timestamptz", (column) => column.notNull())
    .addPrimaryKeyConstraint("rounds_key", [...versionKey])
    .addUniqueConstraint("rounds_cohort", ["task_hash", "cohort_id"])
    .addForeignKeyConstraint("rounds_version", [...versionKey], "model_versions", [...versionKey])
    .execute();
  await schema
    .createTable("ledger")
    .addColumn("task_hash", "text", (column) => column.notNull())
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("participations", "integer", (column) => column.notNull())
    .addColumn("coordinator_epsilon", "double precision", (column) => column.notNull())
    .addColumn("releases_epsilon", "double precision", (column) => column.notNull())
    .addColumn("delta", "double precision", (column) => column.notNull())
    .addPrimaryKeyConstraint("ledger_key", [...versionKey])
    .addForeignKeyConstraint("ledger_version", [...versionKey], "model_versions", [...versionKey])
    .execute();
  await schema
    .createTable("participations")
    .addColumn("task_hash", "text", (column) => column.notNull())
    .addColumn("update_id", "text", (column) => column.notNull())
    .addColumn("client_id", "text", (column) => column.notNull())
    .addColumn("version", "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint("participations_key", ["task_hash", "update_id"])
    .addUniqueConstraint("participations_once_a_round", ["task_hash", "client_id", "version"])
    .addForeignKeyConstraint("participations_version", [...versionKey], "model_versions", [...versionKey])
    .execute();
}

/** Rounds of before have no metrics, and ledger entries of before no events: only their epsilons are known. */
async function addNoiseMetricsAndEvents({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .alterTable("model_versions")
    .addColumn("noise_state", "bytea", (column) => column.notNull().defaultTo(sql`''::bytea`))
    .execute();
  await schema
    .alterTable("rounds")
    .addColumn("metrics", "jsonb", (column) => column.notNull().defaultTo(sql`'[]'::jsonb`))
    .execute();
  await schema.alterTable("ledger").addColumn("events", "jsonb").execute();
}

/** Rounds of before kept ratios, which cannot be taken together. */
async function forgetMetricRatios(database: Kysely<unknown>): Promise<void> {
  await sql`update rounds set metrics = '[]'::jsonb`.execute(database);
}
