import {
  asBytes,
  cohortAbandonedSchema,
  cohortCommittedSchema,
  cohortSchema,
  encodeUpload,
  helloSchema,
  isMasked,
  modelSchema,
  PROTOCOL_VERSION,
  parseMessage,
  parseReply,
  readyReplySchema,
  refuse,
  uploadBytes,
  uploadReplySchema,
} from "@tacit/shared";
import type { Device, DeviceIdentity } from "../device/device.js";
import type { ClientLimits } from "../ledger/limits.js";
import type { LocalTask } from "../model/local-model.js";
import type { RefusedReason } from "../recommender-events.js";
import type { Credential } from "../recommender-options.js";
import type { Connection, Transport } from "../transport/transport.js";
import { charge } from "./charge.js";
import { checkIn } from "./check-in.js";
import { expectationsOf } from "./expectations.js";
import { Hello } from "./hello.js";
import { initialParticipant, participate } from "./participant.js";
import type {
  Head,
  ParticipantEffect,
  ParticipantEvent,
  ParticipantState,
  SealedUpdate,
} from "./participant-state.js";
import { SecureSession } from "./secure-session.js";
import { sendMessage } from "./send-message.js";

interface ParticipationOptions {
  readonly transport: Transport;
  readonly device: Device;
  readonly identity: DeviceIdentity;
  readonly local: LocalTask;
  readonly limits: ClientLimits;
  readonly credential: Credential | undefined;
  /** L2 bound of updates from the newest model on this device. */
  readonly clip: () => number;
  readonly onHead: (head: Head) => void;
  /** The device holds no update any more: it may train the next one; from the same version where this one was lost. */
  readonly onDiscarded: (lost: boolean) => void;
  readonly onParticipated: (participated: { modelVersion: number; bytes: number }) => void;
  readonly onRefused: (refused: { reason: RefusedReason; message: string }) => void;
  readonly onConnection: (connected: boolean) => void;
  readonly onProblem: (error: unknown) => void;
}

const ANSWER_SECONDS = 20;
const BACKOFF_MILLISECONDS = 250;
const LONGEST_BACKOFF_MILLISECONDS = 30_000;

/** Plays the participant over a connection, a ledger and a store: one at a time, from `start` to `stop`. */
export class Participation {
  readonly #options: ParticipationOptions;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  readonly #hello = new Hello();
  #state: ParticipantState;
  #connection: Connection | undefined;
  #connected = false;
  /** The cohort that this client is being aggregated in. */
  #session: { readonly cohortId: string; readonly secure: SecureSession } | undefined;
  #storing: Promise<unknown> = Promise.resolve();

  constructor(options: ParticipationOptions, stored: SealedUpdate | undefined) {
    this.#options = options;
    this.#state = initialParticipant(stored);
  }

  get update(): SealedUpdate | undefined {
    return this.#state.update;
  }

  get head(): Head | undefined {
    return this.#state.head;
  }

  get connected(): boolean {
    return this.#connected;
  }

  get stopped(): boolean {
    return this.#state.stopped !== undefined;
  }

  start(): void {
    this.#connection ??= this.#options.transport.connect({
      connected: () => {
        this.#setConnected(true);
        this.#dispatch({ kind: "connected" });
      },
      disconnected: () => {
        this.#hello.lost();
        this.#setConnected(false);
        this.#dispatch({ kind: "disconnected" });
      },
      message: (event, payload) => this.#receive(event, payload),
    });
  }

  /** Cuts the connection; the update stays, for the next `start`. Resolves once nothing more will be charged. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#session?.secure.end();
    this.#session = undefined;
    this.#connection?.close();
    this.#connection = undefined;
    this.#hello.lost();
    this.#setConnected(false);
    this.#dispatch({ kind: "disconnected" });
    await this.#storing;
  }

  /** Hands over a sealed update that is stored. */
  offer(update: SealedUpdate): void {
    this.#dispatch({ kind: "offered", update });
  }

  #setConnected(connected: boolean): void {
    if (connected === this.#connected) return;
    this.#connected = connected;
    this.#options.onConnection(connected);
  }

  #receive(event: string, payload: unknown): void {
    if (event === "hello") {
      const parsed = parseMessage(helloSchema, payload);
      if (parsed.ok) this.#hello.received(parsed.message.nonce);
    } else if (event === "cohort") {
      const parsed = parseMessage(cohortSchema, payload);
      if (parsed.ok) this.#dispatch({ kind: "invited", invitation: parsed.message });
    } else if (event === "cohort-abandoned") {
      const parsed = parseMessage(cohortAbandonedSchema, payload);
      if (parsed.ok) this.#dispatch({ kind: "abandoned", cohortId: parsed.message.cohortId });
    } else if (event === "cohort-committed") {
      const parsed = parseMessage(cohortCommittedSchema, payload);
      if (parsed.ok) this.#dispatch({ kind: "committed", ...parsed.message });
    } else if (event === "secagg") {
      const message = asBytes(payload);
      if (message) this.#session?.secure.receive(message).catch(this.#options.onProblem);
    } else if (event === "model") {
      const parsed = parseMessage(modelSchema, payload);
      const name = this.#options.local.task.name;
      if (parsed.ok && parsed.message.task === name)
        this.#dispatch({ kind: "announced", head: parsed.message });
    }
  }

  #dispatch(event: ParticipantEvent): void {
    const { task } = this.#options.local;
    const rules = {
      maximumStaleness: task.cohort.maximumStaleness,
      minimumCohort: this.#options.limits.cohort,
      masked: isMasked(task.privacy),
    };
    const { state, effects } = participate(this.#state, event, rules);
    this.#state = state;
    for (const effect of effects) this.#perform(effect).catch(this.#options.onProblem);
  }

  async #perform(effect: ParticipantEffect): Promise<void> {
    switch (effect.kind) {
      case "check-in":
        return this.#after(effect.failures, () => this.#checkIn());
      case "say-ready":
        return this.#after(effect.failures, () => this.#sayReady(effect.update));
      case "upload":
        return this.#upload(effect.update, effect.cohortId);
      case "aggregate":
        return this.#aggregate(effect.update, effect.invitation.cohortId);
      case "withdraw":
        await this.#ask("withdraw", { version: PROTOCOL_VERSION, updateId: effect.updateId }, ANSWER_SECONDS);
        return;
      case "discard":
        await this.#options.device.discardUpdate();
        return this.#options.onDiscarded(effect.lost);
      case "fetch-model":
        return this.#options.onHead(effect.head);
      case "participated": {
        const { dimension, bits } = this.#options.local.plan;
        const bytes = uploadBytes(dimension, bits);
        return this.#options.onParticipated({ modelVersion: effect.modelVersion, bytes });
      }
      case "refused":
        return this.#options.onRefused(effect.refused);
    }
  }

  async #checkIn(): Promise<void> {
    const reply = await checkIn({
      ...this.#options,
      hello: this.#hello,
      ask: (event, payload) => this.#ask(event, payload, ANSWER_SECONDS),
    });
    if (reply) this.#dispatch({ kind: "checked-in", reply });
  }

  async #sayReady(update: SealedUpdate): Promise<void> {
    const { updateId, modelVersion } = update;
    if (this.#state.update?.updateId !== updateId || !this.#state.checkedIn) return;
    const { taskHash } = this.#options.local;
    const message = { version: PROTOCOL_VERSION, taskHash, modelVersion, updateId };
    const answer = await this.#ask("ready", message, ANSWER_SECONDS);
    if (!this.#connected) return;
    const reply = answer === undefined ? refuse("busy", "no answer") : parseReply(readyReplySchema, answer);
    this.#dispatch({ kind: "ready-answered", updateId, reply: reply.ok ? { ok: true } : reply });
  }

  /** Joins the cohort's secure aggregation, or goes on with it: the coordinator says again what is still to be answered. */
  async #aggregate(update: SealedUpdate, cohortId: string): Promise<void> {
    if (this.#session?.cohortId === cohortId) return;
    this.#session?.secure.end();
    const { device, identity, local, limits, clip } = this.#options;
    const { head } = this.#state;
    if (!head) return;
    const secure = new SecureSession({
      ...identity,
      expectations: expectationsOf(local, limits, head, clip()),
      input: update.values,
      send: (message) =>
        sendMessage((event, payload) => this.#ask(event, payload, ANSWER_SECONDS), "secagg", message),
      charge: () => this.#stored(this.#charge(update)),
      onSigned: () => this.#dispatch({ kind: "exposed", cohortId, exposure: "signed" }),
      onSpent: () => {
        this.#dispatch({ kind: "exposed", cohortId, exposure: "spent" });
        return this.#stored(device.discardUpdate());
      },
      onLeft: (reason, message) => this.#dispatch({ kind: "left", cohortId, reason, message }),
    });
    this.#session = { cohortId, secure };
  }

  async #upload(update: SealedUpdate, cohortId: string): Promise<void> {
    const { task, taskHash, plan } = this.#options.local;
    const { updateId } = update;
    try {
      if (!(await this.#stored(this.#charge(update)))) return;
    } catch (error) {
      this.#options.onProblem(error);
      const reply = refuse("busy", "the ledger could not be charged");
      return this.#dispatch({ kind: "upload-answered", updateId, reply });
    }
    const packet = encodeUpload({ ...update, taskHash, cohortId, bits: plan.bits });
    const seconds = 2 * task.cohort.timeoutSeconds + ANSWER_SECONDS;
    const answer = await sendMessage(
      (event, payload) => this.#ask(event, payload, seconds),
      "upload",
      packet,
    );
    if (!this.#connected) return;
    const parsed = answer === undefined ? refuse("busy", "no answer") : parseReply(uploadReplySchema, answer);
    const reply = parsed.ok && "message" in parsed ? parsed.message : parsed;
    this.#dispatch({ kind: "upload-answered", updateId, reply });
  }

  /** What is under way in the store: `stop` waits for it. */
  #stored<Result>(work: Promise<Result>): Promise<Result> {
    this.#storing = work.catch(() => undefined);
    return work;
  }

  /** Whether the update may leave. */
  async #charge(update: SealedUpdate): Promise<boolean> {
    const charged = await charge(this.#options, update, () => this.#connected);
    if (!charged.ok && charged.event) this.#dispatch(charged.event);
    return charged.ok;
  }

  /** The answer, or undefined when none came. */
  #ask(event: string, payload: unknown, seconds: number): Promise<unknown> {
    const connection = this.#connection;
    if (!connection || !this.#connected) return Promise.resolve(undefined);
    return connection.request(event, payload, seconds).catch(() => undefined);
  }

  /** Waits longer after every failure in a row, and never as long as everybody else. */
  async #after(failures: number, action: () => Promise<void>): Promise<void> {
    if (failures === 0) return action();
    const longest = Math.min(LONGEST_BACKOFF_MILLISECONDS, BACKOFF_MILLISECONDS * 2 ** failures);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(
        () => {
          this.#timers.delete(timer);
          resolve();
        },
        longest * (0.5 + 0.5 * Math.random()),
      );
      this.#timers.add(timer);
    });
    if (this.#connected) await action();
  }
}
