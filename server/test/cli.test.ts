import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { joinAll } from "./support/raw-client.js";
import { ServerProcess } from "./support/server-process.js";
import { smallTask } from "./support/small-task.js";

describe("tacit-server", () => {
  let folder: string;
  const path = (name: string) => join(folder, name);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tacit-cli-"));
    await writeFile(path("good.json"), JSON.stringify(smallTask()));
    const bad = { ...smallTask(), privacy: { ...smallTask().privacy, delta: 1 }, rounds: 0 };
    await writeFile(path("bad.json"), JSON.stringify(bad));
    await writeFile(path("broken.json"), "{");
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("explains itself", async () => {
    const help = new ServerProcess("serve", "--help");
    expect(await help.exited).toMatchObject({ code: 0 });
    for (const word of [
      "--task",
      "--port",
      "--host",
      "--data",
      "--database-url",
      "--log-level",
      "Examples",
    ]) {
      expect(help.stdout).toContain(word);
    }
  });

  it("serves the example task when it is given none, and warns that enrolment is open", async () => {
    const example = new ServerProcess("serve", "--data", path("example"), "--port", "0");
    const { task, url } = await example.line("listening");
    expect(task).toBe("films");
    expect((await fetch(`${url}/v1/tasks/films`)).status).toBe(200);
    expect(await example.kill("SIGTERM")).toEqual({ code: 0, signal: null });
    expect(example.stdout).toMatch(/"level":40,.*enrolment is open/);
  });

  it("refuses a task with exit code 2 and names every field that is wrong", async () => {
    const refused = new ServerProcess("serve", "--task", path("bad.json"), "--data", path("never"));
    expect(await refused.exited).toMatchObject({ code: 2 });
    expect(refused.stderr).toMatch(/privacy\.delta: .+/);
    expect(refused.stderr).toMatch(/rounds: .+/);
  });

  it.each(["broken.json", "missing.json"])("refuses %s with exit code 2 and says why", async (name) => {
    const refused = new ServerProcess("serve", "--task", path(name));
    expect(await refused.exited).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain(name);
  });

  it.each([
    ["--port", "70000"],
    ["--port", "http"],
    ["--log-level", "loud"],
  ])("refuses %s %s", async (...option) => {
    const refused = new ServerProcess("serve", "--task", path("good.json"), ...option);
    expect(await refused.exited).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain(option[0]);
  });

  it("fails with one clear line when it cannot reach its database", async () => {
    const url = "postgres://nobody@127.0.0.1:9/none";
    const failed = new ServerProcess("serve", "--task", path("good.json"), "--database-url", url);
    expect(await failed.exited).toMatchObject({ code: 1 });
    expect(failed.stderr).toMatch(/^tacit-server: .*ECONNREFUSED.*\n$/);
  });

  it("lets one process have a data folder, and on SIGTERM tells its clients, closes and exits with 0", async () => {
    const data = path("data");
    const { server, url } = await ServerProcess.serve(path("good.json"), data);
    const rival = new ServerProcess("serve", "--task", path("good.json"), "--data", data, "--port", "0");
    expect(await rival.exited).toMatchObject({ code: 1 });
    expect(rival.stderr).toContain("in use by another coordinator");

    const clients = await joinAll(url, smallTask(), 3);
    await Promise.all(clients.map((client) => client.ready(0)));
    const [client] = clients;
    if (!client) throw new Error("three clients");
    const answer = client.upload(await client.invitation(), 424_242);
    const gone = new Promise((resolve) => client.socket.once("disconnect", resolve));
    await server.line("upload accepted");
    expect(await server.kill("SIGTERM")).toEqual({ code: 0, signal: null });
    expect(await answer).toMatchObject({ ok: false, reason: "abandoned" });
    await gone;

    // Everything was logged, at the most talkative level; nothing of what the clients sent is in it.
    expect(server.stdout).toContain('"msg":"stopping"');
    expect(server.stdout).not.toContain("424242");
    for (const { clientId } of clients) expect(server.stdout).not.toContain(clientId);
  });
});
