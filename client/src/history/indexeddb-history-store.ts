import { oneAtATime } from "../one-at-a-time.js";
import type { HistoryStore, RecordName } from "./history-store.js";
import { durably, type OpenDatabase, openDatabase } from "./indexeddb-database.js";
import { interactionBytes, interactionOf } from "./interaction-bytes.js";
import { webLock } from "./web-lock.js";
import { openWebBox, sealWebBox } from "./web-secret-box.js";

export interface IndexedDbHistoryStoreOptions {
  /** Of the database; one user's data each. "tacit" when left out. */
  readonly name?: string;
}

const INTERACTIONS = "interactions";
const recordPlace = (name: RecordName) => `records/${name}`;
const chargePlace = (id: string) => `charges/${id}`;

/**
 * One user's data in the browser, every blob sealed under a key that WebCrypto never hands out. All tabs of the origin
 * share it: whatever one of them charged, all count, and one of them at a time takes part. Needs a secure context. A
 * browser may clear it, with the ledger, when space is short; `navigator.storage.persist()` asks it not to.
 *
 * Its methods reject with UnreadableStoreError for data that was damaged.
 */
export function indexedDbHistoryStore({ name = "tacit" }: IndexedDbHistoryStoreOptions = {}): HistoryStore {
  const next = oneAtATime();
  let opened: Promise<OpenDatabase> | undefined;
  let closed = false;
  const forget = () => {
    opened = undefined;
  };
  const inTurn = <Result>(operation: (open: OpenDatabase) => Promise<Result>): Promise<Result> =>
    next(async () => {
      if (closed) throw new Error("the history store is closed");
      opened ??= openDatabase(name, forget);
      return operation(
        await opened.catch((error: unknown) => {
          forget();
          throw error;
        }),
      );
    });
  return {
    interactions: () =>
      inTurn(async ({ database, key }) => {
        const sealed = await database.getAll("interactions");
        return Promise.all(
          sealed.map(async (box) => interactionOf(await openWebBox(key, box, INTERACTIONS))),
        );
      }),
    append: (interaction) => {
      const plain = interactionBytes(interaction);
      return inTurn(async ({ database, key }) => {
        const sealed = await sealWebBox(key, plain, INTERACTIONS);
        await durably(database, "interactions", (store) => store.add(sealed));
      });
    },
    read: (record) =>
      inTurn(async ({ database, key }) => {
        const sealed = await database.get("records", record);
        return sealed === undefined ? undefined : openWebBox(key, sealed, recordPlace(record));
      }),
    write: (record, bytes) => {
      const plain = bytes.slice();
      return inTurn(async ({ database, key }) => {
        const sealed = await sealWebBox(key, plain, recordPlace(record));
        await durably(database, "records", (store) => store.put(sealed, record));
      });
    },
    remove: (record) =>
      inTurn(({ database }) => durably(database, "records", (store) => store.delete(record))),
    charges: () =>
      inTurn(async ({ database, key }) => {
        const transaction = database.transaction("charges");
        const [ids, sealed] = await Promise.all([transaction.store.getAllKeys(), transaction.store.getAll()]);
        return Promise.all(ids.map((id, i) => openWebBox(key, sealed[i], chargePlace(id))));
      }),
    charge: (id, bytes) => {
      const plain = bytes.slice();
      return inTurn(async ({ database, key }) => {
        const sealed = await sealWebBox(key, plain, chargePlace(id));
        await durably(database, "charges", async (store) => {
          if ((await store.getKey(id)) === undefined) await store.put(sealed, id);
        });
      });
    },
    trim: (most) =>
      inTurn(({ database }) =>
        durably(database, "interactions", async (store) => {
          const keys = await store.getAllKeys();
          const newest = keys.at(-1 - most);
          if (newest !== undefined) await store.delete(IDBKeyRange.upperBound(newest));
        }),
      ),
    lock: () => webLock(`tacit-store:${name}`),
    close: () =>
      next(async () => {
        closed = true;
        (await opened?.catch(() => undefined))?.database.close();
      }),
  };
}
