import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { clientsCommand } from "../../src/identity/clients-command.js";
import { inviteCommand } from "../../src/identity/invite-command.js";
import { openFolderStore } from "../../src/store/open-store.js";
import { RawClient } from "../support/raw-client.js";
import { ServerProcess } from "../support/server-process.js";
import { smallTask } from "../support/small-task.js";

const clientId = "ab".repeat(16);
let folder: string;
let data: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tacit-identity-"));
  data = join(folder, "data");
  await writeFile(join(folder, "task.json"), JSON.stringify(smallTask()));
  const store = await openFolderStore(data);
  await store.identities.enrol({ clientId, identityKey: "cd".repeat(32) }, new Date());
  await store.close();
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

/** Runs a command in this process, on the prepared folder. */
async function run(name: "invite" | "clients", ...parameters: string[]) {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  vi.spyOn(console, "log").mockImplementation((line) => stdout.push(String(line)));
  vi.spyOn(console, "error").mockImplementation((line) => stderr.push(String(line)));
  const command = name === "invite" ? inviteCommand() : clientsCommand();
  const where = parameters.includes("--data") ? [] : ["--data", data];
  await command.parseAsync([...parameters, ...where], { from: "user" });
  const failed = process.exitCode === 1;
  process.exitCode = undefined;
  return { failed, stdout, stderr };
}

describe("tacit-server", () => {
  it("lists and revokes clients", async () => {
    expect((await run("clients", "list")).stdout).toEqual([
      expect.stringMatching(new RegExp(`^${clientId}  open .*Z$`)),
    ]);
    expect(await run("clients", "revoke", clientId)).toMatchObject({ failed: false, stderr: [] });
    const { stdout } = await run("clients", "list", "--json");
    expect(JSON.parse(stdout.join("\n"))).toMatchObject({
      clients: [{ clientId, enrolledBy: "open", revokedAt: expect.any(String) }],
    });
    expect(await run("clients", "revoke", "0".repeat(32))).toMatchObject({
      failed: true,
      stderr: [expect.stringMatching(/no client 0+ is enrolled/)],
    });
  });

  it("makes no database of a folder that is mistyped", async () => {
    const wrong = join(folder, "typo");
    expect(await run("clients", "list", "--data", wrong)).toMatchObject({
      failed: true,
      stdout: [],
      stderr: [`tacit-server: ${wrong}: no coordinator has a database here`],
    });
    await expect(stat(wrong)).rejects.toThrow();
  });

  it("says in one line that another process has the folder, and what to do", async () => {
    const store = await openFolderStore(data);
    const { failed, stdout, stderr } = await run("clients", "list");
    await store.close();
    expect({ failed, stdout }).toEqual({ failed: true, stdout: [] });
    expect(stderr).toEqual([
      expect.stringMatching(/^tacit-server: .*in use by another coordinator.*--database-url.*$/),
    ]);
  });

  it("prints an invite once, and serves whom it lets in", async () => {
    const invited = await run("invite", "--uses", "1", "--days", "30");
    expect(invited.stdout).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
    const credential = invited.stdout.join();
    const task = join(folder, "task.json");
    const serve = ["serve", "--task", task, "--data", data, "--port", "0", "--enrolment", "invite"];
    const server = new ServerProcess(...serve, "--log-level", "debug");
    const { url = "" } = await server.line("listening");
    const client = await RawClient.connect(url, smallTask());
    expect(await client.checkIn()).toMatchObject({ reason: "not-enrolled" });
    expect(await client.checkIn({ credential })).toMatchObject({ ok: true });
    client.close();
    await server.kill("SIGTERM");
    for (const secret of [credential, client.clientId]) expect(server.stdout).not.toContain(secret);
  });

  it.each([
    [["invite", "--uses", "0"], /--uses.*from 1 to 1000000/],
    [["clients", "revoke", "eve"], /clientId.*32 hex digits/],
    [["serve", "--enrolment", "jwt"], /--jwt-\w+: is needed/],
  ])("refuses %j with exit code 2, naming the parameter", async (parameters, message) => {
    const refused = new ServerProcess(...parameters);
    expect(await refused.exited).toMatchObject({ code: 2 });
    expect(refused.stderr).toMatch(message);
  });
});
