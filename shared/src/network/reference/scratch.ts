/** Buffers by name, reused from call to call; one grows when it has to. */
export class Scratch {
  readonly #buffers = new Map<string, Float64Array>();

  /** At least `length` numbers, of which the first `length` are zero. Valid until the same name is asked for again. */
  zeros(name: string, length: number): Float64Array {
    let buffer = this.#buffers.get(name);
    if (buffer === undefined || buffer.length < length) {
      buffer = new Float64Array(length);
      this.#buffers.set(name, buffer);
    } else {
      buffer.fill(0, 0, length);
    }
    return buffer;
  }
}
