import { platformRandom, type Random, type Refusal, randomHex, refuse } from "@tacit/shared";
import type { VisibleSum } from "../robust/norm-bound.js";
import { Cohort, type Member, type Summation } from "./cohort.js";
import type { Effect } from "./effect.js";
import { Participations } from "./participations.js";
import { ReadyPool } from "./ready-pool.js";
import type { ReadyUpdate } from "./ready-update.js";
import { RecentIds } from "./recent-ids.js";
import type { Outcome, Past, RoundSettings } from "./round-settings.js";

const COHORTS_REMEMBERED = 256;
const VERSIONS_SET_ASIDE = 10;
const ACCEPTED = { ok: true } as const;
type Answer = Outcome<typeof ACCEPTED | Refusal>;

/**
 * Train first, aggregate after: collects clients that hold an update, forms a cohort of them, sums their uploads
 * until all have come or the deadline passes, and asks for a commit. It has no sockets, clock or database: every
 * method takes the time in milliseconds, never throws on any input of the right types, and returns its effects.
 */
export class RoundMachine {
  readonly #settings: RoundSettings;
  readonly #summation: Summation;
  readonly #random: Random;
  readonly #pool = new ReadyPool();
  readonly #closed = new RecentIds(COHORTS_REMEMBERED);
  /** Of committed versions, and of masked sums that were opened and dropped. */
  readonly #summedUpdates: RecentIds;
  /** Clients that cost a cohort, and the version from which on they may be in one again. */
  readonly #setAside = new Map<string, number>();
  #participations: Participations;
  #modelVersion: number;
  #cohort: Cohort | undefined;
  #committing = false;
  #stopped = false;
  /** When the pool last became large enough for a smaller cohort. */
  #enoughSince: number | undefined;

  constructor(settings: RoundSettings, summation: Summation, past: Past, random: Random = platformRandom()) {
    this.#settings = settings;
    this.#summation = summation;
    this.#random = random;
    this.#modelVersion = past.modelVersion;
    this.#participations = new Participations(settings.limit, past.participations);
    this.#summedUpdates = new RecentIds(settings.cohortSize * (settings.maximumStaleness + 4));
  }

  get modelVersion(): number {
    return this.#modelVersion;
  }

  get finished(): boolean {
    return this.#modelVersion >= this.#settings.rounds;
  }

  get readyClients(): number {
    return this.#pool.size;
  }

  get phase(): "waiting" | "collecting" | "committing" | "finished" {
    if (this.#cohort) return this.#committing ? "committing" : "collecting";
    return this.finished ? "finished" : "waiting";
  }

  /** Whether the client is in the open cohort. */
  includes(clientId: string): boolean {
    return this.#cohort?.includes(clientId) ?? false;
  }

  /** When {@link tick} next has something to do. */
  get wakeAt(): number | undefined {
    if (this.#committing) return undefined;
    if (this.#cohort) return this.#settings.masked ? undefined : this.#cohort.deadline;
    return this.#enoughSince === undefined ? undefined : this.#enoughSince + this.#timeout;
  }

  /** A client holds a sealed update. Saying it twice is harmless; a member of the cohort is invited again. */
  ready(update: ReadyUpdate, now: number): Answer {
    if (this.#stopped) return answer(refuse("busy", "the coordinator is shutting down"));
    if (this.finished) return answer(refuse("task-finished", `all ${this.#settings.rounds} rounds are done`));
    const member = this.#cohort?.member(update.updateId);
    if (member && this.#cohort) {
      if (member.clientId !== update.clientId)
        return answer(refuse("duplicate", "this update is another client's"));
      this.#cohort.setPresence(update.clientId, true);
      const wanted = !this.#committing && !member.uploaded;
      return { reply: ACCEPTED, effects: wanted ? [this.#invite(this.#cohort, member, now)] : [] };
    }
    const refusal = this.#refusal(update);
    if (refusal) return answer(refusal);
    this.#pool.add(update);
    return { reply: ACCEPTED, effects: this.#advance(now) };
  }

  /** The client no longer offers this update. Inside a cohort it counts as gone. */
  withdraw(clientId: string, updateId: string, now: number): Outcome<boolean> {
    const member = this.#cohort?.member(updateId);
    if (member && !member.uploaded && member.clientId === clientId) {
      this.#cohort?.setPresence(clientId, false);
      return { reply: true, effects: this.#advance(now) };
    }
    const withdrawn = this.#pool.remove(clientId, updateId);
    return { reply: withdrawn, effects: this.#advance(now) };
  }

  /** The client's connection is gone. */
  leave(clientId: string, now: number): readonly Effect[] {
    this.#pool.remove(clientId);
    this.#cohort?.setPresence(clientId, false);
    return this.#advance(now);
  }

  /** One sealed update of the open cohort. Accepted means summed; whether it counts is known at the commit. */
  upload(update: ReadyUpdate & { cohortId: string; packed: Uint8Array }, now: number): Answer {
    if (this.#settings.masked) return answer(refuse("wrong-encoding", "this task's updates come masked"));
    const cohort = this.#cohort?.id === update.cohortId ? this.#cohort : undefined;
    if (!cohort) {
      return answer(
        this.#closed.has(update.cohortId)
          ? refuse("late", "the cohort has closed")
          : refuse("not-in-cohort", "no such cohort is open"),
      );
    }
    const member = cohort.member(update.updateId);
    if (member?.clientId !== update.clientId) {
      return answer(refuse("not-in-cohort", "the cohort was not formed with this update"));
    }
    if (member.modelVersion !== update.modelVersion) {
      const expected = `the update was announced for version ${member.modelVersion}`;
      return answer(refuse("wrong-model", expected, "modelVersion"));
    }
    if (member.uploaded) return answer(refuse("duplicate", "the update is already in the sum"));
    if (this.#committing || now > cohort.deadline) return answer(refuse("late", "the cohort has closed"));
    cohort.receive(update.updateId, update.packed);
    return { reply: ACCEPTED, effects: this.#advance(now) };
  }

  /** A masked cohort was summed, in one or in several groups: these clients' updates are in it. */
  summed(
    cohortId: string,
    survivors: readonly string[],
    sums: readonly VisibleSum[],
    now: number,
  ): readonly Effect[] {
    const cohort = this.#cohort;
    if (cohort?.id !== cohortId || this.#committing) return [];
    for (const clientId of survivors) cohort.count(clientId);
    if (cohort.uploaded < this.#settings.minimum) {
      return this.gaveUp(
        cohortId,
        `${cohort.uploaded} updates, at least ${this.#settings.minimum} are needed`,
        now,
      );
    }
    return this.#commit(cohort, sums);
  }

  /** A cohort was lost because of this client: for some versions it is in none. */
  setAside(clientId: string): void {
    this.#setAside.set(clientId, this.#modelVersion + VERSIONS_SET_ASIDE);
  }

  /** A masked cohort gave no sum. Its members say again that they are ready. */
  gaveUp(cohortId: string, reason: string, now: number): readonly Effect[] {
    if (this.#cohort?.id !== cohortId || this.#committing) return [];
    const abandoned = this.#abandon(reason, () => false);
    return [...abandoned, ...this.#advance(now)];
  }

  /** Time has passed. */
  tick(now: number): readonly Effect[] {
    return this.#advance(now);
  }

  /** The commit succeeded: its version is the current one. */
  committed(now: number): readonly Effect[] {
    for (const { clientId, updateId } of this.#cohort?.contributors() ?? []) {
      this.#participations.add(clientId, this.#modelVersion + 1);
      this.#summedUpdates.add(updateId);
    }
    this.#close();
    this.#modelVersion += 1;
    this.#pool.keep((update) => this.#refusal(update) === undefined);
    return this.#advance(now);
  }

  /**
   * The commit failed or another writer was first: the sum is dropped, and every member must say again that it is
   * ready, so that its update is checked against the store again.
   */
  failed(past: Past, reason: string, now: number): readonly Effect[] {
    this.#modelVersion = past.modelVersion;
    this.#participations = new Participations(this.#settings.limit, past.participations);
    const abandoned = this.#abandon(reason, () => false);
    this.#pool.keep((update) => this.#refusal(update) === undefined);
    return [...abandoned, ...this.#advance(now)];
  }

  /** Forms no more cohorts and abandons the one that is collecting; a commit under way is left to finish. */
  stop(): readonly Effect[] {
    this.#stopped = true;
    this.#pool.keep(() => false);
    return this.#committing ? [] : this.#abandon("the coordinator is shutting down", () => false);
  }

  get #timeout(): number {
    return 1000 * this.#settings.timeoutSeconds;
  }

  /** Why this update may not wait for a cohort. */
  #refusal({ clientId, updateId, modelVersion }: ReadyUpdate): Refusal | undefined {
    if (this.finished) return refuse("task-finished", `all ${this.#settings.rounds} rounds are done`);
    if (modelVersion > this.#modelVersion) {
      return refuse("future", `the newest version is ${this.#modelVersion}`, "modelVersion");
    }
    if (modelVersion < this.#modelVersion - this.#settings.maximumStaleness) {
      return refuse("stale", `the newest version is ${this.#modelVersion}`, "modelVersion");
    }
    if ((this.#pool.holder(updateId) ?? clientId) !== clientId) {
      return refuse("duplicate", "this update is another client's", "updateId");
    }
    if (this.#summedUpdates.has(updateId)) {
      return refuse("duplicate", "this update was a part of a sum already", "updateId");
    }
    if (this.#modelVersion < (this.#setAside.get(clientId) ?? 0)) {
      return refuse("busy", "a cohort was lost because of this client");
    }
    const pending = this.#cohort?.includesUploadOf(clientId) ? 1 : 0;
    return this.#participations.refusal(clientId, pending, this.#modelVersion + 1);
  }

  #advance(now: number): readonly Effect[] {
    if (this.#committing || this.#stopped) return [];
    const before = this.#cohort ? this.#closeIfDone(this.#cohort, now) : [];
    return this.#cohort ? before : [...before, ...this.#form(now)];
  }

  #closeIfDone(cohort: Cohort, now: number): readonly Effect[] {
    if (this.#settings.masked) return [];
    const awaited = now >= cohort.deadline ? 0 : cohort.awaited;
    if (cohort.uploaded + awaited < this.#settings.minimum) {
      // Those that did upload wait again at once; one that did not must say again that it is ready.
      const reason = `${cohort.uploaded} uploads, at least ${this.#settings.minimum} are needed`;
      return this.#abandon(reason, ({ uploaded, present }) => uploaded && present);
    }
    return awaited > 0 ? [] : this.#commit(cohort, cohort.sums);
  }

  #commit(cohort: Cohort, sums: readonly VisibleSum[]): readonly Effect[] {
    this.#committing = true;
    const { id: cohortId, size: selected } = cohort;
    const contributors = cohort.contributors();
    const participations = this.#participations.greatestWith(contributors.map(({ clientId }) => clientId));
    return [{ kind: "commit", cohortId, selected, contributors, participations, sums }];
  }

  #form(now: number): readonly Effect[] {
    const { cohortSize, minimum } = this.#settings;
    if (this.#pool.size < minimum || this.finished) {
      this.#enoughSince = undefined;
      return [];
    }
    this.#enoughSince ??= now;
    if (this.#pool.size < cohortSize && now < this.#enoughSince + this.#timeout) return [];
    this.#enoughSince = undefined;
    const updates = this.#pool.draw(cohortSize, this.#random);
    const cohort = new Cohort(
      randomHex(16),
      updates,
      now + this.#timeout,
      this.#summation,
      this.#settings.separate,
    );
    this.#cohort = cohort;
    const invitations = updates.map((update) => this.#invite(cohort, update, now));
    if (!this.#settings.masked) return invitations;
    const members = updates.map(({ clientId }) => clientId);
    return [...invitations, { kind: "aggregate", cohortId: cohort.id, members }];
  }

  #invite(cohort: Cohort, { clientId, updateId, modelVersion }: ReadyUpdate, now: number): Effect {
    const deadlineSeconds = Math.max((cohort.deadline - now) / 1000, 0.001);
    const { id: cohortId, size } = cohort;
    return { kind: "invite", clientId, cohortId, updateId, modelVersion, size, deadlineSeconds };
  }

  #abandon(reason: string, waitsAgain: (member: Readonly<Member>) => boolean): readonly Effect[] {
    const cohort = this.#cohort;
    if (!cohort) return [];
    if (this.#settings.masked) {
      // Their sum was opened and dropped: in another one they would give away a little of each other's noise.
      for (const { updateId } of cohort.contributors()) this.#summedUpdates.add(updateId);
    }
    this.#close();
    const members = cohort.members();
    for (const member of members.filter(waitsAgain)) {
      const { clientId, updateId, modelVersion } = member;
      // A client that has another update ready by now keeps that one.
      if (!this.#pool.has(clientId)) this.#pool.add({ clientId, updateId, modelVersion });
    }
    return [{ kind: "abandon", cohortId: cohort.id, members, uploaded: cohort.uploaded, reason }];
  }

  #close(): void {
    if (this.#cohort) this.#closed.add(this.#cohort.id);
    this.#cohort = undefined;
    this.#committing = false;
  }
}

function answer(refusal: Refusal): Answer {
  return { reply: refusal, effects: [] };
}
