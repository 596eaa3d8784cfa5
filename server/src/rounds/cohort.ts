import type { VisibleSum } from "../robust/norm-bound.js";
import type { ReadyUpdate } from "./ready-update.js";

/** How sealed updates are added up; the coordinator's is the task's sealing plan. */
export interface Summation {
  /** The sum of no updates. */
  empty(): Uint32Array;
  /** Adds a sealed update, packed as it came, to `sum` in place. */
  add(sum: Uint32Array, packed: Uint8Array): void;
}

export interface Member extends ReadyUpdate {
  uploaded: boolean;
  /** Connected, as far as is known. */
  present: boolean;
}

/**
 * The selected clients and the running sum of what they have uploaded. Single updates are not kept, but where `separate`
 * asks for them: then as many as there are members, 4 bytes a coordinate each, until the cohort closes.
 */
export class Cohort {
  readonly id: string;
  /** Milliseconds, on the clock of whoever drives the machine. */
  readonly deadline: number;
  readonly #separate: boolean;
  readonly #sums: VisibleSum[] = [];
  readonly #byUpdate: ReadonlyMap<string, Member>;
  readonly #byClient: ReadonlyMap<string, Member>;
  readonly #summation: Summation;
  #uploaded = 0;
  #awaited: number;

  /** @param updates of distinct clients. */
  constructor(
    id: string,
    updates: readonly ReadyUpdate[],
    deadline: number,
    summation: Summation,
    separate = false,
  ) {
    const members = updates.map((update) => ({ ...update, uploaded: false, present: true }));
    this.id = id;
    this.deadline = deadline;
    this.#separate = separate;
    this.#summation = summation;
    this.#byUpdate = new Map(members.map((member) => [member.updateId, member]));
    this.#byClient = new Map(members.map((member) => [member.clientId, member]));
    this.#awaited = members.length;
  }

  get size(): number {
    return this.#byUpdate.size;
  }

  /** Members whose updates are in the sum. */
  get uploaded(): number {
    return this.#uploaded;
  }

  /** Members that can still upload. */
  get awaited(): number {
    return this.#awaited;
  }

  /** What has been uploaded. */
  get sums(): readonly VisibleSum[] {
    return this.#sums;
  }

  member(updateId: string): Readonly<Member> | undefined {
    return this.#byUpdate.get(updateId);
  }

  includes(clientId: string): boolean {
    return this.#byClient.has(clientId);
  }

  includesUploadOf(clientId: string): boolean {
    return this.#byClient.get(clientId)?.uploaded ?? false;
  }

  members(): readonly Readonly<Member>[] {
    return [...this.#byUpdate.values()];
  }

  contributors(): readonly ReadyUpdate[] {
    return this.members()
      .filter((member) => member.uploaded)
      .map(({ clientId, updateId, modelVersion }) => ({ clientId, updateId, modelVersion }));
  }

  setPresence(clientId: string, present: boolean): void {
    const member = this.#byClient.get(clientId);
    if (!member || member.present === present) return;
    member.present = present;
    if (!member.uploaded) this.#awaited += present ? 1 : -1;
  }

  /** Adds a member's update to the sum, once. */
  receive(updateId: string, packed: Uint8Array): void {
    const member = this.#byUpdate.get(updateId);
    if (!member || member.uploaded) return;
    this.#add(packed);
    this.count(member.clientId);
  }

  /** Counts a member's update as a part of the sum, once. */
  count(clientId: string): void {
    const member = this.#byClient.get(clientId);
    if (!member || member.uploaded) return;
    this.setPresence(clientId, true);
    member.uploaded = true;
    this.#uploaded += 1;
    this.#awaited -= 1;
  }

  #add(packed: Uint8Array): void {
    const { sum, contributors } = (this.#separate ? undefined : this.#sums.pop()) ?? {
      sum: this.#summation.empty(),
      contributors: 0,
    };
    this.#summation.add(sum, packed);
    this.#sums.push({ sum, contributors: contributors + 1 });
  }
}
