import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const BINARY = fileURLToPath(new URL("../../bin/tacit-server.js", import.meta.url));
const BUILT = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

interface LogLine {
  readonly msg: string;
  readonly url?: string;
  readonly task?: string;
}

/** The real command in a process of its own; its log lines are events to wait for. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #listeners = new Set<(line: LogLine) => void>();
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  stdout = "";
  stderr = "";

  constructor(...parameters: string[]) {
    if (!existsSync(BUILT)) throw new Error("server/dist is missing: run `npm run build` first");
    this.#child = spawn(process.execPath, [BINARY, ...parameters], { stdio: ["ignore", "pipe", "pipe"] });
    const { stdout, stderr } = this.#child;
    if (!stdout || !stderr) throw new Error("no pipes");
    createInterface({ input: stdout }).on("line", (text) => this.#hear(text));
    stderr.on("data", (bytes: Buffer) => {
      this.stderr += bytes.toString();
    });
    // "close" rather than "exit": by then everything that was written has been read.
    this.exited = new Promise((resolve) =>
      this.#child.once("close", (code, signal) => resolve({ code, signal })),
    );
  }

  /** Serves a task file on a free port, logging everything, and resolves when it listens. */
  static async serve(task: string, data: string): Promise<{ server: ServerProcess; url: string }> {
    const server = new ServerProcess(
      "serve",
      "--task",
      task,
      "--data",
      data,
      "--port",
      "0",
      "--log-level",
      "debug",
    );
    const { url } = await server.line("listening");
    if (url === undefined) throw new Error("no url");
    return { server, url };
  }

  /** The next log line with this message. */
  line(message: string): Promise<LogLine> {
    return new Promise((resolve, reject) => {
      const listener = (line: LogLine) => {
        if (line.msg !== message) return;
        this.#listeners.delete(listener);
        resolve(line);
      };
      this.#listeners.add(listener);
      this.exited.then(() => reject(new Error(`exited without saying "${message}": ${this.stderr}`)));
    });
  }

  async kill(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    this.#child.kill(signal);
    return this.exited;
  }

  #hear(text: string): void {
    this.stdout += `${text}\n`;
    if (!text.startsWith("{")) return;
    const line: LogLine = JSON.parse(text);
    for (const listener of this.#listeners) listener(line);
  }
}
