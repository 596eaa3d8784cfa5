import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Pool } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type PostgresServer, startPostgres } from "../../../../server/test/support/postgres-server.js";

const BIN = fileURLToPath(new URL("../../../bin/tacit-sim.js", import.meta.url));
const RUN = ["--clients", "300", "--cohort", "80", "--rounds", "3", "--interactions", "16", "--seed", "5"];

let server: PostgresServer;
let database: Pool;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  server = await startPostgres();
  database = new Pool({ connectionString: server.url });
  // The server may stop before a connection that was ended has said its last.
  database.on("error", () => undefined);
});
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  children.clear();
});
afterAll(async () => {
  await database?.end();
  await server?.stop();
});

/** The real command, as a process of its own. */
function start(args: readonly string[]) {
  const child = spawn(process.execPath, [BIN, ...args]);
  children.add(child);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text) => {
    stdout += text;
  });
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  const ended = once(child, "close").then(([code]) => ({ code, stdout, stderr }));
  return { child, ended };
}

const worker = () => start(["worker", "--database-url", server.url, "--workers", "1"]);

async function modelHash(run: ReturnType<typeof start>): Promise<string> {
  const { code, stdout, stderr } = await run.ended;
  expect(stderr).not.toContain("tacit-sim:");
  expect(code).toBe(0);
  const report: { modelHash: string } = JSON.parse(stdout);
  expect(report.modelHash).toMatch(/^[0-9a-f]{64}$/);
  return report.modelHash;
}

/** Stops the process while it holds a chunk; it never gets to hand it in. */
async function stopWithChunkInHand(child: ChildProcess): Promise<void> {
  const held = async () => {
    const jobs = await database
      .query("select 1 from tacit_queue.job where state = 'active'")
      .catch(() => ({ rowCount: 0 }));
    return (jobs.rowCount ?? 0) > 0;
  };
  for (;;) {
    while (!(await held())) await pause(1);
    child.kill("SIGSTOP");
    // What was on its way when it was stopped has arrived by then.
    await pause(100);
    if (await held()) return;
    child.kill("SIGCONT");
  }
}

/** How many there are; none before there is a table. */
const rows = async (from: string): Promise<number> =>
  (await database.query(`select 1 from ${from}`).catch(() => undefined))?.rowCount ?? 0;

/** A data set of 60 users, for a program that takes it from a file, and workers that never see the file. */
async function writeDataset(folder: string): Promise<string> {
  const rows = Array.from({ length: 60 * 8 }, (_, i) => {
    const [user, event] = [Math.floor(i / 8), i % 8];
    return `u${user},item-${(user * 5 + event * 7) % 40},click,,${1_600_000_000 + 100 * event}`;
  });
  const path = join(folder, "events.csv");
  await writeFile(path, ["user_id,item_id,event,value,timestamp", ...rows].join("\n"));
  return path;
}

describe("a run on several machines", () => {
  it("gives the model that one machine gives, though a worker is killed in the middle of a round", async () => {
    const run = ["run", ...RUN, "--path", "fast", "--json"];
    const alone = modelHash(start([...run, "--workers", "2"]));
    const first = worker();
    const shared = modelHash(start([...run, "--workers", server.url]));
    await stopWithChunkInHand(first.child);
    const others = [worker(), worker()];
    first.child.kill("SIGKILL");
    expect(await shared).toBe(await alone);
    for (const { child } of others) child.kill("SIGTERM");
    for (const { ended } of others) expect((await ended).stderr).toMatch(/[1-9]\d* chunks played/);
    expect(await rows("tacit_simulation.runs")).toBe(0);
  }, 120_000);

  it("does so from a data set, by secure aggregation, though a worker stands still for so long that others take over", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tacit-distributed-"));
    try {
      const source = [await writeDataset(folder), "--format", "csv", "--clients", "60", "--cohort", "40"];
      const run = ["run", ...source, "--rounds", "2", "--path", "protocol", "--json"];
      const alone = modelHash(start([...run, "--workers", "1"]));
      const first = worker();
      const shared = modelHash(start([...run, "--workers", server.url]));
      await stopWithChunkInHand(first.child);
      const second = worker();
      expect(await shared).toBe(await alone);
      first.child.kill("SIGCONT");
      for (const { child } of [first, second]) child.kill("SIGTERM");
      expect((await second.ended).stderr).toMatch(/[1-9]\d* chunks played/);
      expect((await first.ended).code).toBe(0);
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 120_000);

  it("waits for workers, and leaves nothing behind when it is stopped meanwhile", async () => {
    const run = start(["run", ...RUN, "--workers", server.url]);
    // Until it waits for its first round.
    while ((await rows("tacit_simulation.versions")) === 0) await pause(20);
    run.child.kill("SIGINT");
    const ended = await run.ended;
    expect(ended).toMatchObject({ code: 130 });
    expect(ended.stderr).not.toContain("stays");
    expect(await rows("tacit_simulation.runs")).toBe(0);
    expect(await rows("tacit_queue.queue where name like 'run-%'")).toBe(0);
  }, 60_000);
});
