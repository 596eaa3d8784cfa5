import { Pool } from "pg";
import type { ClientPhase, Spent } from "../round/stopwatch.js";

/** A run that processes on other machines may work for. */
export interface PostedRun {
  readonly id: string;
  /** JSON of the run's spec. */
  readonly spec: string;
}

/** Which part of which sum of a run. */
export interface ChunkPlace {
  readonly run: string;
  /** Counts the sums of one run. */
  readonly sum: number;
  readonly chunk: number;
}

/** What somebody made of one chunk. */
export interface ChunkResult {
  readonly chunk: number;
  /** Who, and on how many threads. */
  readonly worker: string;
  readonly threads: number;
  /** Unsigned words, little-endian: one vector, or as many as there are clients. */
  readonly words: Buffer;
  /** Doubles, little-endian. */
  readonly measured: Buffer;
  readonly spent: Spent<ClientPhase>;
}

const SCHEMA = "tacit_simulation";
const LOCK = 7_211_803;
/** Without a sign of life for so long, a run counts as dead. */
const SILENT = "15 seconds";
const FORGOTTEN = "1 day";

const TABLES = `
create schema if not exists ${SCHEMA};
create table if not exists ${SCHEMA}.runs (
  id text primary key, spec text not null, data bytea,
  created timestamptz not null default now(), beat timestamptz not null default now());
create table if not exists ${SCHEMA}.versions (
  run text not null references ${SCHEMA}.runs on delete cascade, version integer not null, parameters bytea not null,
  primary key (run, version));
create table if not exists ${SCHEMA}.chunks (
  run text not null references ${SCHEMA}.runs on delete cascade, sum integer not null, chunk integer not null,
  worker text not null, threads integer not null, words bytea not null, measured bytea not null, spent json not null,
  primary key (run, sum, chunk));
`;

/** What the processes of a run share beside its queue: its spec, its versions, and what came of its chunks. */
export class RunTables {
  readonly #pool: Pool;

  private constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Makes the tables where they are missing; many may do so at once. */
  static async open(url: string): Promise<RunTables> {
    const pool = new Pool({ connectionString: url, max: 4, connectionTimeoutMillis: 10_000 });
    // Connections lost while idle: the pool makes new ones.
    pool.on("error", () => {});
    const client = await pool.connect().catch(async (error: unknown) => {
      await pool.end();
      throw error;
    });
    try {
      await client.query(`begin; select pg_advisory_xact_lock(${LOCK}); ${TABLES} commit;`);
    } finally {
      client.release();
    }
    return new RunTables(pool);
  }

  /** Forgets runs that died long ago. Returns which. */
  async forget(): Promise<string[]> {
    const { rows } = await this.#pool.query<{ id: string }>(
      `delete from ${SCHEMA}.runs where beat < now() - interval '${FORGOTTEN}' returning id`,
    );
    return rows.map(({ id }) => id);
  }

  /** `data`: catalogue and histories of a data set; null where the spec says how to make them. */
  async post({ id, spec }: PostedRun, data: Buffer | null): Promise<void> {
    await this.#pool.query(`insert into ${SCHEMA}.runs (id, spec, data) values ($1, $2, $3)`, [
      id,
      spec,
      data,
    ]);
  }

  /** A sign of life. */
  async beat(id: string): Promise<void> {
    await this.#pool.query(`update ${SCHEMA}.runs set beat = now() where id = $1`, [id]);
  }

  /** Takes a run away with all that belongs to it. */
  async remove(id: string): Promise<void> {
    await this.#pool.query(`delete from ${SCHEMA}.runs where id = $1`, [id]);
  }

  /** The oldest run that is alive, but for those that are refused. */
  async living(refused: readonly string[]): Promise<PostedRun | undefined> {
    const { rows } = await this.#pool.query<PostedRun>(
      `select id, spec from ${SCHEMA}.runs
       where beat > now() - interval '${SILENT}' and not id = any($1::text[]) order by created limit 1`,
      [refused],
    );
    return rows[0];
  }

  async data(id: string): Promise<Buffer | undefined> {
    const { rows } = await this.#pool.query<{ data: Buffer | null }>(
      `select data from ${SCHEMA}.runs where id = $1`,
      [id],
    );
    return rows[0]?.data ?? undefined;
  }

  async lives(id: string): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      `select 1 from ${SCHEMA}.runs where id = $1 and beat > now() - interval '${SILENT}'`,
      [id],
    );
    return rowCount === 1;
  }

  /** Keeps one version of a run, the latest. */
  async putVersion(run: string, version: number, parameters: Buffer): Promise<void> {
    await this.#pool.query(
      `insert into ${SCHEMA}.versions (run, version, parameters) values ($1, $2, $3) on conflict do nothing`,
      [run, version, parameters],
    );
    await this.#pool.query(`delete from ${SCHEMA}.versions where run = $1 and version < $2`, [run, version]);
  }

  async version(run: string, version: number): Promise<Buffer | undefined> {
    const { rows } = await this.#pool.query<{ parameters: Buffer }>(
      `select parameters from ${SCHEMA}.versions where run = $1 and version = $2`,
      [run, version],
    );
    return rows[0]?.parameters;
  }

  /** A chunk may be made more than once, by whoever took over from a process that was only slow: the first counts. */
  async putChunk({ run, sum, chunk }: ChunkPlace, result: Omit<ChunkResult, "chunk">): Promise<void> {
    const { worker, threads, words, measured, spent } = result;
    const row = [run, sum, chunk, worker, threads, words, measured, JSON.stringify(spent)];
    await this.#pool
      .query(
        `insert into ${SCHEMA}.chunks values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
        row,
      )
      .catch((error: unknown) => {
        if (!isGone(error)) throw error;
      });
  }

  async hasChunk({ run, sum, chunk }: ChunkPlace): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      `select 1 from ${SCHEMA}.chunks where run = $1 and sum = $2 and chunk = $3`,
      [run, sum, chunk],
    );
    return rowCount === 1;
  }

  /** What has come of a sum's chunks, but for those that are known. */
  async chunks(run: string, sum: number, known: readonly number[]): Promise<ChunkResult[]> {
    const { rows } = await this.#pool.query<ChunkResult>(
      `select chunk, worker, threads, words, measured, spent from ${SCHEMA}.chunks
       where run = $1 and sum = $2 and not chunk = any($3::integer[])`,
      [run, sum, known],
    );
    return rows;
  }

  async removeChunks(run: string, sum: number): Promise<void> {
    await this.#pool.query(`delete from ${SCHEMA}.chunks where run = $1 and sum <= $2`, [run, sum]);
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

/** The run that a row belongs to has ended (foreign_key_violation). */
const isGone = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "code" in error && error.code === "23503";
