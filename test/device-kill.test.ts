import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRecommender, memoryHistoryStore, type Recommender } from "@tacit/client";
import { fileHistoryStore } from "@tacit/client/node";
import { type Coordinator, startCoordinator } from "@tacit/server";
import { decodeUpload, networkShape, parameterCount, referenceEngine, taskHash } from "@tacit/shared";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DeviceProcess } from "./support/device-process.js";
import { history, items, smallTask } from "./support/small-population.js";

/** Unmasked, so that a test can read what leaves the device. */
const task = smallTask({
  privacy: { mode: "local", noiseMultiplier: 5 },
  cohort: { size: 3, minimum: 3, timeoutSeconds: 2 },
  rounds: 2,
});
let coordinator: Coordinator;
let others: Recommender[];
let path: string;
const devices: DeviceProcess[] = [];

beforeAll(async () => {
  coordinator = await startCoordinator({ task, port: 0 });
  others = await Promise.all([1, 2].map(enter));
});
afterAll(async () => {
  await Promise.all(others.map((other) => other.close()));
  await coordinator.close();
});
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), "tacit-device-"));
});
afterEach(async () => {
  await Promise.all(devices.splice(0).map((device) => device.kill()));
  await rm(path, { recursive: true });
});

/** The others of the cohort. */
async function enter(person: number): Promise<Recommender> {
  const store = memoryHistoryStore();
  for (const interaction of history(person)) await store.append(interaction);
  const { url } = coordinator;
  const shared = { url, task: "small", items, engine: referenceEngine, consent: true };
  return createRecommender({ ...shared, store });
}

function start(person: number): DeviceProcess {
  const device = new DeviceProcess(coordinator.url, path, history(person).slice(0, 4));
  devices.push(device);
  return device;
}

function read(packet: Uint8Array | undefined) {
  const dimension = parameterCount(networkShape(task));
  const decoded = decodeUpload(packet, { taskHash: taskHash(task), dimension, bits: task.privacy.bits });
  if (!decoded.ok) throw new Error(decoded.message);
  const { updateId, modelVersion, values } = decoded;
  return { updateId, modelVersion, values };
}

const uploadOf = async (device: DeviceProcess) => read((await device.says("upload")).packet);

async function onDisk() {
  const store = fileHistoryStore({ path });
  const charges = (await store.charges()).map((bytes) => JSON.parse(new TextDecoder().decode(bytes)));
  return {
    charged: charges.map(({ updateId }) => updateId),
    update: await store.read("update"),
    interactions: await store.interactions(),
  };
}

describe("a device killed by SIGKILL between charge and upload", () => {
  it("has charged once, and sends the very bytes that were stored before it died", async () => {
    const killed = start(0);
    const { updateId } = await uploadOf(killed);
    await killed.kill();
    const left = await onDisk();
    expect(left.charged).toEqual([updateId]);
    const stored = read(left.update);

    const again = start(0);
    expect(await uploadOf(again)).toEqual(stored);
    again.send();
    await again.says("participated");
    expect(coordinator.status()).toMatchObject({ modelVersion: 1 });
    expect((await onDisk()).charged).toEqual([updateId]);
  });
});

describe("two processes on one folder", () => {
  it("take part one at a time; when the one is killed, the other sends the very bytes that it left", async () => {
    const both = [start(0), start(3)];
    await Promise.all(both.map((device) => device.says("ready")));
    const first = await Promise.race(both.map((device) => device.says("upload").then(() => device)));
    const second = both.find((device) => device !== first);
    if (!second) throw new Error("two of them");
    expect(second.told).toEqual([{ kind: "ready" }]);
    const { updateId } = await uploadOf(first);
    await first.kill();
    const left = await onDisk();
    expect(left.charged).toEqual([updateId]);
    expect(left.interactions).toHaveLength(8);

    expect(await uploadOf(second)).toEqual(read(left.update));
    second.send();
    await second.says("participated");
    expect(coordinator.status()).toMatchObject({ modelVersion: 2 });
    expect((await onDisk()).charged).toEqual([updateId]);
  });
});
