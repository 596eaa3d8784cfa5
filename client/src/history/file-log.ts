import { open } from "node:fs/promises";
import { join } from "node:path";
import { whileLocked } from "./file-lock.js";
import { frame, readFrames } from "./frames.js";
import { readIfThere } from "./read-if-there.js";
import { writeAtomically } from "./write-atomically.js";

const OWNER_ONLY = 0o600;

/**
 * Frames in one file, which several processes may append to and trim, one at a time. A torn last frame, of a process that died
 * while it wrote or of a full disk, is nobody's, and is cut off before the next one is written.
 */
export class FileLog {
  readonly path: string;
  readonly #lock: string;
  /** Up to where the log is known to be whole; another process may have written since. */
  #whole = 0;

  constructor(folder: string) {
    this.path = join(folder, "history.log");
    this.#lock = join(folder, "history.lock");
  }

  async read(): Promise<readonly Uint8Array[]> {
    return (await this.#content()).frames;
  }

  append(bytes: Uint8Array): Promise<void> {
    return whileLocked(this.#lock, async () => {
      const file = await open(this.path, "a", OWNER_ONLY);
      try {
        const { size } = await file.stat();
        if (size !== this.#whole) {
          this.#whole = (await this.#content()).end;
          if (this.#whole < size) await file.truncate(this.#whole);
        }
        const framed = frame(bytes);
        await file.writeFile(framed);
        await file.datasync();
        this.#whole += framed.length;
      } finally {
        await file.close();
      }
    });
  }

  /** Leaves the newest `most`. */
  trim(most: number): Promise<void> {
    return whileLocked(this.#lock, async () => {
      const frames = await this.read();
      if (frames.length <= most) return;
      await writeAtomically(this.path, Buffer.concat(frames.slice(frames.length - most).map(frame)));
    });
  }

  async #content(): Promise<ReturnType<typeof readFrames>> {
    return readFrames((await readIfThere(this.path)) ?? new Uint8Array(0));
  }
}
