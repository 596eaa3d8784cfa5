import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { fileHistoryStore } from "../../src/history/file-history-store.js";

const disk = vi.hoisted(() => ({ full: false }));
vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  return {
    ...real,
    async open(...given: Parameters<typeof real.open>) {
      const file = await real.open(...given);
      const { writeFile } = file;
      file.writeFile = async (data, ...rest) => {
        if (!disk.full || !(data instanceof Uint8Array)) return writeFile.call(file, data, ...rest);
        await writeFile.call(file, data.subarray(0, 9), ...rest);
        throw new Error("ENOSPC");
      };
      return file;
    },
  };
});

let path: string;
beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), "tacit-torn-"));
});
afterAll(() => rm(path, { recursive: true }));

const click = (itemId: string) => ({ kind: "click", itemId, at: 1 }) as const;

describe("a write that a full disk cuts short", () => {
  it("is refused, and swallows nothing of what is appended once there is room again", async () => {
    const store = fileHistoryStore({ path });
    await store.append(click("before"));
    disk.full = true;
    await expect(store.append(click("lost"))).rejects.toThrow("ENOSPC");
    disk.full = false;
    await store.append(click("after"));
    await store.append(click("last"));
    const kept = [click("before"), click("after"), click("last")];
    expect(await store.interactions()).toEqual(kept);
    expect(await fileHistoryStore({ path }).interactions()).toEqual(kept);
  });
});
