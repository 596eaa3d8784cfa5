import { platformPrimitives } from "@tacit/shared";
import { describe, expect, it, vi } from "vitest";
import { verifyOnce } from "../../src/population/verify-once.js";

describe("primitives that verify once", () => {
  it("verify each triple once, whoever asks", async () => {
    const primitives = await platformPrimitives();
    const verify = vi.spyOn(primitives, "verify");
    const once = verifyOnce(primitives);
    const [seed, message] = [new Uint8Array(32).fill(1), new Uint8Array(3)];
    const key = await primitives.signingKey(seed);
    const signature = await primitives.sign(seed, message);
    for (let client = 0; client < 3; client++)
      expect(await once.verify(key, message.slice(), signature)).toBe(true);
    expect(verify).toHaveBeenCalledTimes(1);
    expect(await once.verify(key, new Uint8Array(4), signature)).toBe(false);
  });

  it("know the rosters of the sessions at hand, and few of those before", async () => {
    const { knownRosters } = verifyOnce(await platformPrimitives());
    for (let session = 0; session < 1000; session++) {
      knownRosters?.set(`${session}`, Promise.resolve(undefined));
      expect(knownRosters?.has(`${session}`)).toBe(true);
      expect(knownRosters?.size).toBeLessThanOrEqual(64);
    }
  });
});
