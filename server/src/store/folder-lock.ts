import { createHash, randomBytes } from "node:crypto";
import { unlink } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Another process has the folder open. */
export class FolderInUseError extends Error {
  override readonly name = "FolderInUseError";
  constructor(folder: string) {
    super(`the data folder ${folder} is in use by another coordinator`);
  }
}

/** Longest path of a Unix domain socket on Linux is 107 bytes, on macOS 103. */
const LONGEST_SOCKET_PATH = 103;
const QUESTION_MILLISECONDS = 2000;

/**
 * Holds a folder for this process and returns its release.
 *
 * The lock is a socket that answers with the holder's nonce: the kernel drops it with the process, however that
 * dies, so unlike a file with a process id it is never stale and never mistakes a reused id for the holder.
 * @throws FolderInUseError
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const address = lockAddress(folder);
  const nonce = randomBytes(16).toString("hex");
  let server = await listen(address, nonce);
  if (!server) {
    if ((await ask(address)) !== undefined) throw new FolderInUseError(folder);
    await unlink(address).catch(() => {});
    server = await listen(address, nonce);
  }
  // Two processes may clear the same leftover at once; the one whose nonce answers has the folder.
  if (!server || (await ask(address)) !== nonce) {
    server?.close();
    throw new FolderInUseError(folder);
  }
  const held = server;
  return () => new Promise((resolve) => held.close(() => resolve()));
}

function lockAddress(folder: string): string {
  const name = `tacit-${createHash("sha256").update(folder).digest("hex").slice(0, 32)}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\${name}`;
  const inside = join(folder, "coordinator.lock");
  return Buffer.byteLength(inside) <= LONGEST_SOCKET_PATH ? inside : join(tmpdir(), `${name}.lock`);
}

function listen(address: string, nonce: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.end(nonce);
    });
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(undefined) : reject(error),
    );
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });
}

/** The holder's nonce, or undefined when nobody holds the lock. A holder too busy to answer in time still holds. */
function ask(address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(address);
    let answer = "";
    socket.setTimeout(QUESTION_MILLISECONDS, () => {
      socket.destroy();
      resolve("no answer");
    });
    socket.on("data", (bytes) => {
      answer += bytes.toString("latin1");
    });
    socket.once("error", () => resolve(undefined));
    socket.once("end", () => resolve(answer));
  });
}
