import {
  type Bytes,
  type CohortResult,
  type CoordinatorContext,
  cohortTerms,
  planAt,
  type Receipt,
  randomHex,
  refuseSecagg,
  type SecaggRefusal,
  SecureCoordinator,
  splitVersion,
} from "@tacit/shared";
import type { Logger } from "pino";
import type { VisibleSum } from "../robust/norm-bound.js";
import type { ModelVersion } from "../store/store.js";
import type { Aggregation } from "./next-version.js";
import { SecureRound } from "./secure-round.js";
import { splitCohort } from "./split-cohort.js";

interface SecureAggregationOptions
  extends Required<Pick<CoordinatorContext, "primitives" | "identities" | "addMasks">> {
  readonly aggregation: Aggregation;
  readonly send: (clientId: string, message: Bytes) => void;
  /** This client cost a cohort, or cost several clients their place in one. */
  readonly onCulprit: (clientId: string) => void;
  readonly logger: Logger;
}

/** What became of everybody in a cohort; nothing about any single update is known. */
export interface AggregationReport extends Omit<CohortResult, "sum" | "survivors"> {
  /** Why groups of it gave no sum. */
  readonly lostGroups: readonly Pick<SecaggRefusal, "reason" | "message">[];
}

export type AggregationEnd =
  | {
      readonly ok: true;
      /** One a group that gave one; at least one. */
      readonly sums: readonly VisibleSum[];
      readonly survivors: readonly string[];
      readonly report: AggregationReport;
    }
  | SecaggRefusal;

type GroupEnd = ({ readonly ok: true } & CohortResult) | SecaggRefusal;

const GROUP_ID_BYTES = 16;

/**
 * One cohort at a time is aggregated securely, on the terms of the task and the newest version. A task with groups splits
 * it at random: each group is a cohort of its own to the protocol and to its clients, and all end before the round does.
 */
export class SecureAggregation {
  readonly #options: SecureAggregationOptions;
  #rounds: ReadonlyMap<string, SecureRound> = new Map();

  constructor(options: SecureAggregationOptions) {
    this.#options = options;
  }

  begin(
    cohortId: string,
    members: readonly string[],
    head: ModelVersion,
    onEnd: (end: AggregationEnd) => void,
  ): void {
    const groups = splitCohort(members, this.#options.aggregation.task.cohort.groups);
    const ends: GroupEnd[] = [];
    const opened = groups.map((group) => {
      const sessionId = groups.length === 1 ? cohortId : randomHex(GROUP_ID_BYTES);
      return this.#open(sessionId, group, head, (end) => {
        ends.push(end);
        if (ends.length === groups.length) onEnd(together(ends));
      });
    });
    this.#rounds = new Map(
      groups.flatMap((group, index) => {
        const round = opened[index];
        return round ? group.map((client) => [client, round] as const) : [];
      }),
    );
    for (const round of opened) round.start();
  }

  #open(
    cohortId: string,
    members: readonly string[],
    head: ModelVersion,
    onEnd: (end: GroupEnd) => void,
  ): SecureRound {
    const { aggregation, primitives, identities, addMasks, send, onCulprit, logger } = this.#options;
    const { task, taskHash, plan } = aggregation;
    const { clip } = splitVersion(task.privacy, head.parameters) ?? plan;
    const chain = { modelVersion: head.modelVersion, modelHash: head.hash };
    const terms = cohortTerms(task, taskHash, planAt(plan, clip), chain, members.length);
    const invited = new Set(members);
    const coordinator = new SecureCoordinator({ primitives, cohortId, terms, invited, identities, addMasks });
    return new SecureRound({
      coordinator,
      phaseSeconds: task.cohort.timeoutSeconds,
      send,
      onEnd: (end) => {
        for (const client of coordinator.accused) onCulprit(client);
        if (!end.ok && end.client !== undefined) onCulprit(end.client);
        onEnd(end);
      },
      onError: (error) => {
        logger.error({ cohortId, error }, "secure aggregation failed");
        onEnd(refuseSecagg("abandoned", "the coordinator could not aggregate"));
      },
    });
  }

  async receive(clientId: string, message: unknown): Promise<Receipt> {
    const round = this.#rounds.get(clientId);
    return (
      round?.receive(clientId, message) ?? refuseSecagg("not-in-cohort", "no cohort is open for this client")
    );
  }

  returned(clientId: string): void {
    this.#rounds.get(clientId)?.returned(clientId);
  }

  left(clientId: string, forGood = false): void {
    this.#rounds.get(clientId)?.left(clientId, forGood);
  }

  stop(reason: string): void {
    for (const round of new Set(this.#rounds.values())) round.stop(reason);
  }
}

/** What all groups come to; refused where none gave a sum. */
function together(ends: readonly GroupEnd[]): AggregationEnd {
  const summed = ends.filter((end) => end.ok);
  const lost = ends.filter((end) => !end.ok);
  const [refusal] = lost;
  if (refusal && summed.length === 0) return refusal;
  return {
    ok: true,
    sums: summed.map(({ sum, survivors }) => ({ sum, contributors: survivors.length })),
    survivors: summed.flatMap(({ survivors }) => survivors),
    report: {
      dropped: summed.flatMap(({ dropped }) => dropped),
      checkedSecrets: summed.reduce((total, { checkedSecrets }) => total + checkedSecrets, 0),
      badShares: summed.flatMap(({ badShares }) => badShares),
      lostGroups: lost.map(({ reason, message }) => ({ reason, message })),
    },
  };
}
