import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CHAIN_START, decodeModel, taskHash as hashTask, modelHash } from "@tacit/shared";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHttp } from "../../src/gateway/http.js";
import type { ModelVersion } from "../../src/store/store.js";
import { smallTask } from "../support/small-task.js";

const task = smallTask();
const taskHash = hashTask(task);

function version(modelVersion: number, previousHash: string): ModelVersion {
  const parameters = new Float32Array(1000).fill(modelVersion);
  const hash = modelHash(previousHash, { taskHash, modelVersion, parameters });
  return {
    modelVersion,
    hash,
    previousHash,
    parameters,
    optimiserState: new Float32Array(0),
    noiseState: new Int32Array(0),
  };
}
const zero = version(0, CHAIN_START);
const one = version(1, zero.hash);

async function listen(served: Server): Promise<string> {
  await new Promise<void>((resolve) => served.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(served.address() as AddressInfo).port}`;
}

describe("differences between versions", () => {
  const ask = async (deltas: boolean, query: string): Promise<Uint8Array> => {
    const app = createHttp({
      task: { ...task, delivery: { encoding: "float32", deltas } },
      taskHash,
      dimension: 1000,
      head: () => one,
      version: async (modelVersion) => (modelVersion === 0 ? zero : undefined),
      ready: async () => {},
      requestsPerMinute: 60,
      logger: pino({ level: "silent" }),
    });
    const server = createServer(app);
    const response = await fetch(`${await listen(server)}/v1/tasks/small/models/1${query}`);
    expect(response.status).toBe(200);
    const packet = new Uint8Array(await response.arrayBuffer());
    server.close();
    return packet;
  };

  it("are served from an earlier version", async () => {
    expect(await ask(true, "?from=0")).not.toEqual(await ask(true, ""));
  });

  it.each(["?from=1", "?from=7", "?from=x", "?from=", "?from=-1", "?from=0&from=0", "?from[a]=0"])(
    "are the whole version from what is none: %s",
    async (query) => {
      expect(await ask(true, query)).toEqual(await ask(true, ""));
    },
  );

  it("are the whole version in a task without them", async () => {
    expect(await ask(false, "?from=0")).toEqual(await ask(false, ""));
  });
});

describe("the HTTP gateway", () => {
  let server: Server;
  let url: string;
  let storeAnswers = true;

  beforeAll(async () => {
    const app = createHttp({
      task,
      taskHash,
      dimension: 1000,
      head: () => one,
      version: async (modelVersion) => {
        if (!storeAnswers) throw new Error("secret connection string");
        return modelVersion === 0 ? zero : undefined;
      },
      ready: async () => {
        if (!storeAnswers) throw new Error("secret connection string");
      },
      requestsPerMinute: 60,
      logger: pino({ level: "silent" }),
    });
    server = createServer(app);
    url = await listen(server);
  });
  afterAll(() => server.close());

  it("serves the task and where it stands, never from a cache", async () => {
    const response = await fetch(`${url}/v1/tasks/small`);
    expect(response.headers.get("cache-control")).toBe("no-cache");
    expect(await response.json()).toEqual({
      version: 1,
      task,
      taskHash,
      modelVersion: 1,
      modelHash: one.hash,
      finished: false,
      rounds: { completed: 1, total: 20 },
    });
  });

  it.each([zero, one])(
    "serves version $modelVersion with its links of the hash chain, for ever",
    async (model) => {
      const response = await fetch(`${url}/v1/tasks/small/models/${model.modelVersion}`);
      expect(response.headers.get("etag")).toBe(`"${model.hash}"`);
      expect(response.headers.get("x-tacit-previous-hash")).toBe(model.previousHash);
      expect(response.headers.get("cache-control")).toContain("immutable");
      const packet = new Uint8Array(await response.arrayBuffer());
      const decoded = decodeModel(packet, { taskHash, dimension: 1000 });
      expect(decoded).toMatchObject({
        ok: true,
        modelVersion: model.modelVersion,
        parameters: model.parameters,
      });
    },
  );

  it("compresses a model, and answers 304 to whoever has it", async () => {
    const response = await fetch(`${url}/v1/tasks/small/models/1`, {
      headers: { "accept-encoding": "gzip" },
    });
    expect(response.headers.get("content-encoding")).toBe("gzip");
    const headers = { "if-none-match": `"${one.hash}"` };
    expect((await fetch(`${url}/v1/tasks/small/models/1`, { headers })).status).toBe(304);
  });

  it("lets browsers on other origins read it", async () => {
    const preflight = await fetch(`${url}/v1/tasks/small/models/1`, { method: "OPTIONS" });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
    expect(preflight.headers.get("access-control-expose-headers")).toContain("etag");
  });

  it.each([
    ["/v1/tasks/other", 404, "unknown-task"],
    ["/v1/tasks/other/models/0", 404, "unknown-task"],
    ["/v1/tasks/small/models/2", 404, "unknown-model"],
    ["/v1/tasks/small/models/-1", 404, "unknown-model"],
    ["/v1/tasks/small/models/1e0", 404, "unknown-model"],
    ["/v1/tasks/small/models/99999999999999999999", 404, "unknown-model"],
    ["/v1/tasks/%E0%A4%A", 400, "malformed"],
    ["/elsewhere", 404, "not-found"],
  ])("answers %s with %i and a typed error", async (path, status, reason) => {
    const response = await fetch(url + path);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { reason } });
  });

  it("is alive without its store, but not ready, and says nothing of why", async () => {
    storeAnswers = false;
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    const response = await fetch(`${url}/v1/tasks/small/models/0`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("secret");
    storeAnswers = true;
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  it("limits how often one address may ask, and keeps answering the health checks", async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 70; i++) statuses.push((await fetch(`${url}/v1/tasks/small`)).status);
    expect(statuses.at(-1)).toBe(429);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});
