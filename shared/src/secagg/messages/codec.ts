import { type Bytes, copyBytes } from "../crypto/bytes.js";

/** Thrown while reading bytes that no writer made; {@link decode} turns it into undefined. */
class NotEncoded extends Error {}

/** One field or message: its type, its bytes, its bounds. Integers are little-endian. */
export interface Codec<Value> {
  write(value: Value, writer: Writer): void;
  read(reader: Reader): Value;
}
export type Decoded<Coded> = Coded extends Codec<infer Value> ? Value : never;

const FIRST_BYTES = 256;

class Writer {
  #buffer = new Uint8Array(FIRST_BYTES);
  #view = new DataView(this.#buffer.buffer);
  #length = 0;

  bytes(part: Uint8Array): void {
    const at = this.#extend(part.length);
    this.#buffer.set(part, at);
  }

  number(length: number, set: (view: DataView, at: number) => void): void {
    const at = this.#extend(length);
    set(this.#view, at);
  }

  finish(): Bytes {
    const whole = this.#buffer.slice(0, this.#length);
    // Shares pass through here.
    this.#buffer.fill(0);
    return whole;
  }

  /** Where so many more bytes begin. */
  #extend(length: number): number {
    const at = this.#length;
    this.#length += length;
    if (this.#length > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(this.#length, 2 * this.#buffer.length));
      larger.set(this.#buffer);
      this.#buffer.fill(0);
      this.#buffer = larger;
      this.#view = new DataView(larger.buffer);
    }
    return at;
  }
}

/** Reads from one copy of the input: what it hands out are views of that copy. */
class Reader {
  readonly #input: Bytes;
  readonly #view: DataView;
  #at = 0;

  constructor(input: Uint8Array) {
    this.#input = copyBytes(input);
    this.#view = new DataView(this.#input.buffer);
  }

  get left(): number {
    return this.#input.length - this.#at;
  }

  bytes(length: number): Bytes {
    const at = this.#skip(length);
    return this.#input.subarray(at, at + length);
  }

  number(length: number, get: (view: DataView, at: number) => number): number {
    return get(this.#view, this.#skip(length));
  }

  #skip(length: number): number {
    if (length > this.left) throw new NotEncoded();
    this.#at += length;
    return this.#at - length;
  }
}

export function encode<Value>(codec: Codec<Value>, value: Value): Bytes {
  const writer = new Writer();
  codec.write(value, writer);
  return writer.finish();
}

/** The value these bytes encode, all of them and nothing more; undefined otherwise. Never throws on bad input. */
export function decode<Value>(codec: Codec<Value>, input: Uint8Array): Value | undefined {
  const reader = new Reader(input);
  try {
    const value = codec.read(reader);
    return reader.left === 0 ? value : undefined;
  } catch (error) {
    if (error instanceof NotEncoded) return undefined;
    throw error;
  }
}

/** Exactly `length` bytes. */
export const bytes = (length: number): Codec<Bytes> => ({
  write: (value, writer) => writer.bytes(value),
  read: (reader) => reader.bytes(length),
});

export const u8: Codec<number> = {
  write: (value, writer) => writer.number(1, (view, at) => view.setUint8(at, value)),
  read: (reader) => reader.number(1, (view, at) => view.getUint8(at)),
};
export const u16: Codec<number> = {
  write: (value, writer) => writer.number(2, (view, at) => view.setUint16(at, value, true)),
  read: (reader) => reader.number(2, (view, at) => view.getUint16(at, true)),
};
export const u32: Codec<number> = {
  write: (value, writer) => writer.number(4, (view, at) => view.setUint32(at, value, true)),
  read: (reader) => reader.number(4, (view, at) => view.getUint32(at, true)),
};
/** A finite number. */
export const f64: Codec<number> = {
  write: (value, writer) => writer.number(8, (view, at) => view.setFloat64(at, value, true)),
  read: (reader) =>
    must(
      reader.number(8, (view, at) => view.getFloat64(at, true)),
      Number.isFinite,
    ),
};

/** One of a closed list, as its place in it. */
export const oneOf = <const Choice extends string>(choices: readonly Choice[]): Codec<Choice> => ({
  write: (value, writer) => u8.write(choices.indexOf(value), writer),
  read(reader) {
    const choice = choices[u8.read(reader)];
    if (choice === undefined) throw new NotEncoded();
    return choice;
  },
});

/** At most `most` values, after their number (u16). */
export const list = <Value>(codec: Codec<Value>, most: number): Codec<readonly Value[]> => ({
  write(values, writer) {
    u16.write(values.length, writer);
    for (const value of values) codec.write(value, writer);
  },
  read(reader) {
    const length = must(u16.read(reader), (count) => count <= most);
    return Array.from({ length }, () => codec.read(reader));
  },
});

/** A set of clients by their place in the roster, ascending: the size of the roster (u16), then one bit each. */
export interface Members {
  readonly of: number;
  readonly clients: readonly number[];
}
export const members = (most: number): Codec<Members> => ({
  write({ of, clients }, writer) {
    u16.write(of, writer);
    const bits = new Uint8Array(Math.ceil(of / 8));
    for (const client of clients) bits[client >>> 3] = (bits[client >>> 3] ?? 0) | (1 << (client & 7));
    writer.bytes(bits);
  },
  read(reader) {
    const of = must(u16.read(reader), (count) => count <= most);
    const bits = reader.bytes(Math.ceil(of / 8));
    const set = Array.from({ length: 8 * bits.length }, (_, client) => client).filter(
      (client) => ((bits[client >>> 3] ?? 0) >>> (client & 7)) & 1,
    );
    return { of, clients: must(set, (clients) => (clients.at(-1) ?? -1) < of) };
  },
});

type Fields = Record<string, Codec<unknown>>;
type Struct<Shape extends Fields> = { readonly [Name in keyof Shape]: Decoded<Shape[Name]> };

/** Named fields, one after the other in the order they are written here. */
export const struct = <Shape extends Fields>(shape: Shape): Codec<Struct<Shape>> => ({
  write(value, writer) {
    for (const [name, codec] of Object.entries(shape)) codec.write(value[name], writer);
  },
  read(reader) {
    const entries = Object.entries(shape).map(([name, codec]) => [name, codec.read(reader)] as const);
    // The compiler cannot follow a mapped type through entries; each name was read with its own codec above.
    return Object.fromEntries(entries) as Struct<Shape>;
  },
});

function must<Value>(value: Value, holds: (value: Value) => boolean): Value {
  if (!holds(value)) throw new NotEncoded();
  return value;
}
