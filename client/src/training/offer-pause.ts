import { type ByteSource, platformBytes } from "@tacit/shared";

/** Milliseconds, uniform between half of `longest` and all of it. */
export function drawPause(longest: number, bytes: ByteSource = platformBytes): number {
  const word = new Uint32Array(1);
  bytes.fill(new Uint8Array(word.buffer));
  return longest * (0.5 + 0.5 * ((word[0] ?? 0) / 2 ** 32));
}

/**
 * Works, and resolves `milliseconds` after the beginning: the moment does not tell how long the work took, unless that
 * was longer. Earlier where `signal` aborts.
 */
export async function paced<T>(milliseconds: number, signal: AbortSignal, work: () => T): Promise<T> {
  const over = milliseconds > 0 ? passed(milliseconds, signal) : undefined;
  const result = work();
  await over;
  return result;
}

function passed(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}
