import { seededRandom } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { ReadyPool } from "../../src/rounds/ready-pool.js";
import { id } from "../support/ids.js";

const poolOf = (clients: number) => {
  const pool = new ReadyPool();
  for (let n = 0; n < clients; n++) pool.add({ clientId: id(n), updateId: id(100 + n), modelVersion: 0 });
  return pool;
};

describe("ReadyPool", () => {
  it("draws distinct clients and takes them out", () => {
    const pool = poolOf(10);
    const drawn = pool.draw(4, seededRandom(3));
    expect(new Set(drawn.map(({ clientId }) => clientId)).size).toBe(4);
    expect(pool.size).toBe(6);
    expect(drawn.some(({ clientId }) => pool.has(clientId))).toBe(false);
  });

  it("draws all when there are fewer", () => {
    expect(poolOf(3).draw(5, seededRandom(3))).toHaveLength(3);
  });

  it("draws every client equally often: 5,000 draws of 2 from 5, within 5 standard deviations", () => {
    const random = seededRandom(11);
    const counts = new Map<string, number>();
    for (let draw = 0; draw < 5000; draw++) {
      for (const { clientId } of poolOf(5).draw(2, random))
        counts.set(clientId, (counts.get(clientId) ?? 0) + 1);
    }
    const deviation = Math.sqrt(5000 * 0.4 * 0.6);
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(5 * deviation);
    expect(counts.size).toBe(5);
  });
});
