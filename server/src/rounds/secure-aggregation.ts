import {
  type Bytes,
  type CohortResult,
  type CoordinatorContext,
  cohortTerms,
  planAt,
  type Receipt,
  refuseSecagg,
  type SecaggRefusal,
  SecureCoordinator,
  splitVersion,
} from "@tacit/shared";
import type { Logger } from "pino";
import type { ModelVersion } from "../store/store.js";
import type { Aggregation } from "./aggregate.js";
import { SecureRound } from "./secure-round.js";

interface SecureAggregationOptions
  extends Required<Pick<CoordinatorContext, "primitives" | "identities" | "addMasks">> {
  readonly aggregation: Aggregation;
  readonly send: (clientId: string, message: Bytes) => void;
  readonly logger: Logger;
}

/** What became of everybody in a cohort; nothing about any single update is known. */
export type AggregationReport = Omit<CohortResult, "sum" | "survivors">;

export type AggregationEnd =
  | {
      readonly ok: true;
      readonly sum: Uint32Array;
      readonly survivors: readonly string[];
      readonly report: AggregationReport;
    }
  | SecaggRefusal;

/** One cohort at a time is aggregated securely, on the terms of the task and the newest version. */
export class SecureAggregation {
  readonly #options: SecureAggregationOptions;
  #round: SecureRound | undefined;

  constructor(options: SecureAggregationOptions) {
    this.#options = options;
  }

  begin(
    cohortId: string,
    members: readonly string[],
    head: ModelVersion,
    onEnd: (end: AggregationEnd) => void,
  ): void {
    const { aggregation, primitives, identities, addMasks, send, logger } = this.#options;
    const { task, taskHash, plan } = aggregation;
    const { clip } = splitVersion(task.privacy, head.parameters) ?? plan;
    const chain = { modelVersion: head.modelVersion, modelHash: head.hash };
    const terms = cohortTerms(task, taskHash, planAt(plan, clip), chain, members.length);
    const invited = new Set(members);
    const coordinator = new SecureCoordinator({ primitives, cohortId, terms, invited, identities, addMasks });
    this.#round = new SecureRound({
      coordinator,
      phaseSeconds: task.cohort.timeoutSeconds,
      send,
      onEnd: (end) => {
        if (!end.ok) return onEnd(end);
        const { ok, sum, survivors, ...report } = end;
        onEnd({ ok, sum, survivors, report });
      },
      onError: (error) => {
        logger.error({ cohortId, error }, "secure aggregation failed");
        onEnd(refuseSecagg("abandoned", "the coordinator could not aggregate"));
      },
    });
    this.#round.start();
  }

  async receive(clientId: string, message: unknown): Promise<Receipt> {
    return this.#round?.receive(clientId, message) ?? refuseSecagg("not-in-cohort", "no cohort is open");
  }

  returned(clientId: string): void {
    this.#round?.returned(clientId);
  }

  left(clientId: string, forGood = false): void {
    this.#round?.left(clientId, forGood);
  }

  stop(reason: string): void {
    this.#round?.stop(reason);
  }
}
