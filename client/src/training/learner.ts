import {
  createMechanism,
  type Engine,
  platformBytes,
  type Random,
  randomHex,
  rotationSeed,
} from "@tacit/shared";
import type { Device } from "../device/device.js";
import type { Emitter } from "../emitter.js";
import { type ClientLimits, limitReached } from "../ledger/limits.js";
import type { LocalModel } from "../model/local-model.js";
import type { ModelKeeper } from "../model/model-keeper.js";
import type { Head } from "../participation/participant.js";
import { Participation } from "../participation/participation.js";
import type { RecommenderEvents } from "../recommender-events.js";
import type { Transport } from "../transport/transport.js";
import { drawPause, paced } from "./offer-pause.js";
import { stalenessWeight, type TrainingOutcome, train } from "./trainer.js";

interface LearnerOptions {
  readonly device: Device;
  readonly keeper: ModelKeeper;
  readonly engine: Engine;
  readonly transport: Transport;
  readonly limits: ClientLimits;
  readonly random: Random;
  /** Trains by itself from every new version. */
  readonly automatic: boolean;
  /** Longest pause, in milliseconds, from the end of training to the offer. */
  readonly offerPause: number;
  readonly emitter: Emitter<RecommenderEvents>;
}

const UPDATE_ID_BYTES = 16;
const FETCH_AGAIN_MILLISECONDS = 5000;

const refusal = (
  reason: Extract<TrainingOutcome, { ok: false }>["reason"],
  message: string,
): TrainingOutcome => ({
  ok: false,
  reason,
  message,
});

/** Takes part in a task while it is running: trains, seals, offers, and fetches each newer version. */
export class Learner {
  readonly #options: LearnerOptions;
  #participation: Participation | undefined;
  #training: AbortController | undefined;
  #trainedFrom: number | undefined;
  #fetchTimer: ReturnType<typeof setTimeout> | undefined;
  /** Counts starts and stops: what began in an earlier run must not act in a later one. */
  #run = 0;

  constructor(options: LearnerOptions) {
    this.#options = options;
  }

  get running(): boolean {
    return this.#participation !== undefined;
  }

  get connected(): boolean {
    return this.#participation?.connected ?? false;
  }

  get training(): boolean {
    return this.#training !== undefined;
  }

  get pendingUpdate(): boolean {
    return this.#participation?.update !== undefined;
  }

  /** Connects, offers what an earlier run left, and begins to learn. */
  async start(): Promise<void> {
    const { keeper, device } = this.#options;
    const { model } = keeper;
    if (this.running || !model || keeper.finished) return;
    const run = ++this.#run;
    const stored = await device.storedUpdate(model);
    if (run !== this.#run) return;
    const clip = () => (keeper.model ?? model).plan.clip;
    this.#participation = new Participation(
      { ...this.#options, ...this.#callbacks(), local: model, clip },
      stored,
    );
    this.#participation.start();
    this.consider();
  }

  /** Stops training and sending; a sealed update stays on the device. */
  stop(): void {
    this.#run++;
    clearTimeout(this.#fetchTimer);
    this.#training?.abort();
    this.#participation?.stop();
    this.#participation = undefined;
  }

  /** Trains if there is something to train from and nobody has yet. */
  consider(): void {
    const { automatic, keeper, device, emitter } = this.#options;
    const { model } = keeper;
    const enough = model && device.history.length >= model.task.learning.minimumInteractions;
    if (!automatic || !enough || this.training || this.pendingUpdate) return;
    if (!this.running || this.#participation?.stopped || this.#trainedFrom === model.modelVersion) return;
    this.train().catch((error: unknown) => emitter.emit("problem", { message: String(error) }));
  }

  async train(): Promise<TrainingOutcome> {
    const { keeper, device, limits, emitter } = this.#options;
    const { model } = keeper;
    if (!model) return refusal("no-model", "no model has been fetched yet");
    if (keeper.finished) return refusal("finished", "the task has had all its rounds");
    if (this.training) return refusal("busy", "a training run is under way");
    const participation = this.#participation;
    if (!participation) return refusal("paused", "the recommender is not taking part");
    // The upload asks again, and then knows what other tabs and processes have charged.
    const reached = limitReached(limits, model, device.ledger);
    if (reached) {
      // So that it is not tried again with every interaction.
      this.#trainedFrom = model.modelVersion;
      emitter.emit("refused", reached);
      return refusal("limit-reached", reached.message);
    }
    const controller = new AbortController();
    this.#training = controller;
    try {
      return await this.#trainAndOffer(model, participation, controller.signal);
    } finally {
      this.#training = undefined;
      // A new run that began while this one ended found it still under way.
      if (participation !== this.#participation) this.consider();
    }
  }

  async #trainAndOffer(
    model: LocalModel,
    participation: Participation,
    signal: AbortSignal,
  ): Promise<TrainingOutcome> {
    const { engine, random, device, emitter, offerPause } = this.#options;
    const { task, catalogue, parameters, modelVersion, plan } = model;
    const { history } = device;
    const ended = () => signal.aborted || participation !== this.#participation;
    const seed = rotationSeed(model.taskHash, modelVersion, task.cohort.maximumStaleness);
    const mechanism = createMechanism(plan, seed);
    // Before there is an update, so that the time this takes says nothing about one.
    mechanism.prepare(platformBytes);
    const pause = drawPause(offerPause);
    const trained = await train({ task, catalogue, engine, parameters, history, random }, signal);
    if (!trained.ok) {
      return trained.reason === "stopped"
        ? refusal("paused", "training was stopped")
        : refusal(trained.reason, `fewer than ${task.learning.minimumInteractions} usable interactions`);
    }
    const { steps, loss } = trained;
    const weight = stalenessWeight((participation.head?.modelVersion ?? modelVersion) - modelVersion);
    const weighted = trained.update.map((value) => weight * value);
    const sealed = await paced(pause, signal, () => mechanism.seal(weighted, platformBytes));
    if (ended()) return refusal("paused", "training was stopped");
    this.#trainedFrom = modelVersion;
    if (!sealed.ok) return refusal("failed", `the update could not be sealed: ${sealed.reason}`);
    const update = { updateId: randomHex(UPDATE_ID_BYTES), modelVersion, values: sealed.sealed };
    await device.storeUpdate(model, update);
    if (ended()) {
      await device.discardUpdate();
      return refusal("paused", "training was stopped");
    }
    emitter.emit("trained", { modelVersion, steps, loss });
    participation.offer(update);
    return { ok: true, modelVersion, steps, loss };
  }

  #callbacks() {
    const { emitter } = this.#options;
    return {
      onHead: (head: Head) => this.#fetch(head),
      onDiscarded: () => this.consider(),
      onParticipated: (event: RecommenderEvents["participated"]) => emitter.emit("participated", event),
      onRefused: (event: RecommenderEvents["refused"]) => emitter.emit("refused", event),
      onConnection: (connected: boolean) => emitter.emit("connection", { connected }),
      onProblem: (error: unknown) => emitter.emit("problem", { message: String(error) }),
    };
  }

  async #fetch(head: Head): Promise<void> {
    const { keeper, emitter } = this.#options;
    const run = this.#run;
    const fetched = await keeper.fetch(head);
    if (run !== this.#run) return;
    if (!fetched.ok) {
      emitter.emit("problem", { message: fetched.message });
      const newest = () => this.#participation?.head ?? head;
      this.#fetchTimer = setTimeout(() => void this.#fetch(newest()), FETCH_AGAIN_MILLISECONDS);
      return;
    }
    const { model, finished } = keeper;
    if (finished) this.stop();
    if (fetched.changed && model) emitter.emit("model", { modelVersion: model.modelVersion, finished });
    this.consider();
  }
}
