type Numbers = Uint32Array | Float32Array | Float64Array;

/** The numbers' own bytes; all machines that Node runs on are little-endian. */
export const bytesOfNumbers = ({ buffer, byteOffset, byteLength }: Numbers): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

export const wordsOf = (bytes: Buffer): Uint32Array => new Uint32Array(aligned(bytes));
export const singlesOf = (bytes: Buffer): Float32Array => new Float32Array(aligned(bytes));
export const doublesOf = (bytes: Buffer): Float64Array => new Float64Array(aligned(bytes));

/** Bytes of a pool begin anywhere. */
const aligned = (bytes: Buffer): ArrayBuffer => Uint8Array.from(bytes).buffer;
