import type { Learner, LearnerOptions } from "./learner.js";
import type { TrainingOutcome } from "./trainer.js";

const NOT_LOADED: TrainingOutcome = {
  ok: false,
  reason: "paused",
  message: "not taking part: paused, or consent was withdrawn",
};

const FIRST_RETRY_MILLISECONDS = 1000;
const LONGEST_RETRY_MILLISECONDS = 60_000;

/**
 * The learner, whose code (training, sealing, secure aggregation, sockets) is fetched when it is first started: pages
 * whose user has not consented never load it.
 */
export class LateLearner {
  readonly #options: LearnerOptions;
  #loading: Promise<Learner> | undefined;
  #learner: Learner | undefined;
  /** Started, and not stopped since. */
  #wanted = false;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(options: LearnerOptions) {
    this.#options = options;
  }

  get connected(): boolean {
    return this.#learner?.connected ?? false;
  }

  get training(): boolean {
    return this.#learner?.training ?? false;
  }

  get pendingUpdate(): boolean {
    return this.#learner?.pendingUpdate ?? false;
  }

  /** Rejects when the code cannot be fetched; while it is wanted it is asked for again, after longer and longer pauses. */
  async start(): Promise<void> {
    this.#wanted = true;
    await this.#tryToStart(FIRST_RETRY_MILLISECONDS);
  }

  async stop(): Promise<void> {
    this.#wanted = false;
    clearTimeout(this.#retry);
    await this.#learner?.stop();
  }

  consider(): void {
    this.#learner?.consider();
  }

  async train(): Promise<TrainingOutcome> {
    const learner = await this.#load();
    return this.#wanted ? learner.train() : NOT_LOADED;
  }

  async #tryToStart(retryAfter: number): Promise<void> {
    clearTimeout(this.#retry);
    try {
      await this.#load();
    } catch (error) {
      clearTimeout(this.#retry);
      const longer = Math.min(LONGEST_RETRY_MILLISECONDS, 2 * retryAfter);
      if (this.#wanted) this.#retry = setTimeout(() => this.#startAgain(longer), retryAfter);
      throw error;
    }
    if (this.#wanted) await this.#learner?.start();
  }

  #startAgain(retryAfter: number): void {
    this.#tryToStart(retryAfter).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      this.#options.emitter.emit("problem", { message });
    });
  }

  #load(): Promise<Learner> {
    this.#loading ??= import("./learner.js").then(
      ({ Learner }) => {
        this.#learner = new Learner(this.#options);
        return this.#learner;
      },
      (error: unknown) => {
        this.#loading = undefined;
        throw error;
      },
    );
    return this.#loading;
  }
}
