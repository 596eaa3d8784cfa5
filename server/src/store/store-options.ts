import { Option } from "commander";
import { describeError } from "../describe-error.js";
import { FolderInUseError } from "./folder-lock.js";
import { openFolderStore, openPostgresStore } from "./open-store.js";
import type { Store } from "./store.js";

export interface StoreOptions {
  readonly data: string;
  readonly databaseUrl?: string;
}

export const dataOption = (): Option =>
  new Option("-d, --data <folder>", "folder of the embedded database, made when missing")
    .default("tacit-data")
    .env("TACIT_DATA");

export const databaseUrlOption = (): Option =>
  new Option("--database-url <url>", "a PostgreSQL server (postgres://…), instead of --data").env(
    "TACIT_DATABASE_URL",
  );

/** Runs a command on the store, which is not made by looking into it, and closes it; what goes wrong is one line on standard error and exit code 1. */
export async function withStore(
  { data, databaseUrl }: StoreOptions,
  command: (store: Store) => Promise<void>,
  { mustExist = true } = {},
): Promise<void> {
  try {
    const store = await (databaseUrl === undefined
      ? openFolderStore(data, { mustExist })
      : openPostgresStore(databaseUrl));
    await command(store).finally(() => store.close());
  } catch (error) {
    const hint =
      error instanceof FolderInUseError
        ? "; stop it first (with --database-url this works while the coordinator runs)"
        : "";
    console.error(`tacit-server: ${describeError(error)}${hint}`);
    process.exitCode = 1;
  }
}
