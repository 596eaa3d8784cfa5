import { afterAll, beforeAll, describe } from "vitest";
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

  describeStore(() => store);
  describeIdentityStore(() => store);
});
