import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHAIN_START, decodeModel, taskHash as hashTask, modelHash } from "@tacit/shared";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openFolderStore } from "../src/store/open-store.js";
import { verifyChain } from "../src/store/verify-chain.js";
import { freshId, freshIdentity, type Identity, RawClient, type Reply } from "./support/raw-client.js";
import { ServerProcess } from "./support/server-process.js";
import { smallTask } from "./support/small-task.js";

const task = smallTask({ cohort: { size: 3, minimum: 3, timeoutSeconds: 5 } });
const taskHash = hashTask(task);

/** A population that survives the coordinator: the same clients, and each the same update until it is committed. */
const identities = await Promise.all([freshIdentity(), freshIdentity(), freshIdentity()]);
let updateIds = identities.map(() => freshId());

/** A round as honest clients play it. Answers that never come, because the server died, are undefined. */
function playRound(url: string, modelVersion: number): Promise<(Reply | undefined)[]> {
  const play = async (identity: Identity, updateId: string | undefined): Promise<Reply | undefined> => {
    const client = await RawClient.join(url, task, identity);
    if (!client.socket.connected) return undefined;
    const gone = new Promise<undefined>((resolve) =>
      client.socket.once("disconnect", () => resolve(undefined)),
    );
    const answer = async () => {
      const invited = client.invitation();
      const ready = await client.ready(modelVersion, updateId);
      return ready.ok ? client.upload(await invited) : ready;
    };
    const reply = await Promise.race([answer(), gone]);
    client.close();
    return reply;
  };
  return Promise.all(identities.map((identity, i) => play(identity, updateIds[i]).catch(() => undefined)));
}

/** Fetches the whole chain and checks every link. Returns the newest version's number. */
async function checkChain(url: string): Promise<number> {
  const { modelVersion } = await (await fetch(`${url}/v1/tasks/small`)).json();
  let previousHash = CHAIN_START;
  for (let version = 0; version <= modelVersion; version++) {
    const response = await fetch(`${url}/v1/tasks/small/models/${version}`);
    const packet = new Uint8Array(await response.arrayBuffer());
    const decoded = decodeModel(packet, { taskHash, dimension: (packet.length - 80) / 4 });
    if (!decoded.ok) throw new Error(decoded.message);
    expect(response.headers.get("x-tacit-previous-hash")).toBe(previousHash);
    previousHash = modelHash(previousHash, decoded);
    expect(response.headers.get("etag")).toBe(`"${previousHash}"`);
  }
  return modelVersion;
}

const MOMENTS = [
  { moment: "when the clients are only just there", line: "client checked in", delay: 0 },
  { moment: "when the cohort is invited, before any upload", line: "cohort invited", delay: 0 },
  { moment: "between uploads", line: "upload accepted", delay: 0 },
  { moment: "as the cohort closes", line: "cohort closed", delay: 0 },
  { moment: "3 ms into the commit", line: "cohort closed", delay: 3 },
  { moment: "10 ms into the commit", line: "cohort closed", delay: 10 },
  { moment: "when the round is committed, before everybody knows", line: "round committed", delay: 0 },
] as const;

describe("kill -9", () => {
  let folder: string;
  let file: string;
  let data: string;
  /** What the test before left running. */
  let running: { server: ServerProcess; url: string } | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tacit-kill-"));
    [file, data] = [join(folder, "small.task.json"), join(folder, "data")];
    await writeFile(file, JSON.stringify(task));
  });
  afterAll(async () => {
    await running?.server.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  });

  it("while the database is being made leaves nothing that stops the next start", async () => {
    const early = new ServerProcess("serve", "--task", file, "--data", data, "--port", "0");
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(await early.kill("SIGKILL")).toMatchObject({ signal: "SIGKILL" });
    running = await ServerProcess.serve(file, data);
    expect(await checkChain(running.url)).toBe(0);
  });

  it.each(MOMENTS)(
    "$moment loses nothing that was acknowledged, and the round can be finished",
    async ({ line, delay }) => {
      const first = running ?? (await ServerProcess.serve(file, data));
      running = undefined;
      const before = await checkChain(first.url);
      const reached = first.server.line(line);
      const playing = playRound(first.url, before);
      await reached;
      if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
      await first.server.kill("SIGKILL");
      const replies = await playing;

      const second = await ServerProcess.serve(file, data);
      running = second;
      const after = await checkChain(second.url);
      expect([before, before + 1]).toContain(after);
      if (line === "round committed" || replies.some((reply) => reply?.ok)) expect(after).toBe(before + 1);

      const again = await playRound(second.url, before);
      if (after === before) expect(again).toEqual(Array(3).fill({ ok: true, modelVersion: before + 1 }));
      else for (const reply of again) expect(reply).toMatchObject({ ok: false, reason: "duplicate" });
      expect(await checkChain(second.url)).toBe(before + 1);
      updateIds = identities.map(() => freshId());
    },
  );

  it("has left one ledger entry, one round and three participations for every version", async () => {
    await running?.server.kill("SIGKILL");
    const store = await openFolderStore(data);
    const versions = Array.from({ length: MOMENTS.length }, (_, i) => i + 1);
    expect((await verifyChain(store, taskHash)).modelVersion).toBe(MOMENTS.length);
    const ledger = await store.ledger(taskHash);
    expect(ledger.map(({ modelVersion, participations }) => [modelVersion, participations])).toEqual(
      versions.map((version) => [version, version]),
    );
    const rounds = await store.rounds(taskHash);
    expect(rounds.map(({ modelVersion, contributors }) => [modelVersion, contributors])).toEqual(
      versions.map((version) => [version, 3]),
    );
    const everyRound = { participations: MOMENTS.length, latest: MOMENTS.length };
    expect(await store.attendance(taskHash)).toEqual(
      new Map(identities.map(({ clientId }) => [clientId, everyRound])),
    );
    await store.close();
  });
});
