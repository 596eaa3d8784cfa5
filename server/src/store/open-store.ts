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

const DATABASE = "database";

/** A store that is gone with the process: for tests and simulations. */
export async function openMemoryStore(): Promise<Store> {
  return pgliteStore(await PGlite.create());
}

/**
 * The embedded database in a folder, made when missing.
 * @throws FolderInUseError when another process has it open, Error when it must exist and does not.
 */
export async function openFolderStore(path: string, { mustExist = false } = {}): Promise<Store> {
  if (mustExist && !(await stat(join(path, DATABASE)).catch(() => undefined))) {
    throw new Error(`${path}: no coordinator has a database here`);
  }
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

/** What takes longer is given up, and tried again by whoever asked: a server that is frozen must not freeze this one. */
const QUERY_TIMEOUT_MILLISECONDS = 30_000;

/** A PostgreSQL server, by `postgres://` URL. `onError` hears of connections lost, idle or not; the pool makes new ones. */
export async function openPostgresStore(
  url: string,
  onError: (error: Error) => void = () => {},
): Promise<Store> {
  const pool = new Pool({
    connectionString: url,
    max: 4,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    query_timeout: QUERY_TIMEOUT_MILLISECONDS,
    statement_timeout: QUERY_TIMEOUT_MILLISECONDS,
  });
  pool.on("error", onError);
  // The pool listens to idle clients only, and an error that nobody hears ends the process.
  pool.on("connect", (client) => client.on("error", onError));
  return createSqlStore(new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) }));
}

async function pgliteStore(database: PGlite, afterClose?: () => Promise<void>): Promise<Store> {
  const dialect = new PostgresDialect({ pool: pglitePool(database) });
  return createSqlStore(new Kysely<Schema>({ dialect }), afterClose);
}

/** A process killed while making a database would leave half of one, so it is made aside and renamed when whole. */
async function databaseFolder(folder: string): Promise<string> {
  const made = join(folder, DATABASE);
  if (await stat(made).catch(() => undefined)) return made;
  const unfinished = join(folder, "database.unfinished");
  await rm(unfinished, { recursive: true, force: true });
  await (await PGlite.create(unfinished)).close();
  await rename(unfinished, made);
  return made;
}
