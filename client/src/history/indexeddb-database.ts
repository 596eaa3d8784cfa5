import { type DBSchema, type IDBPDatabase, openDB, type StoreNames } from "idb";
import type { RecordName } from "./history-store.js";
import { UnreadableStoreError } from "./unreadable-store-error.js";
import { generateWebKey } from "./web-secret-box.js";

/** What comes out may have been damaged, so that only what goes in is of a type. */
type Sealed = Uint8Array<ArrayBuffer>;

interface HistorySchema extends DBSchema {
  keys: { key: typeof KEY; value: CryptoKey };
  interactions: { key: number; value: Sealed };
  records: { key: RecordName; value: Sealed };
  charges: { key: string; value: Sealed };
}

const VERSION = 1;
const KEY = "data";

/** The database of one store, open, and its key. */
export interface OpenDatabase {
  readonly database: IDBPDatabase<HistorySchema>;
  readonly key: CryptoKey;
}

/** @param ended is called when the browser, or a newer version of the app in another tab, has closed the database. */
export async function openDatabase(name: string, ended: () => void): Promise<OpenDatabase> {
  const database = await openDB<HistorySchema>(name, VERSION, {
    upgrade(made) {
      made.createObjectStore("keys");
      made.createObjectStore("interactions", { autoIncrement: true });
      made.createObjectStore("records");
      made.createObjectStore("charges");
    },
    blocking(_current, _blocked, event) {
      if (event.target instanceof IDBDatabase) event.target.close();
      ended();
    },
    terminated: ended,
  });
  try {
    return { database, key: await storedKey(database, name) };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Of all tabs that make a key at the same moment the first one's stays. */
async function storedKey(database: OpenDatabase["database"], name: string): Promise<CryptoKey> {
  const made = await generateWebKey();
  const key: unknown = await durably(database, "keys", async (store) => {
    const stored = await store.get(KEY);
    if (stored === undefined) await store.put(made, KEY);
    return stored ?? made;
  });
  if (!(key instanceof CryptoKey)) throw new UnreadableStoreError(`${name}/keys`);
  return key;
}

type WritableStore<Name extends StoreNames<HistorySchema>> = ReturnType<typeof writeTo<Name>>["store"];

const writeTo = <Name extends StoreNames<HistorySchema>>(database: OpenDatabase["database"], name: Name) =>
  database.transaction(name, "readwrite", { durability: "strict" });

/** One transaction on one object store: whole or not at all, one tab at a time, and on the disk when it resolves. */
export async function durably<Name extends StoreNames<HistorySchema>, Result>(
  database: OpenDatabase["database"],
  name: Name,
  change: (store: WritableStore<Name>) => Promise<Result>,
): Promise<Result> {
  const transaction = writeTo(database, name);
  const [result] = await Promise.all([change(transaction.store), transaction.done]);
  return result;
}
