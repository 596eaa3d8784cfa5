import type { PGlite } from "@electric-sql/pglite";
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";

/**
 * PGlite as the pool that Kysely's PostgreSQL dialect expects. PGlite is one session, and a transaction
 * belongs to a session, so the pool lends its one client to one borrower at a time, in order.
 */
export function pglitePool(database: PGlite): PostgresPool {
  let lastBorrower: Promise<void> = Promise.resolve();
  return {
    async connect() {
      const earlier = lastBorrower;
      const { promise, resolve } = withResolvers();
      lastBorrower = promise;
      await earlier;
      return client(database, resolve);
    },
    async end() {
      await lastBorrower;
      await database.close();
    },
  };
}

function client(database: PGlite, release: () => void): PostgresPoolClient {
  function query<Row>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
  function query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
  function query<Row>(input: string | PostgresCursor<Row>, parameters: readonly unknown[] = []) {
    return typeof input === "string" ? run<Row>(database, input, parameters) : input;
  }
  return { query, release };
}

async function run<Row>(database: PGlite, sql: string, parameters: readonly unknown[]) {
  const { rows, affectedRows = 0 } = await database.query<Row>(sql, [...parameters]);
  return { command: commandOf(sql), rowCount: affectedRows, rows };
}

type Command = "INSERT" | "UPDATE" | "DELETE" | "MERGE" | "SELECT";

function commandOf(sql: string): Command {
  const word = /^\s*(insert|update|delete|merge)\b/i.exec(sql)?.[1]?.toUpperCase();
  return word === "INSERT" || word === "UPDATE" || word === "DELETE" || word === "MERGE" ? word : "SELECT";
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}
