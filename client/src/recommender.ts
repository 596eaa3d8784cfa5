import type { Features, Interaction, InteractionKind, RulesInput } from "@tacit/shared";
import type { ConsentStatus } from "./device/consent.js";
import type { ExplainOptions, Explanation } from "./explaining/explanation.js";
import type { PrivacyReport } from "./ledger/privacy-report.js";
import type { RecommenderEvents } from "./recommender-events.js";
import type { Refused } from "./refused.js";
import type { TrainingOutcome } from "./training/trainer.js";

/** What `ready` resolves to: whether there is a model to recommend from. */
export type Readiness =
  | { readonly ok: true; readonly modelVersion: number; readonly engine: string }
  | Refused<"offline" | "task-refused" | "closed" | "failed">;

/** What the host app tells about one event; `at` is now when left out. */
export interface TrackedInteraction {
  readonly kind: InteractionKind;
  readonly itemId: string;
  /** Milliseconds since the epoch. */
  readonly at?: number;
  /** Stars (1 to 5) of a rating, seconds of a dwell. */
  readonly value?: number;
  /** The recommendation that led to it; its propensity, position and context are filled in. */
  readonly recommendationId?: string;
  /** What is known of the moment, by the names of the task's context features. It stays on the device. */
  readonly context?: Features;
}

export type Tracked = { readonly ok: true } | Refused<"invalid" | "no-consent" | "closed" | "failed">;

export interface RecommendOptions {
  /** Items wanted, 1 to 1,000; 10 when left out. */
  readonly count?: number;
  /** Item ids to choose from; the whole catalogue when left out. Unknown ones are passed over. */
  readonly candidates?: readonly string[];
  /**
   * What this slate keeps to, section by section in place of the task's rules; ids that the task blocks stay blocked. Rules that
   * cannot be read are a `problem`, and the task's hold alone.
   */
  readonly rules?: RulesInput;
  readonly context?: {
    /** The moment to recommend for, in milliseconds since the epoch; now when left out. */
    readonly at?: number;
    /** Item ids that must not be shown. */
    readonly exclude?: readonly string[];
    /**
     * What is known of the moment, by the names of the task's context features; kept with what is tracked of this
     * recommendation.
     */
    readonly features?: Features;
  };
}

export interface RecommendedItem {
  readonly id: string;
  /** Exact probability that this item was shown in this place, given those above it, in (0, 1]. */
  readonly probability: number;
  /** V(s): the discounted reward expected from here on; one number for the whole slate. */
  readonly value: number;
}

export interface Recommendation {
  readonly recommendationId: string;
  readonly items: readonly RecommendedItem[];
  /** The model version it came from; absent where there is none yet, and the order is a uniform shuffle. */
  readonly modelVersion?: number;
}

/** Whether the device's store has it: what failed holds until the app ends, and may not hold in the next one. */
export type Kept = { readonly ok: true } | Refused<"failed">;

/** What the recommender is doing, for a settings page or a support ticket; nothing private. */
export interface RecommenderStatus {
  readonly phase: "starting" | "ready" | "offline" | "refused" | "closed";
  readonly connected: boolean;
  readonly consent: ConsentStatus;
  readonly paused: boolean;
  readonly training: boolean;
  /** Of the model on this device. */
  readonly modelVersion: number | undefined;
  readonly finished: boolean;
  readonly engine: string | undefined;
  readonly interactions: number;
  /** Interactions with items that the catalogue does not have: kept, and of use once it has them. */
  readonly unknownItems: number;
  readonly participations: number;
  /** An update that waits for a cohort, or for its answer. */
  readonly pendingUpdate: boolean;
  readonly lastProblem: string | undefined;
}

/** Everything that is kept about the user on this device. */
export interface ExportedData {
  readonly consent: ConsentStatus;
  readonly interactions: readonly Interaction[];
  readonly privacy: PrivacyReport;
}

/**
 * A recommender embedded in an app. None of its methods throws or rejects: what goes wrong is a value, and a
 * `problem` event. Calls before `ready` wait for it.
 */
export interface Recommender {
  readonly ready: Promise<Readiness>;
  readonly consent: {
    grant(): Promise<Kept>;
    /** From now on nothing is recorded and nothing is sent. What was recorded stays until `forget`. */
    deny(): Promise<Kept>;
    status(): ConsentStatus;
  };
  readonly privacy: { report(): PrivacyReport };
  /** Resolves once the interaction is stored. */
  track(interaction: TrackedInteraction): Promise<Tracked>;
  recommend(options?: RecommendOptions): Promise<Recommendation>;
  /**
   * Why this item: what past interactions and the item's features do for its score, and a sentence. Found on the device, by
   * code that is loaded when it is first asked for.
   *
   * ```js
   * const phrases = {
   *   reasons: { interaction: "Weil du {past} {interaction} hast.", feature: "Wegen: {feature} {value}." },
   *   interactions: { click: "angesehen" },
   *   names: { genre: "Genre" },
   * };
   * const why = await recommender.explain("heat", { phrases, title: (id) => id.toUpperCase() });
   * if (why.ok) console.log(why.sentence, why.reasons);
   * ```
   */
  explain(itemId: string, options?: ExplainOptions): Promise<Explanation>;
  /** Trains from the newest model now, whatever `automatic` says, and offers the update to the next cohort. */
  train(): Promise<TrainingOutcome>;
  /** Stops training and sending until `resume`; recommending goes on. */
  pause(): void;
  resume(): void;
  status(): RecommenderStatus;
  export(): Promise<ExportedData>;
  /**
   * Erases the history and the pending update. The ledger and the pseudonym stay: a spent privacy budget does not
   * come back by forgetting.
   */
  forget(): Promise<Kept>;
  /** Calls `listener` on every such event; returns its removal. What a listener throws goes no further. */
  on<Name extends keyof RecommenderEvents>(
    event: Name,
    listener: (event: RecommenderEvents[Name]) => void,
  ): () => void;
  close(): Promise<void>;
}
