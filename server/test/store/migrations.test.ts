import { PGlite } from "@electric-sql/pglite";
import { Kysely, PostgresDialect, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migrate } from "../../src/store/migrations.js";
import { pglitePool } from "../../src/store/pglite-pool.js";
import type { Schema } from "../../src/store/schema.js";
import { createSqlStore } from "../../src/store/sql-store.js";

describe("a database of an earlier release", () => {
  let database: Kysely<Schema>;
  beforeAll(async () => {
    database = new Kysely<Schema>({
      dialect: new PostgresDialect({ pool: pglitePool(await PGlite.create()) }),
    });
  });
  afterAll(() => database.destroy());

  it("keeps its versions, rounds and ledger, and is told what it cannot know", async () => {
    await migrate(database, "0001-first-loop");
    const taskHash = "ab".repeat(32);
    const [first, second] = ["01".repeat(32), "02".repeat(32)];
    await sql`insert into tasks (hash, name, spec) values (${taskHash}, 'old', '{}')`.execute(database);
    for (const [version, hash, previous] of [
      [0, first, "0".repeat(64)],
      [1, second, first],
    ]) {
      await sql`insert into model_versions values (${taskHash}, ${version}, ${hash}, ${previous}, '', '')`.execute(
        database,
      );
    }
    await sql`insert into rounds values (${taskHash}, 1, 'c', 3, 2, now())`.execute(database);
    await sql`insert into ledger values (${taskHash}, 1, 1, 9, 2, 1e-5)`.execute(database);

    await migrate(database, "0003-identities");
    // Ratios, which cannot be taken together.
    await sql`update rounds set metrics = '[{"name":"hit-rate","mean":0.2,"standardError":0.1}]'`.execute(
      database,
    );

    const store = await createSqlStore(database);
    expect(await store.latest(taskHash)).toMatchObject({ modelVersion: 1, noiseState: new Int32Array(0) });
    expect(await store.rounds(taskHash)).toMatchObject([{ contributors: 2, metrics: [] }]);
    expect(await store.ledger(taskHash)).toMatchObject([{ releasesEpsilon: 2, events: null }]);
  });
});
