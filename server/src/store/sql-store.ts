import { type Kysely, sql } from "kysely";
import { migrate } from "./migrations.js";
import { bytesToFloats, bytesToIntegers, floatsToBytes, integersToBytes } from "./number-bytes.js";
import type { Schema } from "./schema.js";
import { SqlIdentityStore } from "./sql-identity-store.js";
import {
  type Attendance,
  type LedgerEntry,
  type ModelVersion,
  type RoundCommit,
  type RoundRecord,
  type Store,
  TaskConflictError,
  type TaskOpening,
} from "./store.js";

/** The store over any database that speaks PostgreSQL. `close` closes the database, then calls `afterClose`. */
export async function createSqlStore(
  database: Kysely<Schema>,
  afterClose: () => Promise<void> = async () => {},
): Promise<Store> {
  try {
    await migrate(database);
  } catch (error) {
    await database.destroy();
    throw error;
  }
  return new SqlStore(database, afterClose);
}

class SqlStore implements Store {
  readonly identities: SqlIdentityStore;
  readonly #database: Kysely<Schema>;

  readonly #afterClose: () => Promise<void>;

  constructor(database: Kysely<Schema>, afterClose: () => Promise<void>) {
    this.identities = new SqlIdentityStore(database);
    this.#database = database;
    this.#afterClose = afterClose;
  }

  async openTask({ taskHash, name, spec, initial }: TaskOpening): Promise<void> {
    await this.#database.transaction().execute(async (transaction) => {
      await transaction
        .insertInto("tasks")
        .values({ hash: taskHash, name, spec })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const held = await transaction
        .selectFrom("tasks")
        .select("hash")
        .where("name", "=", name)
        .executeTakeFirst();
      if (held?.hash !== taskHash) throw new TaskConflictError(name);
      await transaction
        .insertInto("model_versions")
        .values(versionRow(taskHash, initial))
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    });
  }

  async latest(taskHash: string): Promise<ModelVersion> {
    const row = await this.#database
      .selectFrom("model_versions")
      .selectAll()
      .where("task_hash", "=", taskHash)
      .orderBy("version", "desc")
      .limit(1)
      .executeTakeFirstOrThrow();
    return modelVersion(row);
  }

  async version(taskHash: string, version: number): Promise<ModelVersion | undefined> {
    const row = await this.#database
      .selectFrom("model_versions")
      .selectAll()
      .where("task_hash", "=", taskHash)
      .where("version", "=", version)
      .executeTakeFirst();
    return row && modelVersion(row);
  }

  async chain(taskHash: string) {
    return this.#database
      .selectFrom("model_versions")
      .select(["version as modelVersion", "hash", "previous_hash as previousHash"])
      .where("task_hash", "=", taskHash)
      .orderBy("version")
      .execute();
  }

  async commitRound(taskHash: string, commit: RoundCommit): Promise<"committed" | "superseded"> {
    const { version, round, ledger, participations } = commit;
    return this.#database.transaction().execute(async (transaction) => {
      // The task's row is the writers' lock: whoever holds it sees the newest version and may append to it.
      await transaction
        .selectFrom("tasks")
        .select("hash")
        .where("hash", "=", taskHash)
        .forUpdate()
        .executeTakeFirst();
      const known = await transaction
        .selectFrom("rounds")
        .select("version")
        .where("task_hash", "=", taskHash)
        .where("cohort_id", "=", round.cohortId)
        .executeTakeFirst();
      if (known) return "committed";
      const head = await transaction
        .selectFrom("model_versions")
        .select(["version", "hash"])
        .where("task_hash", "=", taskHash)
        .orderBy("version", "desc")
        .limit(1)
        .executeTakeFirst();
      if (head?.hash !== version.previousHash || head.version + 1 !== version.modelVersion)
        return "superseded";
      const key = { task_hash: taskHash, version: version.modelVersion };
      await transaction.insertInto("model_versions").values(versionRow(taskHash, version)).execute();
      await transaction
        .updateTable("model_versions")
        .set({ noise_state: new Uint8Array(0) })
        .where("task_hash", "=", taskHash)
        .where("version", "=", head.version)
        .execute();
      await transaction
        .insertInto("rounds")
        .values({
          ...key,
          cohort_id: round.cohortId,
          selected: round.selected,
          contributors: round.contributors,
          metrics: JSON.stringify(round.metrics),
          committed_at: round.committedAt,
        })
        .execute();
      await transaction
        .insertInto("ledger")
        .values({
          ...key,
          participations: ledger.participations,
          events: JSON.stringify(ledger.events),
          coordinator_epsilon: ledger.coordinatorEpsilon,
          releases_epsilon: ledger.releasesEpsilon,
          delta: ledger.delta,
        })
        .execute();
      for (const some of slices(participations, PARTICIPATIONS_AT_ONCE)) {
        const rows = some.map(({ updateId, clientId }) => ({
          ...key,
          update_id: updateId,
          client_id: clientId,
        }));
        await transaction.insertInto("participations").values(rows).execute();
      }
      return "committed";
    });
  }

  async rounds(taskHash: string): Promise<readonly RoundRecord[]> {
    return this.#database
      .selectFrom("rounds")
      .select([
        "version as modelVersion",
        "cohort_id as cohortId",
        "selected",
        "contributors",
        "metrics",
        "committed_at as committedAt",
      ])
      .where("task_hash", "=", taskHash)
      .orderBy("version")
      .execute();
  }

  async ledger(taskHash: string): Promise<readonly LedgerEntry[]> {
    return this.#database
      .selectFrom("ledger")
      .select([
        "version as modelVersion",
        "participations",
        "events",
        "coordinator_epsilon as coordinatorEpsilon",
        "releases_epsilon as releasesEpsilon",
        "delta",
      ])
      .where("task_hash", "=", taskHash)
      .orderBy("version")
      .execute();
  }

  async participation(taskHash: string, updateId: string) {
    return this.#database
      .selectFrom("participations")
      .select(["update_id as updateId", "client_id as clientId", "version as modelVersion"])
      .where("task_hash", "=", taskHash)
      .where("update_id", "=", updateId)
      .executeTakeFirst();
  }

  async attendance(taskHash: string): Promise<ReadonlyMap<string, Attendance>> {
    const rows = await this.#database
      .selectFrom("participations")
      .select(({ fn }) => ["client_id", fn.countAll().as("count"), fn.max("version").as("latest")])
      .where("task_hash", "=", taskHash)
      .groupBy("client_id")
      .execute();
    return new Map(
      rows.map((row) => [row.client_id, { participations: Number(row.count), latest: row.latest }]),
    );
  }

  async ping(): Promise<void> {
    await sql`select 1`.execute(this.#database);
  }

  async close(): Promise<void> {
    await this.#database.destroy();
    await this.#afterClose();
  }
}

/** PostgreSQL allows 65,535 bound values in one statement; a row here has four. */
const PARTICIPATIONS_AT_ONCE = 10_000;

function* slices<T>(values: readonly T[], length: number): Generator<readonly T[]> {
  for (let start = 0; start < values.length; start += length) yield values.slice(start, start + length);
}

function versionRow(taskHash: string, version: ModelVersion): Schema["model_versions"] {
  return {
    task_hash: taskHash,
    version: version.modelVersion,
    hash: version.hash,
    previous_hash: version.previousHash,
    parameters: floatsToBytes(version.parameters),
    optimiser_state: floatsToBytes(version.optimiserState),
    noise_state: integersToBytes(version.noiseState),
  };
}

function modelVersion(row: Schema["model_versions"]): ModelVersion {
  return {
    modelVersion: row.version,
    hash: row.hash,
    previousHash: row.previous_hash,
    parameters: bytesToFloats(row.parameters),
    optimiserState: bytesToFloats(row.optimiser_state),
    noiseState: bytesToIntegers(row.noise_state),
  };
}
