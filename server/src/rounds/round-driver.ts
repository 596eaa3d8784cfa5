import { setTimeout as delay } from "node:timers/promises";
import {
  type CohortCommitted,
  type CohortInvitation,
  type PackedUpload,
  PROTOCOL_VERSION,
  type Receipt,
  type Refusal,
  refuse,
  refuseSecagg,
  type UploadReply,
} from "@tacit/shared";
import type { Logger } from "pino";
import type { LedgerEntry, ModelVersion, RoundCommit, RoundRecord, Store } from "../store/store.js";
import { aggregate } from "./aggregate.js";
import type { Abandon, Aggregate, Commit, Effect } from "./effect.js";
import type { Aggregation } from "./next-version.js";
import { PendingUploads } from "./pending-uploads.js";
import type { ReadyUpdate } from "./ready-update.js";
import type { RoundMachine } from "./round-machine.js";
import type { Past } from "./round-settings.js";
import type { AggregationEnd, AggregationReport, SecureAggregation } from "./secure-aggregation.js";

/** The clients, as the driver speaks to them. Sending to one that is gone does nothing. */
export interface Audience {
  invite(clientId: string, invitation: CohortInvitation): void;
  abandoned(clientId: string, cohortId: string, reason: string): void;
  committed(clientId: string, committed: CohortCommitted): void;
  announce(version: ModelVersion): void;
}

/** A committed round, as it is told to whoever listens. */
export interface CommittedRound {
  readonly round: RoundRecord;
  readonly ledger: LedgerEntry;
  /** Of a masked cohort. */
  readonly aggregation?: AggregationReport;
}

/** Waits between attempts to commit, in milliseconds; committing again is harmless (see {@link Store.commitRound}). */
const COMMIT_RETRIES = [100, 500, 2000, 5000];

interface DriverOptions {
  readonly aggregation: Aggregation;
  readonly machine: RoundMachine;
  readonly store: Store;
  /** The newest version. */
  readonly head: ModelVersion;
  readonly audience: Audience;
  /** For a task whose updates come masked. */
  readonly secure: SecureAggregation | undefined;
  readonly logger: Logger;
  readonly onCommitted: (committed: CommittedRound) => void;
}

/** Gives the round machine its clock, its store and its clients. */
export class RoundDriver {
  readonly #options: DriverOptions;
  readonly #pending = new PendingUploads();
  #head: ModelVersion;
  #timer: NodeJS.Timeout | undefined;
  #commit: Promise<void> = Promise.resolve();
  #report: AggregationReport | undefined;
  /** Of the masked cohort. */
  #members: readonly string[] = [];
  #stopping = false;

  constructor(options: DriverOptions) {
    this.#options = options;
    this.#head = options.head;
  }

  get head(): ModelVersion {
    return this.#head;
  }

  /** @param connected whether the client still is, once the store has answered: one that left must not be waited for. */
  async ready(update: ReadyUpdate, connected: () => boolean): Promise<{ ok: true; queued: true } | Refusal> {
    const { store, aggregation, machine } = this.#options;
    const known = await store.participation(aggregation.taskHash, update.updateId);
    if (known)
      return refuse("duplicate", `the update is a part of version ${known.modelVersion}`, "updateId");
    if (!connected()) return refuse("not-checked-in", "the client is connected no longer");
    const { reply, effects } = machine.ready(update, Date.now());
    this.#apply(effects);
    // A member of the open cohort that has come back.
    if (effects.length === 1 && effects[0]?.kind === "invite")
      this.#options.secure?.returned(update.clientId);
    return reply.ok ? { ok: true, queued: true } : reply;
  }

  withdraw(clientId: string, updateId: string): boolean {
    const { reply, effects } = this.#options.machine.withdraw(clientId, updateId, Date.now());
    this.#apply(effects);
    this.#options.secure?.left(clientId, true);
    return reply;
  }

  /** One message of secure aggregation, as bytes. */
  async secagg(clientId: string, message: unknown): Promise<Receipt> {
    const { secure } = this.#options;
    return (
      secure?.receive(clientId, message) ?? refuseSecagg("not-in-cohort", "this task's updates come unmasked")
    );
  }

  /** Whether a long message may come from this client now. */
  expects(clientId: string): boolean {
    return this.#options.machine.includes(clientId);
  }

  leave(clientId: string): void {
    this.#options.secure?.left(clientId);
    this.#apply(this.#options.machine.leave(clientId, Date.now()));
  }

  /**
   * Resolves when the round has committed or been abandoned, never before. An update that is already a part of a
   * version, sent again by its own client because an answer was lost, gets that answer.
   * @param connection where the answer goes; another connection of the client takes the question over.
   */
  async upload(clientId: string, upload: PackedUpload, connection: string): Promise<UploadReply | Refusal> {
    const { machine, logger } = this.#options;
    const { cohortId, updateId } = upload;
    const { reply, effects } = machine.upload({ clientId, ...upload }, Date.now());
    if (reply.ok) {
      const answer = this.#pending.wait(updateId, connection);
      logger.debug({ cohortId }, "upload accepted");
      this.#apply(effects);
      return answer;
    }
    if (reply.reason === "duplicate") return this.#pending.takeOver(updateId, connection) ?? reply;
    const committed = await this.#options.store.participation(this.#options.aggregation.taskHash, updateId);
    return committed?.clientId === clientId ? { ok: true, modelVersion: committed.modelVersion } : reply;
  }

  /** Abandons the open cohort, or waits for the commit under way. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#apply(this.#options.machine.stop());
    await this.#commit;
    clearTimeout(this.#timer);
  }

  #apply(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.kind === "invite") this.#invite(effect);
      else if (effect.kind === "abandon") this.#abandon(effect);
      else if (effect.kind === "aggregate") this.#aggregate(effect);
      else this.#commit = this.#runCommit(effect);
    }
    const [first] = effects;
    if (first?.kind === "invite") {
      const { cohortId, size, modelVersion } = first;
      const invited = effects.filter(({ kind }) => kind === "invite").length;
      this.#options.logger.info({ cohortId, invited, size, modelVersion }, "cohort invited");
    }
    this.#schedule();
  }

  #invite({ kind: _, clientId, ...invitation }: Effect & { kind: "invite" }): void {
    this.#options.audience.invite(clientId, { version: PROTOCOL_VERSION, ...invitation });
  }

  #aggregate({ cohortId, members }: Aggregate): void {
    this.#report = undefined;
    this.#members = members;
    this.#options.secure?.begin(cohortId, members, this.#head, (end) => this.#aggregated(cohortId, end));
  }

  #aggregated(cohortId: string, end: AggregationEnd): void {
    const { machine, logger } = this.#options;
    if (!end.ok) {
      const { reason, message } = end;
      this.#apply(machine.gaveUp(cohortId, `${reason}: ${message}`, Date.now()));
      return;
    }
    const { sums, survivors, report } = end;
    logger.info({ cohortId, survivors: survivors.length, ...report }, "cohort summed");
    this.#report = report;
    this.#apply(machine.summed(cohortId, survivors, sums, Date.now()));
  }

  #abandon({ cohortId, members, uploaded, reason }: Abandon): void {
    this.#options.logger.warn({ cohortId, members: members.length, uploaded, reason }, "cohort abandoned");
    this.#options.secure?.stop(reason);
    for (const { clientId, updateId } of members) {
      this.#pending.settle(updateId, refuse("abandoned", reason));
      this.#options.audience.abandoned(clientId, cohortId, reason);
    }
  }

  async #runCommit(commit: Commit): Promise<void> {
    const { aggregation, logger } = this.#options;
    const { cohortId } = commit;
    logger.info({ cohortId, contributors: commit.contributors.length }, "cohort closed");
    try {
      const aggregated = aggregate(aggregation, this.#head, commit, new Date());
      if (!aggregated.ok) {
        logger.warn({ cohortId, reason: aggregated.message }, "cohort not committed");
        await this.#recover(aggregated.message);
        return;
      }
      const next = aggregated.commit;
      if ((await this.#persist(next)) === "committed") this.#advance(next, commit);
      else await this.#recover("another coordinator committed first");
    } catch (error) {
      logger.error({ cohortId, error }, "round could not be committed");
      await this.#recover("the round could not be committed");
    }
  }

  /** Tells everyone: only now, when it is committed. */
  #advance({ version, round, ledger }: RoundCommit, { cohortId, contributors }: Commit): void {
    const { logger, machine, audience, onCommitted } = this.#options;
    const { modelVersion, hash } = version;
    this.#head = version;
    logger.info({ hash, ...round, ...ledger }, "round committed");
    for (const { clientId, updateId } of contributors) {
      this.#pending.settle(updateId, { ok: true, modelVersion });
      const committed = { version: PROTOCOL_VERSION, cohortId, updateId, modelVersion } as const;
      audience.committed(clientId, committed);
    }
    audience.announce(version);
    this.#dismiss(cohortId, contributors);
    const aggregation = this.#report;
    this.#apply(machine.committed(Date.now()));
    onCommitted({ round, ledger, ...(aggregation && { aggregation }) });
  }

  /** Members of a masked cohort that are not in its sum keep their updates. */
  #dismiss(cohortId: string, contributors: Commit["contributors"]): void {
    const summed = new Set(contributors.map(({ clientId }) => clientId));
    const reason = "the cohort went on without this client";
    for (const member of this.#members) {
      if (!summed.has(member)) this.#options.audience.abandoned(member, cohortId, reason);
    }
    this.#members = [];
  }

  async #persist(next: RoundCommit): Promise<"committed" | "superseded"> {
    const { store, aggregation, logger } = this.#options;
    for (const wait of COMMIT_RETRIES) {
      try {
        return await store.commitRound(aggregation.taskHash, next);
      } catch (error) {
        logger.warn({ cohortId: next.round.cohortId, error }, "commit failed, trying again");
        if (this.#stopping) break;
        await delay(wait);
      }
    }
    return store.commitRound(aggregation.taskHash, next);
  }

  /** Goes on from what the store says. */
  async #recover(problem: string): Promise<void> {
    const { store, aggregation, machine, audience } = this.#options;
    const { modelVersion } = this.#head;
    let past: Past = { modelVersion, participations: new Map() };
    for (;;) {
      try {
        this.#head = await store.latest(aggregation.taskHash);
        past = {
          modelVersion: this.#head.modelVersion,
          participations: await store.attendance(aggregation.taskHash),
        };
        break;
      } catch (error) {
        this.#options.logger.error({ error }, "the store does not answer");
        if (this.#stopping) break;
        await delay(1000);
      }
    }
    this.#apply(machine.failed(past, problem, Date.now()));
    if (this.#head.modelVersion !== modelVersion) audience.announce(this.#head);
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const { wakeAt } = this.#options.machine;
    if (wakeAt === undefined) return;
    // Timers count in 32 bits and may fire a little early; either way the machine is simply asked again.
    const wait = Math.min(Math.max(wakeAt - Date.now(), 1), 2_147_483_647);
    this.#timer = setTimeout(() => this.#apply(this.#options.machine.tick(Date.now())), wait);
  }
}
