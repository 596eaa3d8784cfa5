import type { SwarmCounts } from "./counts.js";

/** Counts what the clients of one worker do. */
export class Tally {
  joined = 0;
  connected = 0;
  trained = 0;
  uploaded = 0;
  #problems = 0;
  #lastProblem: string | undefined;
  readonly #refused = new Map<string, number>();
  readonly #finished = new Set<string>();
  readonly #out = new Set<string>();
  readonly #versions = new Set<number>();
  #awaited: { readonly clients: number; readonly resolve: () => void } | undefined;

  see(modelVersion: number): void {
    this.#versions.add(modelVersion);
  }

  problem(message: string): void {
    this.#problems++;
    this.#lastProblem = message;
  }

  /** @param out The client, where it is refused for good. */
  refuse(reason: string, out: string | undefined): void {
    this.#refused.set(reason, (this.#refused.get(reason) ?? 0) + 1);
    if (out !== undefined) this.#out.add(out);
  }

  finish(client: string): void {
    this.#finished.add(client);
    if (this.#awaited && this.#finished.size >= this.#awaited.clients) this.#awaited.resolve();
  }

  /** Resolves once so many clients have seen the task finished. */
  allFinished(clients: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#finished.size >= clients) resolve();
      else this.#awaited = { clients, resolve };
    });
  }

  counts(): SwarmCounts {
    return {
      joined: this.joined,
      connected: this.connected,
      trained: this.trained,
      uploaded: this.uploaded,
      refused: Object.fromEntries(this.#refused),
      finished: this.#finished.size,
      out: [...this.#out].filter((client) => !this.#finished.has(client)).length,
      versions: [...this.#versions].sort((a, b) => a - b),
      problems: this.#problems,
      lastProblem: this.#lastProblem,
    };
  }
}
