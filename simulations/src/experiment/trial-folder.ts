import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { canonicalJson } from "@tacit/shared";
import type { Played, TrialSpec } from "../scenario/scenario.js";
import type { Trial } from "../scenario/trial.js";
import { unlessMissing } from "../unless-missing.js";
import { writeAtomically } from "../write-atomically.js";

/** All that a trial's result depends on. */
export interface TrialIdentity {
  readonly spec: TrialSpec;
  readonly arm: string;
  readonly users: number;
}

/** A trial as it is kept: its parameters, if it has any, beside it. */
export interface KeptTrial extends Trial {
  readonly parameters?: Float32Array;
}

/** Keeps each trial under the hash of what it depends on: an experiment that was stopped plays only what is missing. */
export class TrialFolder {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(folder: string): Promise<TrialFolder> {
    await mkdir(folder, { recursive: true });
    return new TrialFolder(folder);
  }

  /** Undefined where it has not been played, or not to the end. */
  async read(identity: TrialIdentity): Promise<KeptTrial | undefined> {
    const path = this.#path(identity);
    const text = await unlessMissing(readFile(`${path}.json`, "utf8"));
    if (text === undefined) return undefined;
    const trial: Trial = JSON.parse(text);
    const bytes = await unlessMissing(readFile(`${path}.parameters`));
    return bytes ? { ...trial, parameters: new Float32Array(new Uint8Array(bytes).buffer) } : trial;
  }

  /** The figures last: whoever is killed meanwhile leaves nothing that counts. */
  async write(
    identity: TrialIdentity,
    trial: Trial,
    { parameters }: Pick<Played, "parameters">,
  ): Promise<void> {
    const path = this.#path(identity);
    if (parameters) {
      const { buffer, byteOffset, byteLength } = parameters;
      await writeAtomically(`${path}.parameters`, new Uint8Array(buffer, byteOffset, byteLength));
    }
    await writeAtomically(`${path}.json`, `${JSON.stringify(trial, null, 2)}\n`);
  }

  #path(identity: TrialIdentity): string {
    const name = createHash("sha256").update(canonicalJson(identity)).digest("hex").slice(0, 24);
    return join(this.#folder, name);
  }
}
