import type { Learner, LearnerOptions } from "./learner.js";
import type { TrainingOutcome } from "./trainer.js";

const NOT_LOADED: TrainingOutcome = {
  ok: false,
  reason: "paused",
  message: "not taking part: paused, or consent was withdrawn",
};

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

  /** Rejects when the code cannot be fetched; the next start tries again. */
  async start(): Promise<void> {
    this.#wanted = true;
    const learner = this.#learner ?? (await this.#load());
    if (this.#wanted) await learner.start();
  }

  async stop(): Promise<void> {
    this.#wanted = false;
    await this.#learner?.stop();
  }

  consider(): void {
    this.#learner?.consider();
  }

  async train(): Promise<TrainingOutcome> {
    const learner = this.#learner ?? (await this.#load());
    return this.#wanted ? learner.train() : NOT_LOADED;
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
