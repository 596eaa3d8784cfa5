import {
  createMechanism,
  createTaskModel,
  type Engine,
  type Primitives,
  platformBytes,
  platformPrimitives,
  type Random,
  randomHex,
  rotationSeed,
} from "@tacit/shared";
import type { Device } from "../device/device.js";
import type { Emitter } from "../emitter.js";
import type { Release } from "../history/history-store.js";
import { type ClientLimits, limitReached, nextVersion } from "../ledger/limits.js";
import type { LocalModel } from "../model/local-model.js";
import type { ModelKeeper } from "../model/model-keeper.js";
import type { Head } from "../participation/participant-state.js";
import { Participation } from "../participation/participation.js";
import type { RecommenderEvents } from "../recommender-events.js";
import type { Credential } from "../recommender-options.js";
import { networkTransport } from "../transport/network-transport.js";
import type { Transport } from "../transport/transport.js";
import { drawPause, paced } from "./offer-pause.js";
import { structureOf } from "./structure-of.js";
import { stalenessWeight, type TrainingOutcome, train } from "./trainer.js";

export interface LearnerOptions {
  /** The coordinator. */
  readonly url: string;
  readonly device: Device;
  readonly keeper: ModelKeeper;
  readonly engine: Engine;
  /** fetch and Socket.IO when undefined. */
  readonly transport: Transport | undefined;
  /** The platform's when undefined. */
  readonly primitives: Primitives | undefined;
  readonly limits: ClientLimits;
  readonly credential: Credential | undefined;
  readonly random: Random;
  /** Trains by itself from every new version. */
  readonly automatic: boolean;
  /** Longest pause, in milliseconds, from the end of training to the offer. */
  readonly offerPause: number;
  readonly emitter: Emitter<RecommenderEvents>;
}

const UPDATE_ID_BYTES = 16;
const FETCH_AGAIN_MILLISECONDS = 5000;
const LONGEST_FETCH_PAUSE = 300_000;
const TURN_MILLISECONDS = 500;

const refusal = (
  reason: Extract<TrainingOutcome, { ok: false }>["reason"],
  message: string,
): TrainingOutcome => ({
  ok: false,
  reason,
  message,
});

/**
 * Takes part in a task while it is running: trains, seals, offers, and fetches each newer version. Of all tabs and
 * processes on one store only one runs at a time; the others wait for it to stop or to die.
 */
export class Learner {
  readonly #options: LearnerOptions;
  readonly #transport: Transport;
  #participation: Participation | undefined;
  #release: Release | undefined;
  /** The first try of the run at hand to take its turn. */
  #started: Promise<void> | undefined;
  #turnTimer: ReturnType<typeof setTimeout> | undefined;
  #training: AbortController | undefined;
  #trained: Promise<unknown> = Promise.resolve();
  #trainedFrom: number | undefined;
  /** The length of the last history that had too few transitions, and how many were missing: an interaction brings one at most. */
  #tooFew: { readonly interactions: number; readonly missing: number } | undefined;
  #fetchTimer: ReturnType<typeof setTimeout> | undefined;
  /** Counts starts and stops: what began in an earlier run must not act in a later one. */
  #run = 0;

  constructor(options: LearnerOptions) {
    this.#options = options;
    this.#transport = options.transport ?? networkTransport(options.url);
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

  /** Takes its turn, now or when it can; then connects, offers what an earlier run left, and begins to learn. */
  async start(): Promise<void> {
    const { keeper } = this.#options;
    if (this.#started || !keeper.model || keeper.finished) return;
    this.#started = this.#takeTurn(++this.#run);
    await this.#started;
  }

  async #takeTurn(run: number): Promise<void> {
    try {
      const release = await this.#options.device.lock();
      if (run !== this.#run) return await release?.();
      if (!release) {
        this.#turnTimer = setTimeout(() => {
          this.#takeTurn(run).catch((error: unknown) => this.#problem(error));
        }, TURN_MILLISECONDS);
        return;
      }
      this.#release = release;
      const stored = await this.#findStored();
      if (run !== this.#run) return;
      if (!stored) return await this.stop();
      const { local, identity, update } = stored;
      const clip = () => (this.#options.keeper.model ?? local).plan.clip;
      const transport = this.#transport;
      const options = { ...this.#options, ...this.#callbacks(), transport, local, identity, clip };
      this.#participation = new Participation(options, update);
      this.#participation.start();
    } catch (error) {
      if (run === this.#run) await this.stop();
      throw error;
    }
    this.consider();
  }

  /** What the last to have the turn left, in this app or in another; undefined when there is nothing to take part in. */
  async #findStored() {
    const { keeper, device } = this.#options;
    await device.freshLedger();
    const { model: local } = keeper;
    if (!local || (await device.freshConsent()) !== "granted") return undefined;
    const primitives = this.#options.primitives ?? (await platformPrimitives());
    const identity = await device.identity(primitives);
    return { local, identity, update: await device.storedUpdate(local) };
  }

  /** Stops training and sending; a sealed update stays on the device. Resolves once another may take its turn. */
  async stop(): Promise<void> {
    this.#run++;
    clearTimeout(this.#fetchTimer);
    clearTimeout(this.#turnTimer);
    this.#started = undefined;
    this.#training?.abort();
    const stopped = this.#participation?.stop();
    const release = this.#release;
    this.#participation = undefined;
    this.#release = undefined;
    await Promise.all([stopped, this.#trained]);
    await release?.().catch((error: unknown) => this.#problem(error));
  }

  /** Trains if there is something to train from and nobody has yet. */
  consider(): void {
    const { automatic, keeper, device } = this.#options;
    const { model } = keeper;
    const { length } = device.history;
    const enough = model && length >= model.task.learning.minimumInteractions && !this.#isStillTooFew(length);
    if (!automatic || !enough || this.training || this.pendingUpdate) return;
    if (!this.running || this.#participation?.stopped || this.#trainedFrom === model.modelVersion) return;
    if (model.modelVersion < nextVersion(model, device.ledger)) return;
    this.train().catch((error: unknown) => this.#problem(error));
  }

  #isStillTooFew(length: number): boolean {
    const { interactions, missing } = this.#tooFew ?? { interactions: 0, missing: 0 };
    return length >= interactions && length < interactions + missing;
  }

  async train(): Promise<TrainingOutcome> {
    const { keeper, device, limits, emitter } = this.#options;
    await this.#started?.catch(() => undefined);
    const { model } = keeper;
    if (!model) return refusal("no-model", "no model has been fetched yet");
    if (keeper.finished) return refusal("finished", "the task has had all its rounds");
    if (this.training) return refusal("busy", "a training run is under way");
    const participation = this.#participation;
    if (!participation) return refusal("paused", "not taking part; another tab or process may be");
    const reached = limitReached(limits, model, device.ledger);
    if (reached) {
      // So that it is not tried again with every interaction.
      this.#trainedFrom = model.modelVersion;
      emitter.emit("refused", reached);
      return refusal("limit-reached", reached.message);
    }
    const next = nextVersion(model, device.ledger);
    if (model.modelVersion < next) {
      return refusal("limit-reached", `this device took part lately and may again from version ${next} on`);
    }
    const controller = new AbortController();
    this.#training = controller;
    const trained = this.#trainAndOffer(model, participation, controller.signal);
    this.#trained = trained.catch(() => undefined);
    try {
      return await trained;
    } catch (error) {
      // Tried again from the next version, not after every interaction.
      this.#trainedFrom = model.modelVersion;
      throw error;
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
    // Of its own: while it trains, others recommend. It is large, and gone with the training.
    const networks = createTaskModel({ task, catalogue, engine });
    if ((await device.freshConsent()) !== "granted") return refusal("no-consent", "consent was withdrawn");
    const history = await device.wholeHistory();
    const ended = () => signal.aborted || participation !== this.#participation;
    const seed = rotationSeed(task, model.taskHash, modelVersion);
    const mechanism = createMechanism(plan, seed);
    // Before there is an update, so that the time this takes says nothing about one.
    mechanism.prepare(platformBytes);
    const pause = drawPause(offerPause);
    const structure = await structureOf(model);
    const training = { model: networks, parameters, history, random, structure, version: model };
    const trained = await train(training, signal);
    if (!trained.ok) {
      if (trained.reason === "stopped") return refusal("paused", "training was stopped");
      const { minimumInteractions } = task.learning;
      this.#tooFew = {
        interactions: device.history.length,
        missing: Math.max(1, minimumInteractions - trained.transitions),
      };
      return refusal(trained.reason, `fewer than ${minimumInteractions} usable interactions`);
    }
    const { steps, loss } = trained;
    const weight = stalenessWeight((participation.head?.modelVersion ?? modelVersion) - modelVersion);
    const weighted = trained.update.map((value) => weight * value);
    const sealed = await paced(pause, signal, () =>
      mechanism.seal(weighted, platformBytes, trained.measured),
    );
    if (ended()) return refusal("paused", "training was stopped");
    this.#trainedFrom = modelVersion;
    if (!sealed.ok) return refusal("failed", `the update could not be sealed: ${sealed.reason}`);
    const update = { updateId: randomHex(UPDATE_ID_BYTES), modelVersion, values: sealed.sealed };
    await device.storeUpdate(model, update);
    const erased = (await device.wholeHistory()).length < history.length;
    if (erased || ended()) {
      await device.discardUpdate();
      return refusal("paused", erased ? "the history was erased meanwhile" : "training was stopped");
    }
    emitter.emit("trained", { modelVersion, steps, loss });
    participation.offer(update);
    return { ok: true, modelVersion, steps, loss };
  }

  #callbacks() {
    const { emitter } = this.#options;
    return {
      onHead: (head: Head) => this.#fetch(head),
      onDiscarded: (lost: boolean) => {
        if (lost) this.#trainedFrom = undefined;
        this.consider();
      },
      onParticipated: (event: RecommenderEvents["participated"]) => emitter.emit("participated", event),
      onRefused: (event: RecommenderEvents["refused"]) => emitter.emit("refused", event),
      onConnection: (connected: boolean) => emitter.emit("connection", { connected }),
      onProblem: (error: unknown) => this.#problem(error),
    };
  }

  #problem(error: unknown): void {
    this.#options.emitter.emit("problem", { message: String(error) });
  }

  async #fetch(head: Head, pause = FETCH_AGAIN_MILLISECONDS): Promise<void> {
    const { keeper, emitter } = this.#options;
    const run = this.#run;
    const fetched = await keeper.fetch(head);
    if (run !== this.#run) return;
    // One retry at a time, however many versions were announced meanwhile.
    clearTimeout(this.#fetchTimer);
    if (!fetched.ok) {
      emitter.emit("problem", { message: fetched.message });
      // What was refused is as wrong the next time.
      if (fetched.reason === "task-refused") return;
      const longer = Math.min(LONGEST_FETCH_PAUSE, 2 * pause);
      this.#fetchTimer = setTimeout(() => {
        void this.#fetch(this.#participation?.head ?? head, longer);
      }, pause);
      return;
    }
    const { model, finished } = keeper;
    if (finished) void this.stop();
    if (fetched.changed && model) emitter.emit("model", { modelVersion: model.modelVersion, finished });
    this.consider();
  }
}
