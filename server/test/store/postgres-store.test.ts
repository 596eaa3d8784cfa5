import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openPostgresStore } from "../../src/store/open-store.js";
import type { Store } from "../../src/store/store.js";
import { type PostgresServer, startPostgres } from "../support/postgres-server.js";
import { describeIdentityStore } from "./identity-store-contract.js";
import { describeStore } from "./store-contract.js";

describe("a PostgreSQL server", () => {
  let server: PostgresServer;
  let store: Store;

  beforeAll(async () => {
    server = await startPostgres();
    store = await openPostgresStore(server.url);
  });
  afterAll(async () => {
    await store?.close();
    await server?.stop();
  });

  it("may cut a connection in the middle of a query: the store refuses that one, and goes on", async () => {
    const problems: Error[] = [];
    const own = await openPostgresStore(server.url, (error) => problems.push(error));
    const other = new Client({ connectionString: server.url });
    await other.connect();
    await other.query("begin; lock table rounds in access exclusive mode");
    const rounds = own.rounds("ab".repeat(32)).then(
      () => "answered",
      () => "refused",
    );
    const waiting = "select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock'";
    await vi.waitFor(async () => expect((await other.query(waiting)).rowCount).toBe(1));
    expect(await rounds).toBe("refused");
    await other.query("commit");
    await other.end();
    expect(await own.rounds("ab".repeat(32))).toEqual([]);
    expect(problems.length).toBeGreaterThan(0);
    await own.close();
  });

  describeStore(() => store);
  describeIdentityStore(() => store);
});
