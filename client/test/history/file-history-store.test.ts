import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileHistoryStore } from "../../src/history/file-history-store.js";
import { UnreadableStoreError } from "../../src/history/unreadable-store-error.js";
import { historyStoreContract } from "./history-store-contract.js";

let root: string;
let folders = 0;
const fresh = () => join(root, `store-${folders++}`);
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "tacit-history-"));
});
afterAll(() => rm(root, { recursive: true }));

const click = (itemId: string) => ({ kind: "click", itemId, at: 1 }) as const;

describe("the file store", () => {
  historyStoreContract(async () => fileHistoryStore({ path: fresh() }));

  it("has everything when it is opened again", async () => {
    const path = fresh();
    const first = fileHistoryStore({ path });
    await first.append(click("alien"));
    await first.write("model", Uint8Array.of(1, 2));
    await first.close();
    const second = fileHistoryStore({ path });
    expect(await second.interactions()).toEqual([click("alien")]);
    expect(await second.read("model")).toEqual(Uint8Array.of(1, 2));
  });

  it("leaves nothing readable on the disk, and nothing for other users", async () => {
    const path = fresh();
    const store = fileHistoryStore({ path });
    await store.append(click("a-secret-liking"));
    await store.write("consent", new TextEncoder().encode("a-secret-liking"));
    await store.charge("0a", new TextEncoder().encode("a-secret-liking"));
    for (const name of [...(await readdir(path)), "ledger/0a.box"]) {
      if (name === "ledger") continue;
      const file = join(path, name);
      expect((await readFile(file)).includes("a-secret-liking")).toBe(false);
      expect((await stat(file)).mode & 0o077).toBe(0);
    }
    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  it("opens under the host's own key only, and keeps none then", async () => {
    const path = fresh();
    const key = new Uint8Array(32).fill(1);
    const store = fileHistoryStore({ path, key });
    await store.append(click("alien"));
    await store.charge("0a", Uint8Array.of(1));
    expect(await readdir(path)).not.toContain("key");
    const stranger = fileHistoryStore({ path, key: new Uint8Array(32).fill(2) });
    await expect(stranger.interactions()).rejects.toThrow(UnreadableStoreError);
    await expect(stranger.charges()).rejects.toThrow(/ledger/);
    expect(() => fileHistoryStore({ path, key: new Uint8Array(31) })).toThrow(/key: 31 bytes, must be 32/);
  });

  it("loses at most the interaction that was being written, wherever the write was torn", async () => {
    const path = fresh();
    const store = fileHistoryStore({ path });
    await store.append(click("first"));
    const log = join(path, "history.log");
    const { size: whole } = await stat(log);
    await store.append(click("second"));
    const bytes = await readFile(log);
    for (let length = whole; length < bytes.length; length++) {
      await writeFile(log, bytes);
      await truncate(log, length);
      const torn = fileHistoryStore({ path });
      expect(await torn.interactions()).toEqual([click("first")]);
      await torn.append(click("third"));
      expect(await fileHistoryStore({ path }).interactions()).toEqual([click("first"), click("third")]);
    }
  });

  it("loses nothing that one process tracks while another trims, and brings nothing back that was erased", async () => {
    const path = fresh();
    const [mine, other] = [fileHistoryStore({ path }), fileHistoryStore({ path })];
    for (let at = 0; at < 20; at++) await mine.append({ ...click("old"), at });
    const tracked = async () => {
      for (let at = 0; at < 60; at++) await other.append({ ...click("new"), at });
    };
    const trimmed = async () => {
      for (let i = 0; i < 60; i++) await mine.trim(60);
    };
    await Promise.all([tracked(), trimmed()]);
    await mine.trim(60);
    const kept = await other.interactions();
    expect(kept.map(({ itemId, at }) => `${itemId} ${at}`)).toEqual(
      Array.from({ length: 60 }, (_, at) => `new ${at}`),
    );
    await Promise.all([other.trim(30), mine.trim(0), other.trim(30)]);
    expect(await other.interactions()).toEqual([]);
  });

  it("cuts off what another process left torn, also while it is open", async () => {
    const path = fresh();
    const [mine, other] = [fileHistoryStore({ path }), fileHistoryStore({ path })];
    await mine.append(click("first"));
    await other.append(click("torn"));
    const log = join(path, "history.log");
    const { size } = await stat(log);
    await truncate(log, size - 3);
    await mine.append(click("second"));
    expect(await other.interactions()).toEqual([click("first"), click("second")]);
  });

  it("adds up what several processes charge at once, each id once", async () => {
    const path = fresh();
    const key = new Uint8Array(32).fill(1);
    const stores = Array.from({ length: 4 }, () => fileHistoryStore({ path, key }));
    const ids = Array.from({ length: 10 }, (_, i) => `${i}a`);
    await Promise.all(stores.flatMap((store) => ids.map((id) => store.charge(id, Buffer.from(id)))));
    for (const store of stores) {
      const charges = await store.charges();
      expect(charges.map((bytes) => Buffer.from(bytes).toString()).sort()).toEqual(ids);
    }
    expect((await readdir(join(path, "ledger"))).filter((name) => !name.endsWith(".box"))).toEqual([]);
  });

  it("is one store to whichever processes make it at once: they share its key, its records and its lock", async () => {
    const path = fresh();
    const stores = Array.from({ length: 6 }, () => fileHistoryStore({ path }));
    await Promise.all(stores.map((store) => store.append(click("alien"))));
    await Promise.all(stores.map((store, i) => store.write("model", new Uint8Array(1000).fill(i))));
    const lengths = await Promise.all(stores.map(async (store) => (await store.interactions()).length));
    expect(lengths).toEqual(stores.map(() => 6));
    const models = await Promise.all(stores.map((store) => store.read("model")));
    for (const model of models) expect(model).toEqual(models[0]);
    const [first, second] = stores;
    const release = await first?.lock();
    expect(release).toBeDefined();
    expect(await second?.lock()).toBeUndefined();
    await release?.();
    const next = await second?.lock();
    expect(next).toBeDefined();
    await next?.();
  });

  it.each(["", "../escape", "A0", "0".repeat(65)])("takes no file name for an id: %j", async (id) => {
    await expect(fileHistoryStore({ path: fresh() }).charge(id, Uint8Array.of(1))).rejects.toThrow(/^id: /);
  });

  it("notices a changed byte", async () => {
    const path = fresh();
    const store = fileHistoryStore({ path });
    await store.append(click("alien"));
    const log = join(path, "history.log");
    const bytes = await readFile(log);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(log, bytes);
    await expect(fileHistoryStore({ path }).interactions()).rejects.toThrow(UnreadableStoreError);
  });
});
