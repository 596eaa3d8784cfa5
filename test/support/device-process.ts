import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Interaction } from "@tacit/shared";
import { items } from "./small-population.js";

const SCRIPT = fileURLToPath(new URL("device-process.mjs", import.meta.url));

/** What a device says; `kind` is one of the SDK's events, "ready" or "upload". */
interface Told {
  readonly kind: string;
  readonly packet?: Uint8Array;
}

/** The built SDK on a folder in a process of its own, which is there to be killed. */
export class DeviceProcess {
  readonly told: Told[] = [];
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  readonly #heard: (() => void)[] = [];

  constructor(url: string, path: string, history: readonly Interaction[]) {
    const options = JSON.stringify({ url, path, items, history });
    this.#child = fork(SCRIPT, [options], { serialization: "advanced" });
    this.#child.on("message", (told: Told) => {
      this.told.push(told);
      for (const heard of this.#heard.splice(0)) heard();
    });
    this.#exited = new Promise((resolve) => this.#child.once("exit", () => resolve()));
  }

  /** The first of what it says of a kind, said already or to come. */
  async says(kind: string): Promise<Told> {
    for (;;) {
      const found = this.told.find((told) => told.kind === kind);
      if (found) return found;
      await new Promise<void>((resolve) => this.#heard.push(resolve));
    }
  }

  /** Lets its uploads go. */
  send(): void {
    this.#child.send("send");
  }

  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#exited;
  }
}
