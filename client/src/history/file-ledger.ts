import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { openBox, sealBox } from "./secret-box.js";
import { createAtomically } from "./write-atomically.js";

const SUFFIX = ".box";

/**
 * Charges as one sealed file each, named by its id: it is created once, whole or not at all, whichever processes try,
 * so that no lock is needed.
 */
export class FileLedger {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async read(key: Uint8Array): Promise<Uint8Array[]> {
    const names = await readdir(this.#folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    });
    const boxes = names.filter((name) => name.endsWith(SUFFIX)).map((name) => join(this.#folder, name));
    return Promise.all(boxes.map(async (path) => openBox(key, new Uint8Array(await readFile(path)), path)));
  }

  /** @throws RangeError for an id that is not hexadecimal: it becomes a file's name. */
  async add(key: Uint8Array, id: string, bytes: Uint8Array): Promise<void> {
    if (!/^[0-9a-f]{1,64}$/.test(id)) throw new RangeError("id: must be 1 to 64 lower-case hex digits");
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await createAtomically(join(this.#folder, `${id}${SUFFIX}`), sealBox(key, bytes));
  }
}
