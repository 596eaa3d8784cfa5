import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Browser, chromium, type Page } from "playwright-core";
import { findChromium } from "./find-chromium.js";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--remote-debugging-port=0",
];

/** A real browser in processes of its own, on one user's profile; `kill` is the end that no code of it sees. */
export class Chromium {
  readonly #child: ChildProcess;
  readonly #browser: Browser;
  readonly #exited: Promise<void>;

  private constructor(child: ChildProcess, browser: Browser, exited: Promise<void>) {
    this.#child = child;
    this.#browser = browser;
    this.#exited = exited;
  }

  static async launch(profile: string): Promise<Chromium> {
    const { path, env } = await findChromium();
    const child = spawn(path, [...FLAGS, `--user-data-dir=${profile}`, "about:blank"], {
      env,
      stdio: ["ignore", "ignore", "pipe"],
    });
    const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    const endpoint = await listening(child).catch((error: unknown) => {
      throw new Error(`no browser to test in: ${path} does not start`, { cause: error });
    });
    return new Chromium(child, await chromium.connectOverCDP(endpoint), exited);
  }

  /** One more tab of the profile. */
  async open(url: string): Promise<Page> {
    const [context] = this.#browser.contexts();
    if (!context) throw new Error("the browser has no profile");
    const page = await context.newPage();
    await page.goto(url);
    return page;
  }

  /** SIGKILL; its helper processes end when they have lost it. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#exited;
    await this.#browser.close();
  }
}

/** Ends the tab's own process without any code of the tab running again. */
export async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  session.send("Page.crash").catch(() => {});
  await crashed;
}

export const makeProfile = () => mkdtemp(join(tmpdir(), "tacit-profile-"));
export const removeProfile = (profile: string) =>
  rm(profile, { recursive: true, force: true, maxRetries: 5 });

function listening(child: ChildProcess): Promise<string> {
  const { stderr } = child;
  if (!stderr) throw new Error("no pipe");
  return new Promise((resolve, reject) => {
    let said = "";
    createInterface({ input: stderr }).on("line", (line) => {
      said += `${line}\n`;
      const endpoint = /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (endpoint !== undefined) resolve(endpoint);
    });
    child.once("error", reject);
    child.once("close", () => reject(new Error(said)));
  });
}
