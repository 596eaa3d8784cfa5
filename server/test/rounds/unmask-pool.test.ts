import { addMasks, type Mask, platformPrimitives } from "@tacit/shared";
import { afterAll, describe, expect, it } from "vitest";
import { createUnmaskPool } from "../../src/rounds/unmask-pool.js";

/** Workers are threads of their own and run what was built. */
const BUILT = new URL("../../dist/rounds/unmask-worker.js", import.meta.url);
const FAILING = new URL("../support/failing-unmask-worker.mjs", import.meta.url);

const primitives = await platformPrimitives();
const masksOf = (count: number): Mask[] =>
  Array.from({ length: count }, (_, i) => ({
    key: new Uint8Array(32).fill(i + 1),
    sign: i % 3 === 0 ? -1 : 1,
  }));

describe("the unmask pool", () => {
  const pool = createUnmaskPool({ workers: 2, worker: BUILT });
  afterAll(() => pool.close());

  it.each([16, 20, 32])("adds the same masks as this thread would, modulo 2^%i", async (bits) => {
    for (const count of [0, 1, 40]) {
      const here = Uint32Array.from({ length: 5000 }, (_, i) => i);
      const there = here.slice();
      await addMasks(primitives, masksOf(count), here, bits);
      await pool.addMasks(masksOf(count), there, bits);
      expect(there).toEqual(here);
    }
  });

  it("leaves the caller's keys as they are", async () => {
    const masks = masksOf(20);
    await pool.addMasks(masks, new Uint32Array(100), 20);
    expect(masks).toEqual(masksOf(20));
  });

  it("opens shared secrets, many at once", async () => {
    const { combine } = pool;
    const secrets = Array.from({ length: 10 }, (_, i) => new Uint8Array(32).fill(i));
    const opened = secrets.map(async (secret) => {
      const shares = await primitives.split(secret, 9, 5);
      return combine(shares.slice(2, 7).map((share) => new Uint8Array(share)));
    });
    expect(await Promise.all(opened)).toEqual(secrets);
  });

  it("rejects shares that nobody can combine, and goes on", async () => {
    const share = new Uint8Array(33).fill(7);
    await expect(pool.combine([share, share])).rejects.toThrow(/duplicate/);
    const shares = await primitives.split(new Uint8Array(32).fill(4), 3, 2);
    expect(await pool.combine(shares.map((one) => new Uint8Array(one)))).toEqual(new Uint8Array(32).fill(4));
  });

  it.each([
    ["a task that fails", 666, /the task failed/],
    ["a thread that crashes", 667, /the thread crashed/],
  ])("rejects after %s, leaves the sum alone, and goes on", async (_, dimension, message) => {
    const failing = createUnmaskPool({ workers: 2, worker: FAILING });
    const sum = new Uint32Array(dimension).fill(5);
    await expect(failing.addMasks(masksOf(20), sum, 20)).rejects.toThrow(message);
    expect(sum).toEqual(new Uint32Array(dimension).fill(5));
    const [here, there] = [new Uint32Array(100), new Uint32Array(100)];
    await addMasks(primitives, masksOf(20), here, 20);
    await failing.addMasks(masksOf(20), there, 20);
    expect(there).toEqual(here);
    await failing.close();
  });
});
