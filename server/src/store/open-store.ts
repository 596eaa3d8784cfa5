import { mkdir, realpath, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { Kysely, PostgresDialect } from "kysely";
import { Pool } from "pg";
import { lockFolder } from "./folder-lock.js";
import { pglitePool } from "./pglite-pool.js";
import type { Schema } from "./schema.js";
import { createSqlStore } from "./sql-store.js";
import type { Store } from "./store.js";

/** A store that is gone with the process: for tests and simulations. */
export async function openMemoryStore(): Promise<Store> {
  return pgliteStore(await PGlite.create());
}

/**
 * The embedded database in a folder, made when missing.
 * @throws FolderInUseError when another process has it open.
 */
export async function openFolderStore(path: string): Promise<Store> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const folder = await realpath(path);
  const unlock = await lockFolder(folder);
  try {
    return await pgliteStore(await PGlite.create(await databaseFolder(folder)), unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** A PostgreSQL server, by `postgres://` URL. `onError` hears of connections lost while idle; the pool makes new ones. */
export async function openPostgresStore(
  url: string,
  onError: (error: Error) => void = () => {},
): Promise<Store> {
  const pool = new Pool({ connectionString: url, max: 4, connectionTimeoutMillis: 10_000 });
  pool.on("error", onError);
  return createSqlStore(new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) }));
}

async function pgliteStore(database: PGlite, afterClose?: () => Promise<void>): Promise<Store> {
  const dialect = new PostgresDialect({ pool: pglitePool(database) });
  return createSqlStore(new Kysely<Schema>({ dialect }), afterClose);
}

/** A process killed while making a database would leave half of one, so it is made aside and renamed when whole. */
async function databaseFolder(folder: string): Promise<string> {
  const made = join(folder, "database");
  if (await stat(made).catch(() => undefined)) return made;
  const unfinished = join(folder, "database.unfinished");
  await rm(unfinished, { recursive: true, force: true });
  await (await PGlite.create(unfinished)).close();
  await rename(unfinished, made);
  return made;
}
