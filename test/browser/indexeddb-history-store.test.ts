import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { historyStoreContract } from "../../client/test/history/history-store-contract.js";
import { Chromium, makeProfile, removeProfile } from "./support/chromium.js";
import { servePage } from "./support/page-server.js";
import { remoteStore } from "./support/remote-store.js";

let served: Awaited<ReturnType<typeof servePage>>;
let profile: string;
let browser: Chromium;
let page: Page;
let names = 0;
const fresh = () => `store-${names++}`;

beforeAll(async () => {
  [served, profile] = await Promise.all([servePage(), makeProfile()]);
  browser = await Chromium.launch(profile);
  page = await browser.open(served.url);
  return async () => {
    await browser.kill();
    await Promise.all([served.close(), removeProfile(profile)]);
  };
});

describe("the IndexedDB store in a browser", () => {
  historyStoreContract(() => remoteStore(page, fresh()));

  it("needs no TensorFlow.js, no TweetNaCl and no sockets on a page that takes no part yet", () => {
    expect(served.script).toContain("indexedDbHistoryStore");
    for (const absent of ["tensorflow", "nacl", "engine.io"]) expect(served.script).not.toContain(absent);
  });

  it("keeps the order of appends, and its own copies, without a round trip in between", async () => {
    const kept = await page.evaluate(async (name) => {
      const store = tacit.store(tacit.open(name));
      const clicks = Array.from({ length: 20 }, (_, at) => ({ kind: "click", itemId: "a", at }) as const);
      const bytes = Uint8Array.of(1);
      const writes = [...clicks.map((click) => store.append(click)), store.write("task", bytes)];
      bytes[0] = 9;
      await Promise.all(writes);
      return {
        times: (await store.interactions()).map(({ at }) => at),
        task: [...((await store.read("task")) ?? [])],
      };
    }, fresh());
    expect(kept).toEqual({ times: Array.from({ length: 20 }, (_, at) => at), task: [1] });
  });

  it("seals everything anew, under a key that leaves the browser's keeping for nobody", async () => {
    const found = await page.evaluate(async (name) => {
      const store = tacit.store(tacit.open(name));
      const plain = new TextEncoder().encode("a-secret-liking");
      for (const at of [1, 2]) await store.append({ kind: "click", itemId: "a-secret-liking", at });
      await store.write("consent", plain);
      await store.charge("0a", plain);
      const { keys, ...sealed } = await tacit.rawContent(name);
      const [key] = keys ?? [];
      const blobs = Object.values(sealed).flat();
      return {
        key: key instanceof CryptoKey && !key.extractable ? key.algorithm : undefined,
        readable: blobs.filter(
          (blob) =>
            !(blob instanceof Uint8Array) || new TextDecoder("latin1").decode(blob).includes("liking"),
        ).length,
        nonces: new Set(blobs.map((blob) => blob instanceof Uint8Array && blob.subarray(0, 12).join())).size,
      };
    }, fresh());
    expect(found).toEqual({ key: { name: "AES-GCM", length: 256 }, readable: 0, nonces: 4 });
  });

  it.each(["interactions", "records", "charges"] as const)(
    "notices %s that were changed, are no bytes, or belong elsewhere",
    async (place) => {
      const rejections = await page.evaluate(
        async ([name, which]) => {
          const read = async () => {
            const store = tacit.store(tacit.open(name));
            const reads = {
              interactions: store.interactions,
              records: () => store.read("model"),
              charges: store.charges,
            };
            const rejection = await tacit.rejection(reads[which]());
            await store.close();
            return rejection;
          };
          const store = tacit.store(tacit.open(name));
          await store.append({ kind: "click", itemId: "a", at: 1 });
          await store.write("model", Uint8Array.of(1));
          await store.write("task", Uint8Array.of(2));
          await store.charge("0a", Uint8Array.of(1));
          await store.close();
          const { keys, records = [], ...others } = await tacit.rawContent(name);
          const [whole] = which === "records" ? records : (others[which] ?? []);
          if (!(whole instanceof Uint8Array)) throw new Error("no bytes");
          const before = await read();
          const found: string[] = [];
          const flipped = whole.map((byte, i) => (i === whole.length - 1 ? byte ^ 1 : byte));
          for (const value of [flipped, whole.subarray(0, 11), "nonsense", records[1]]) {
            await tacit.overwrite(name, which, value);
            found.push(await read());
          }
          await tacit.overwrite(name, which, whole);
          const after = await read();
          await tacit.overwrite(name, "keys", "nonsense");
          found.push(await read());
          return { before, after, found, keys: keys?.length };
        },
        [fresh(), place] as const,
      );
      expect(rejections).toEqual({
        before: "nothing",
        after: "nothing",
        found: Array(5).fill("UnreadableStoreError"),
        keys: 1,
      });
    },
  );
});

describe("two tabs", () => {
  it("that open it first at the same moment share one key", async () => {
    const other = await browser.open(served.url);
    const name = fresh();
    const tabs = await Promise.all([page, other].map((tab) => remoteStore(tab, name)));
    await Promise.all(tabs.map((store, at) => store.append({ kind: "click", itemId: "a", at })));
    for (const store of tabs) expect(await store.interactions()).toHaveLength(2);
    await other.close();
  });

  it("lose nothing that one of them tracks while the other trims", async () => {
    const other = await browser.open(served.url);
    const name = fresh();
    const appended = 40;
    const [mine] = await Promise.all([remoteStore(page, name), remoteStore(other, name)]);
    await mine.append({ kind: "click", itemId: "old", at: 0 });
    await Promise.all([
      page.evaluate(
        async ([database, most]) => {
          const store = tacit.store(tacit.open(database));
          for (let i = 0; i < 20; i++) await store.trim(most);
        },
        [name, appended] as const,
      ),
      other.evaluate(
        async ([database, count]) => {
          const store = tacit.store(tacit.open(database));
          for (let at = 1; at <= count; at++) await store.append({ kind: "click", itemId: "new", at });
        },
        [name, appended] as const,
      ),
    ]);
    await mine.trim(appended);
    expect((await mine.interactions()).map(({ at }) => at)).toEqual(
      Array.from({ length: appended }, (_, i) => i + 1),
    );
    await other.close();
  });

  it("that charge at the same moment lose nothing and charge each id once: the first one stays", async () => {
    const other = await browser.open(served.url);
    const name = fresh();
    const charging = [page, other].map((tab, which) =>
      tab.evaluate(
        async ([database, first]) => {
          const store = tacit.store(tacit.open(database));
          await store.charges();
          const ids = Array.from({ length: 40 }, (_, i) => (i + 20 * first).toString(16).padStart(4, "0"));
          await Promise.all(ids.map((id, i) => store.charge(id, Uint8Array.of(i + 20 * first, first))));
          const mine = (await store.charges()).map((bytes) => bytes.join());
          // Charged again, from here: nothing changes.
          await Promise.all(ids.map((id) => store.charge(id, Uint8Array.of(255, 255))));
          return mine;
        },
        [name, which] as const,
      ),
    );
    const seen = await Promise.all(charging);
    const stores = await Promise.all([page, other].map((tab) => remoteStore(tab, name)));
    const [mine, theirs] = await Promise.all(
      stores.map(async (store) => (await store.charges()).map((bytes) => bytes.join()).sort()),
    );
    expect(mine).toEqual(theirs);
    expect(mine?.map((charge) => Number(charge.split(",")[0])).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 60 }, (_, i) => i),
    );
    for (const tab of seen) expect(mine).toEqual(expect.arrayContaining(tab));
    await other.close();
  });
});
