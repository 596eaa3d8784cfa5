import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
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

describe("a run on several machines", () => {
  it.each(["fast", "protocol"])(
    "gives the model that one machine gives, on the %s path, though a worker is killed in the middle of a round",
    async (path) => {
      const run = [...RUN, "--path", path, "--json"];
      const alone = modelHash(start(["run", ...run, "--workers", "2"]));
      const first = worker();
      const shared = modelHash(start(["run", ...run, "--workers", server.url]));
      await stopWithChunkInHand(first.child);
      const others = [worker(), worker()];
      first.child.kill("SIGKILL");
      expect(await shared).toBe(await alone);
      for (const { child } of others) child.kill("SIGTERM");
      for (const { ended } of others) expect((await ended).stderr).toMatch(/[1-9]\d* chunks played/);
      const left = await database.query("select 1 from tacit_simulation.runs");
      expect(left.rowCount).toBe(0);
    },
    120_000,
  );
});
