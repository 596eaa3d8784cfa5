import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SERVED_AT = "http://127.0.0.1:8787";

let data: string;
let script: string;
let server: ChildProcess | undefined;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "tacit-readme-"));
  // In the repository, so that it finds the packages as a reader's would.
  script = join(ROOT, `readme-${process.pid}.tmp.mjs`);
});
afterAll(async () => {
  server?.kill("SIGKILL");
  await rm(script, { force: true });
  await rm(data, { recursive: true });
});

/** Starts a process and collects what it prints; `says` resolves when it has printed that. */
function launch(args: readonly string[]) {
  const child = spawn(process.execPath, args, { cwd: ROOT });
  let output = "";
  const watchers = new Set<() => void>();
  const collect = (text: unknown) => {
    output += text;
    for (const watch of watchers) watch();
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const exited = new Promise<{ code: number | null; output: string }>((resolve) => {
    child.on("close", (code) => resolve({ code, output }));
  });
  const says = (text: string) =>
    new Promise<void>((resolve) => {
      const watch = () => output.includes(text) && resolve();
      watchers.add(watch);
      watch();
    });
  return { child, exited, says };
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

it("the README's script embeds the SDK as written, against the coordinator of the README's command", async () => {
  const readme = await readFile(join(ROOT, "README.md"), "utf8");
  const code = /```js\n\/\/ app\.mjs\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
  expect(
    code
      .trimEnd()
      .split("\n")
      .filter((line) => line.trim() !== "").length,
  ).toBeLessThanOrEqual(20);
  expect(readme).toContain("npx tacit-server serve\n");
  expect(code).toContain(SERVED_AT);

  // Another port, for whoever runs a coordinator while testing; nothing else is changed.
  const port = await freePort();
  await writeFile(script, code.replace(SERVED_AT, `http://127.0.0.1:${port}`));
  const serving = launch(["server/bin/tacit-server.js", "serve", "--port", String(port), "--data", data]);
  server = serving.child;
  await serving.says('"msg":"listening"');
  const { code: exit, output } = await launch([script]).exited;
  expect(output).toContain("phase: 'ready'");
  expect(output).toContain("arrival");
  expect(output).toContain("interactions: 1");
  expect(exit).toBe(0);
});
