import {
  type Engine,
  engineRefusal,
  type Features,
  networkShape,
  platformRandom,
  type Random,
  randomHex,
  seededRandom,
  type TaskModel,
  type TaskSpec,
} from "@tacit/shared";
import { createDefaultEngine } from "./default-engine.js";
import { Device } from "./device/device.js";
import { Emitter } from "./emitter.js";
import type { ExplainOptions, Explanation } from "./explaining/explanation.js";
import type { HistoryStore } from "./history/history-store.js";
import { memoryHistoryStore } from "./history/memory-history-store.js";
import { type ClientLimits, limitsOf } from "./ledger/limits.js";
import { privacyReport } from "./ledger/privacy-report.js";
import { CompiledModel } from "./model/compiled-model.js";
import { ModelKeeper } from "./model/model-keeper.js";
import type {
  ExportedData,
  Kept,
  Readiness,
  Recommendation,
  Recommender,
  RecommenderStatus,
  RecommendOptions,
  Tracked,
  TrackedInteraction,
} from "./recommender.js";
import type { RecommenderEvents } from "./recommender-events.js";
import type { RecommenderOptions } from "./recommender-options.js";
import { statusOf } from "./recommender-status.js";
import { CONTEXT_RULE, copyOf, isContext } from "./recommending/is-context.js";
import { parseInteraction } from "./recommending/parse-interaction.js";
import { slateFrom } from "./recommending/slate.js";
import { SlateLog } from "./recommending/slate-log.js";
import type { Refused } from "./refused.js";
import { LateLearner } from "./training/late-learner.js";
import type { TrainingOutcome } from "./training/trainer.js";
import { httpModels } from "./transport/http-models.js";

const CLOSED = { ok: false, reason: "closed", message: "the recommender is closed" } as const;
const NO_ENGINE = {
  ok: false,
  reason: "offline",
  message: "nothing to compute with could be loaded",
} as const;
const RECOMMENDATION_ID_BYTES = 8;
const OFFER_PAUSE_MILLISECONDS = 2000;
const FIRST_RETRY_MILLISECONDS = 1000;
const LONGEST_RETRY_MILLISECONDS = 60_000;

/** Wires device, model, learner and slates together, and keeps whatever fails away from the host app. */
export class EmbeddedRecommender implements Recommender {
  readonly ready: Promise<Readiness>;
  readonly #options: RecommenderOptions;
  readonly #limits: ClientLimits;
  readonly #store: HistoryStore;
  readonly #random: Random;
  readonly #emitter = new Emitter<RecommenderEvents>();
  readonly #slates = new SlateLog();
  readonly #compiled = new CompiledModel();
  readonly #keeper: ModelKeeper;
  readonly #opened: Promise<Device | undefined>;
  #device: Device | undefined;
  #engine: Engine | undefined;
  #learner: LateLearner | undefined;
  #phase: RecommenderStatus["phase"] = "starting";
  #paused = false;
  #lastProblem: string | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #closeReady: (readiness: Readiness) => void = () => {};

  constructor(options: RecommenderOptions) {
    this.#options = options;
    this.#limits = limitsOf(options.limits);
    this.#store = options.store ?? memoryHistoryStore();
    this.#random = options.seed === undefined ? platformRandom() : seededRandom(options.seed);
    const { task: taskName, items, relations, transport = httpModels(options.url) } = options;
    const refuses = (task: TaskSpec) => this.#engine && engineRefusal(this.#engine, networkShape(task));
    const [store, problem] = [this.#store, this.#report];
    this.#keeper = new ModelKeeper({ transport, store, taskName, items, relations, refuses, problem });
    this.#emitter.on("problem", ({ message }) => {
      this.#lastProblem = message;
    });
    this.#opened = this.#open();
    const closed = new Promise<Readiness>((resolve) => {
      this.#closeReady = resolve;
    });
    this.ready = Promise.race([this.#start(), closed]);
  }

  readonly consent = {
    grant: () => this.#setConsent("granted"),
    deny: () => this.#setConsent("denied"),
    status: () => this.#device?.consent ?? "unknown",
  };

  readonly privacy = {
    report: () => privacyReport(this.#device?.ledger ?? [], this.#limits, this.#keeper.model),
  };

  async track(tracked: TrackedInteraction): Promise<Tracked> {
    const device = await this.#opened;
    if (this.#phase === "closed") return CLOSED;
    if (!device) return { ok: false, reason: "failed", message: "the history store cannot be used" };
    try {
      if ((await device.freshConsent()) !== "granted") {
        return { ok: false, reason: "no-consent", message: "nothing is recorded before consent.grant()" };
      }
      const parsed = parseInteraction(tracked, Date.now());
      if (!parsed.ok) return { ...parsed, reason: "invalid" };
      const { interaction } = parsed;
      const shown = this.#slates.shown(interaction.recommendationId, interaction.itemId);
      await device.append({ ...shown, ...interaction });
    } catch (error) {
      return this.#failed(error);
    }
    this.#learner?.consider();
    return { ok: true };
  }

  async recommend(options: RecommendOptions = {}): Promise<Recommendation> {
    await this.ready;
    const recommendationId = randomHex(RECOMMENDATION_ID_BYTES);
    const recommendation = { recommendationId, ...(await this.#slate(options)) };
    this.#slates.add(recommendationId, recommendation.items, this.#told(options));
    return recommendation;
  }

  async explain(itemId: string, options: ExplainOptions = {}): Promise<Explanation> {
    await this.ready;
    try {
      const { explainItem } = await import("./explaining/explain-item.js");
      const { model } = this.#keeper;
      const networks = this.#networks();
      if (this.#phase === "closed") return CLOSED;
      if (!model || !networks) {
        return { ok: false, reason: "no-model", message: "no model has been fetched yet" };
      }
      const history = this.#device?.history ?? [];
      return explainItem({ model, networks, history, items: this.#options.items }, itemId, options);
    } catch (error) {
      return this.#failed(error);
    }
  }

  async train(): Promise<TrainingOutcome> {
    await this.ready;
    if (this.#phase === "closed") return CLOSED;
    if (this.#device?.consent !== "granted") {
      return { ok: false, reason: "no-consent", message: "nothing is learned before consent.grant()" };
    }
    if (this.#paused) return { ok: false, reason: "paused", message: "resume() first" };
    if (!this.#learner) {
      return this.#keeper.model
        ? { ok: false, reason: "paused", message: "the coordinator has not been reached" }
        : { ok: false, reason: "no-model", message: "no model has been fetched yet" };
    }
    try {
      return await this.#learner.train();
    } catch (error) {
      return this.#failed(error);
    }
  }

  pause(): void {
    this.#paused = true;
    void this.#learner?.stop();
  }

  resume(): void {
    this.#paused = false;
    this.#learn();
  }

  status(): RecommenderStatus {
    return statusOf({
      phase: this.#phase,
      paused: this.#paused,
      lastProblem: this.#lastProblem,
      device: this.#device,
      keeper: this.#keeper,
      learner: this.#learner,
      engine: this.#engine,
    });
  }

  async export(): Promise<ExportedData> {
    const device = await this.#opened;
    let interactions = device?.history ?? [];
    try {
      interactions = (await device?.wholeHistory()) ?? [];
      await device?.freshLedger();
    } catch (error) {
      this.#problem(error);
    }
    return { consent: this.consent.status(), interactions, privacy: this.privacy.report() };
  }

  async forget(): Promise<Kept> {
    const device = await this.#opened;
    await this.#learner?.stop();
    const kept = await this.#kept(async () => device?.forget());
    this.#learn();
    return kept;
  }

  on<Name extends keyof RecommenderEvents>(
    event: Name,
    listener: (event: RecommenderEvents[Name]) => void,
  ): () => void {
    return this.#emitter.on(event, listener);
  }

  async close(): Promise<void> {
    if (this.#phase === "closed") return;
    this.#phase = "closed";
    this.#closeReady(CLOSED);
    clearTimeout(this.#retry);
    const stopped = this.#learner?.stop();
    await this.#opened;
    await stopped;
    await this.#kept(() => this.#store.close());
  }

  /** Without a device there is still a recommender, but it records and sends nothing. */
  async #open(): Promise<Device | undefined> {
    try {
      const { consent } = this.#options;
      const device = await Device.open(this.#store);
      // A host without types may say it in other words, which grant nothing.
      if (consent !== undefined) await device.setConsent(consent === true ? "granted" : "denied");
      this.#device = device;
      return device;
    } catch (error) {
      this.#problem(error);
      return undefined;
    }
  }

  async #start(): Promise<Readiness> {
    try {
      await this.#opened;
      await this.#findEngine();
      await this.#keeper.restore().catch(this.#report);
      const restored = this.#modelReady();
      if (!restored) return await this.#refresh(FIRST_RETRY_MILLISECONDS);
      // The stored model serves at once; a newer one comes when it comes.
      void this.#refresh(FIRST_RETRY_MILLISECONDS);
      return restored;
    } catch (error) {
      this.#setPhase("offline");
      return this.#failed(error);
    }
  }

  /** Asks the coordinator for its newest model, and keeps asking while it cannot be reached. */
  async #refresh(retryAfter: number): Promise<Readiness> {
    const computes = this.#engine !== undefined || (await this.#findEngine());
    const refreshed = computes ? await this.#keeper.refresh() : NO_ENGINE;
    if (refreshed.ok) {
      const { model, finished } = this.#keeper;
      if (refreshed.changed && model) {
        this.#emitter.emit("model", { modelVersion: model.modelVersion, finished });
      }
    } else {
      this.#problem(refreshed.message);
      this.#setPhase(refreshed.reason === "offline" ? "offline" : "refused");
      if (refreshed.reason === "offline" && this.#phase !== "closed") {
        const longer = Math.min(LONGEST_RETRY_MILLISECONDS, 2 * retryAfter);
        this.#retry = setTimeout(() => void this.#refresh(longer), retryAfter);
      }
    }
    const ready = this.#modelReady();
    if (refreshed.ok) this.#learn();
    if (ready && refreshed.ok) return ready;
    return ready ?? { ok: false, reason: "offline", message: "no answer", ...(!refreshed.ok && refreshed) };
  }

  /** False when its code cannot be loaded now. */
  async #findEngine(): Promise<boolean> {
    this.#engine ??=
      this.#options.engine ?? (await createDefaultEngine().catch((error) => void this.#problem(error)));
    return this.#engine !== undefined;
  }

  #modelReady(): Readiness | undefined {
    const { model } = this.#keeper;
    if (!model || !this.#engine || this.#phase === "closed") return undefined;
    this.#setPhase("ready");
    return { ok: true, modelVersion: model.modelVersion, engine: this.#engine.name };
  }

  /** Takes part from now on, if everything that it takes is there. */
  #learn(): void {
    const device = this.#device;
    const engine = this.#engine;
    if (!device || !engine || !this.#keeper.model) return;
    if (this.#phase === "closed" || this.#paused || device.consent !== "granted") return;
    const { url, transport, primitives, credential } = this.#options;
    this.#learner ??= new LateLearner({
      url,
      transport,
      primitives,
      credential,
      device,
      engine,
      keeper: this.#keeper,
      limits: this.#limits,
      random: this.#random,
      automatic: this.#options.automatic ?? true,
      offerPause: this.#options.offerPause ?? OFFER_PAUSE_MILLISECONDS,
      emitter: this.#emitter,
    });
    this.#learner.start().catch(this.#report);
  }

  async #setConsent(consent: "granted" | "denied"): Promise<Kept> {
    const device = await this.#opened;
    const stopped = consent === "denied" ? this.#learner?.stop() : undefined;
    const kept = await this.#kept(async () => device?.setConsent(consent));
    await stopped;
    const gone = consent === "denied" ? await this.#kept(async () => device?.discardUpdate()) : kept;
    this.#learn();
    return kept.ok ? gone : kept;
  }

  /** Whether the store did something; without one there is nothing to be done. */
  async #kept(operation: () => Promise<unknown>): Promise<Kept> {
    try {
      await operation();
      return { ok: true };
    } catch (error) {
      return this.#failed(error);
    }
  }

  async #slate(options: RecommendOptions): Promise<Omit<Recommendation, "recommendationId">> {
    const { model } = this.#keeper;
    try {
      const networks = this.#networks();
      const source = { model, networks, history: this.#device?.history ?? [], items: this.#options.items };
      return await slateFrom(source, {
        ...options,
        random: this.#random,
        now: Date.now(),
        problem: this.#report,
      });
    } catch (error) {
      this.#problem(error);
      return { items: [] };
    }
  }

  #networks(): TaskModel | undefined {
    const { model } = this.#keeper;
    return model && this.#engine && this.#compiled.networks(model, this.#engine);
  }

  /** What the host told of the moment, where a history can hold that. */
  #told(options: RecommendOptions): Features | undefined {
    try {
      const features = options.context?.features;
      if (features === undefined) return undefined;
      if (isContext(features)) return copyOf(features);
      this.#problem(`context.features: ${CONTEXT_RULE}`);
    } catch (error) {
      this.#problem(error);
    }
    return undefined;
  }

  #setPhase(phase: RecommenderStatus["phase"]): void {
    if (this.#phase !== "closed") this.#phase = phase;
  }

  /** Tells of a problem and returns its message. */
  #problem(error: unknown): string {
    const message = error instanceof Error ? error.message : String(error);
    this.#emitter.emit("problem", { message });
    return message;
  }

  readonly #report = (error: unknown): void => {
    this.#problem(error);
  };

  #failed(error: unknown): Refused<"failed"> {
    return { ok: false, reason: "failed", message: this.#problem(error) };
  }
}
