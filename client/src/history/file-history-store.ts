import { mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Interaction, platformBytes } from "@tacit/shared";
import { oneAtATime } from "../one-at-a-time.js";
import { FileLedger } from "./file-ledger.js";
import { lockFile } from "./file-lock.js";
import { frame, readFrames } from "./frames.js";
import type { HistoryStore, RecordName } from "./history-store.js";
import { interactionBytes, interactionOf } from "./interaction-bytes.js";
import { openBox, SECRET_KEY_BYTES, sealBox } from "./secret-box.js";
import { createAtomically, writeAtomically } from "./write-atomically.js";

export interface FileHistoryStoreOptions {
  /** A folder of its own; made when missing. */
  readonly path: string;
  /** 32 bytes. Without it the store makes one and keeps it beside the data, readable by the owner only. */
  readonly key?: Uint8Array;
}

const OWNER_ONLY = 0o600;
const LOG = "history.log";

/**
 * One user's data in a folder, every blob sealed with tweetnacl's secretbox. Several processes may share it: whatever
 * one of them charged, all count, and one of them at a time takes part. Interactions are appended to a log of
 * sealed frames; a torn last frame is cut off on the next start.
 * @throws RangeError for a key of another length. Its methods reject with UnreadableStoreError under a wrong key.
 */
export function fileHistoryStore({ path, key: given }: FileHistoryStoreOptions): HistoryStore {
  if (given && given.length !== SECRET_KEY_BYTES) {
    throw new RangeError(`key: ${given.length} bytes, must be ${SECRET_KEY_BYTES}`);
  }
  const log = join(path, LOG);
  const record = (name: RecordName) => join(path, `${name}.box`);
  const ledger = new FileLedger(join(path, "ledger"));
  let opened: Promise<Uint8Array> | undefined;
  const next = oneAtATime();
  const inTurn = <Result>(operation: (key: Uint8Array) => Promise<Result>): Promise<Result> =>
    next(async () => {
      opened ??= openFolder(path, log, given);
      return operation(await opened);
    });
  return {
    interactions: () => inTurn((key) => readLog(log, key)),
    append: (interaction) => inTurn((key) => appendFrame(log, sealBox(key, interactionBytes(interaction)))),
    read: (name) =>
      inTurn(async (key) => {
        const sealed = await readIfThere(record(name));
        return sealed && openBox(key, sealed, record(name));
      }),
    write: (name, bytes) => inTurn((key) => writeAtomically(record(name), sealBox(key, bytes))),
    remove: (name) => inTurn(() => rm(record(name), { force: true })),
    charges: () => inTurn((key) => ledger.read(key)),
    charge: (id, bytes) => inTurn((key) => ledger.add(key, id, bytes)),
    trim: (most) => inTurn(() => trimLog(log, most)),
    lock: () => inTurn(() => lockFile(join(path, "lock"))),
    close: () => inTurn(async () => {}),
  };
}

/** Returns the key. */
async function openFolder(path: string, log: string, given: Uint8Array | undefined): Promise<Uint8Array> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const key = given ?? (await ownKey(join(path, "key")));
  const bytes = await readIfThere(log);
  if (bytes) {
    const { end } = readFrames(bytes);
    if (end < bytes.length) await writeAtomically(log, bytes.subarray(0, end));
  }
  return key;
}

async function ownKey(path: string): Promise<Uint8Array> {
  const key = new Uint8Array(SECRET_KEY_BYTES);
  platformBytes.fill(key);
  // Another process may be making one at the same moment: the first one stays.
  if (!(await readIfThere(path))) await createAtomically(path, key);
  return (await readIfThere(path)) ?? key;
}

async function readLog(log: string, key: Uint8Array): Promise<Interaction[]> {
  const bytes = (await readIfThere(log)) ?? new Uint8Array(0);
  return readFrames(bytes).frames.map((sealed) => interactionOf(openBox(key, sealed, log)));
}

async function appendFrame(log: string, sealed: Uint8Array): Promise<void> {
  const file = await open(log, "a", OWNER_ONLY);
  const { size } = await file.stat();
  try {
    await file.writeFile(frame(sealed));
    await file.datasync();
  } catch (error) {
    // A torn frame would swallow those that come behind it.
    await file.truncate(size);
    throw error;
  } finally {
    await file.close();
  }
}

async function trimLog(log: string, most: number): Promise<void> {
  const { frames } = readFrames((await readIfThere(log)) ?? new Uint8Array(0));
  if (frames.length > most)
    await writeAtomically(log, Buffer.concat(frames.slice(frames.length - most).map(frame)));
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
