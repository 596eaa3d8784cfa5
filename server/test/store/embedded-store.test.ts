import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openFolderStore, openMemoryStore } from "../../src/store/open-store.js";
import type { Store } from "../../src/store/store.js";
import { describeIdentityStore } from "./identity-store-contract.js";
import { describeStore, roundAfter } from "./store-contract.js";

describe("the embedded store in memory", () => {
  let store: Store;
  beforeAll(async () => {
    store = await openMemoryStore();
  });
  afterAll(() => store.close());
  describeStore(() => store);
  describeIdentityStore(() => store);
});

describe("the embedded store in a folder", () => {
  let folder: string;
  let store: Store;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tacit-store-"));
    store = await openFolderStore(folder);
  });
  afterAll(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });
  describeStore(() => store);
  describeIdentityStore(() => store);

  it("is refused to a second opener while the first has it", async () => {
    await expect(openFolderStore(folder)).rejects.toThrow(/in use by another coordinator/);
  });

  it("has everything after it is opened again", async () => {
    const taskHash = "ab".repeat(32);
    const initial = { ...roundAfterNothing, modelVersion: 0 };
    await store.openTask({ taskHash, name: "kept", spec: "{}", initial });
    const round = roundAfter(initial, ["cd".repeat(16)]);
    await store.commitRound(taskHash, round);
    const client = { clientId: "12".repeat(16), identityKey: "34".repeat(32) };
    await store.identities.enrol(client, new Date());
    await store.identities.revoke(client.clientId, new Date());
    await store.close();
    store = await openFolderStore(folder);
    expect(await store.identities.client(client.clientId)).toMatchObject({ revokedAt: expect.any(Date) });
    expect(await store.latest(taskHash)).toEqual(round.version);
    expect(await store.ledger(taskHash)).toEqual([round.ledger]);
  });
});

const roundAfterNothing = {
  hash: "01".repeat(32),
  previousHash: "0".repeat(64),
  parameters: Float32Array.of(1, 2),
  optimiserState: new Float32Array(0),
  noiseState: new Int32Array(0),
};
