import type { Page } from "playwright-core";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { exampleTask } from "../../client/test/support/example-task.js";
import { ScriptedCoordinator } from "../../client/test/support/scripted-coordinator.js";
import { Chromium, crash, makeProfile, removeProfile } from "./support/chromium.js";
import { servePage } from "./support/page-server.js";
import { remoteStore } from "./support/remote-store.js";

let served: Awaited<ReturnType<typeof servePage>>;
let profile: string;
let browser: Chromium;
beforeAll(async () => {
  served = await servePage();
  return served.close;
});
beforeEach(async () => {
  profile = await makeProfile();
  browser = await Chromium.launch(profile);
  return async () => {
    await browser.kill();
    await removeProfile(profile);
  };
});

const reader = new ScriptedCoordinator(exampleTask());
const read = (packet: readonly number[]) => reader.upload(Uint8Array.from(packet));
const sealed = ({ updateId, modelVersion, values }: ReturnType<typeof read>) => ({
  updateId,
  modelVersion,
  values,
});

/** Embeds the SDK in the tab; resolves once it says that it is ready. Returns its update's and its own name. */
function participate(page: Page) {
  return page.evaluate(async () => {
    const recommender = tacit.embed("kill");
    for (const [at, itemId] of ["alien", "heat", "amelie"].entries()) {
      if (recommender.status().interactions < 3) await recommender.track({ kind: "click", itemId, at });
    }
    const ready = await tacit.coordinator.hears("ready");
    const checkIn = await tacit.coordinator.hears("check-in");
    return { updateId: String(Object(ready).updateId), clientId: String(Object(checkIn).clientId) };
  });
}

/** Invites the tab's update; resolves to the upload's bytes, which are charged then and go no further. */
async function uploadOf(page: Page, updateId: string, cohort: string) {
  const packet = await page.evaluate(
    async ([update, cohortId]) => {
      tacit.coordinator.invite(update, cohortId);
      const bytes = await tacit.coordinator.hears("upload");
      return bytes instanceof Uint8Array ? [...bytes] : [];
    },
    [updateId, cohort.repeat(32)] as const,
  );
  return read(packet);
}

async function onDisk(page: Page) {
  const store = await remoteStore(page, "kill");
  const charges = (await store.charges()).map((bytes) => new TextDecoder().decode(bytes));
  const update = await store.read("update");
  if (!update) throw new Error("no update is stored");
  return { charges, update: read([...update]) };
}

describe("killed between charge and upload", () => {
  it.each([
    ["the tab, closed", async (page: Page) => page.close()],
    ["the tab, crashed", async (page: Page) => crash(page)],
    [
      "the whole browser, by SIGKILL",
      async () => {
        await browser.kill();
        browser = await Chromium.launch(profile);
      },
    ],
  ])("%s: the charge is there, once, and the very same bytes are sent", async (_, kill) => {
    const page = await browser.open(served.url);
    const before = await participate(page);
    const charged = await uploadOf(page, before.updateId, "c");
    await kill(page);

    const again = await browser.open(served.url);
    const left = await onDisk(again);
    expect(left.charges.map((entry) => JSON.parse(entry).updateId)).toEqual([before.updateId]);
    expect(sealed(left.update)).toEqual(sealed(charged));
    expect(await participate(again)).toEqual(before);
    const sent = await uploadOf(again, before.updateId, "d");
    expect(sealed(sent)).toEqual(sealed(left.update));
    expect(await onDisk(again)).toEqual(left);
  });
});

describe("two tabs", () => {
  it.each([
    ["closes", async (page: Page) => page.close()],
    ["crashes", async (page: Page) => crash(page)],
  ])("take part one at a time; when the one %s, the other sends the very same update", async (_, end) => {
    const [first, second] = [await browser.open(served.url), await browser.open(served.url)];
    const before = await participate(first);
    const idle = await second.evaluate(async () => {
      const recommender = tacit.embed("kill");
      await recommender.ready;
      const tracked = await recommender.track({ kind: "click", itemId: "brazil" });
      const { items } = await recommender.recommend({ count: 2 });
      let training = await recommender.train();
      // It begins to take part once it has asked for a newer model than the stored one.
      while (!training.ok && training.reason === "no-model") training = await recommender.train();
      const { connections } = tacit.coordinator;
      return { tracked, shown: items.length, trained: training.ok, connections };
    });
    expect(idle).toEqual({ tracked: { ok: true }, shown: 2, trained: false, connections: 0 });
    const charged = await uploadOf(first, before.updateId, "c");
    await end(first);
    const after = await second.evaluate(async () => {
      const [ready, checkIn] = [
        await tacit.coordinator.hears("ready"),
        await tacit.coordinator.hears("check-in"),
      ];
      return { updateId: String(Object(ready).updateId), clientId: String(Object(checkIn).clientId) };
    });
    expect(after).toEqual(before);
    expect(sealed(await uploadOf(second, before.updateId, "d"))).toEqual(sealed(charged));
    expect((await onDisk(second)).charges).toHaveLength(1);
  });
});
