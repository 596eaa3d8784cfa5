const LENGTH_BYTES = 4;

/** One blob with its length before it, as it is appended to a log. */
export function frame(bytes: Uint8Array): Uint8Array {
  const framed = new Uint8Array(LENGTH_BYTES + bytes.length);
  new DataView(framed.buffer).setUint32(0, bytes.length, true);
  framed.set(bytes, LENGTH_BYTES);
  return framed;
}

/** The whole frames of a log, and where they end: what follows was being written when the process died. */
export function readFrames(log: Uint8Array): {
  readonly frames: readonly Uint8Array[];
  readonly end: number;
} {
  const view = new DataView(log.buffer, log.byteOffset, log.byteLength);
  const frames: Uint8Array[] = [];
  let end = 0;
  while (end + LENGTH_BYTES <= log.length) {
    const next = end + LENGTH_BYTES + view.getUint32(end, true);
    if (next > log.length) break;
    frames.push(log.subarray(end + LENGTH_BYTES, next));
    end = next;
  }
  return { frames, end };
}
