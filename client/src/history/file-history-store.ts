import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as breath } from "node:timers/promises";
import { type Interaction, platformBytes } from "@tacit/shared";
import { oneAtATime } from "../one-at-a-time.js";
import { FileLedger } from "./file-ledger.js";
import { lockFile } from "./file-lock.js";
import { FileLog } from "./file-log.js";
import type { HistoryStore, RecordName } from "./history-store.js";
import { interactionBytes, interactionOf } from "./interaction-bytes.js";
import { readIfThere } from "./read-if-there.js";
import { openBox, SECRET_KEY_BYTES, sealBox } from "./secret-box.js";
import { createAtomically, writeAtomically } from "./write-atomically.js";

export interface FileHistoryStoreOptions {
  /** A folder of its own; made when missing. */
  readonly path: string;
  /** 32 bytes. Without it the store makes one and keeps it beside the data, readable by the owner only. */
  readonly key?: Uint8Array;
}

/** Boxes, before the host has its turn again. */
const OPENED_AT_ONCE = 256;

/**
 * One user's data in a folder, every blob sealed with tweetnacl's secretbox. Several processes may share it: whatever
 * one of them charged or tracked, all count, and one of them at a time takes part.
 * @throws RangeError for a key of another length. Its methods reject with UnreadableStoreError under a wrong key.
 */
export function fileHistoryStore({ path, key: given }: FileHistoryStoreOptions): HistoryStore {
  if (given && given.length !== SECRET_KEY_BYTES) {
    throw new RangeError(`key: ${given.length} bytes, must be ${SECRET_KEY_BYTES}`);
  }
  const log = new FileLog(path);
  const record = (name: RecordName) => join(path, `${name}.box`);
  const ledger = new FileLedger(join(path, "ledger"));
  let opened: Promise<Uint8Array> | undefined;
  const next = oneAtATime();
  const inTurn = <Result>(operation: (key: Uint8Array) => Promise<Result>): Promise<Result> =>
    next(async () => {
      opened ??= openFolder(path, given);
      return operation(await opened);
    });
  return {
    interactions: () =>
      inTurn(async (key) => {
        const interactions: Interaction[] = [];
        for (const box of await log.read()) {
          interactions.push(interactionOf(openBox(key, box, log.path)));
          if (interactions.length % OPENED_AT_ONCE === 0) await breath();
        }
        return interactions;
      }),
    append: (interaction) => inTurn((key) => log.append(sealBox(key, interactionBytes(interaction)))),
    read: (name) =>
      inTurn(async (key) => {
        const sealed = await readIfThere(record(name));
        return sealed && openBox(key, sealed, record(name));
      }),
    write: (name, bytes) => inTurn((key) => writeAtomically(record(name), sealBox(key, bytes))),
    remove: (name) => inTurn(() => rm(record(name), { force: true })),
    charges: () => inTurn((key) => ledger.read(key)),
    charge: (id, bytes) => inTurn((key) => ledger.add(key, id, bytes)),
    trim: (most) => inTurn(() => log.trim(most)),
    lock: () => inTurn(() => lockFile(join(path, "lock"))),
    close: () => inTurn(async () => {}),
  };
}

/** Returns the key. */
async function openFolder(path: string, given: Uint8Array | undefined): Promise<Uint8Array> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  return given ?? ownKey(join(path, "key"));
}

async function ownKey(path: string): Promise<Uint8Array> {
  const key = new Uint8Array(SECRET_KEY_BYTES);
  platformBytes.fill(key);
  // Another process may be making one at the same moment: the first one stays.
  if (!(await readIfThere(path))) await createAtomically(path, key);
  return (await readIfThere(path)) ?? key;
}
