const CELL_BYTES = 4;
/** Every matrix begins at a multiple of so many bytes, and ends at one. */
const ALIGNMENT = 32;
const PAGE_BYTES = 65_536;

export const roundUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;

/** Lays matrices out in a memory one behind the other, before the memory is as large as that. Address 0 is nobody's. */
export class Arena {
  #end = ALIGNMENT;

  /** Address of so many cells of four bytes. */
  take(cells: number): number {
    const address = this.#end;
    this.#end += roundUp(cells * CELL_BYTES, ALIGNMENT);
    return address;
  }

  /** Makes the memory large enough for all that was taken. Views that were made before are lost. */
  settle(memory: WebAssembly.Memory): ArrayBuffer {
    const missing = Math.ceil(this.#end / PAGE_BYTES) - memory.buffer.byteLength / PAGE_BYTES;
    if (missing > 0) memory.grow(missing);
    return memory.buffer;
  }
}
