import type { CohortPlan } from "../../../../shared/dist/secagg/graph/cohort-plan.js";
import { planCohort } from "../../../../shared/dist/secagg/graph/cohort-plan.js";
import { type CohortGraph, cohortGraph } from "../../../../shared/dist/secagg/graph/graph.js";
import {
  type CohortTerms,
  type Roster,
  rosterCodec,
} from "../../../../shared/dist/secagg/messages/messages.js";
import { openEnvelope, readBody } from "../../../../shared/dist/secagg/messages/packet.js";
import { sessionHash } from "../../../../shared/dist/secagg/transcript.js";

/** What every simulated client would work out from the roster, worked out once. */
export interface CohortView {
  readonly cohortId: string;
  readonly terms: CohortTerms;
  readonly roster: Roster;
  readonly session: Uint8Array<ArrayBuffer>;
  readonly plan: CohortPlan;
  readonly graph: CohortGraph;
}

export function readRoster(cohortId: string, terms: CohortTerms, message: Uint8Array): CohortView {
  const envelope = openEnvelope(message);
  if (!envelope.ok) throw new Error(envelope.message);
  const read = readBody(envelope, "roster", rosterCodec);
  if (!read.ok) throw new Error(read.message);
  const roster = read.body;
  const planned = planCohort({ ...terms, clients: roster.clients.length });
  if (!planned.ok) throw new Error(planned.message);
  const session = sessionHash(cohortId, terms, roster);
  const graph = cohortGraph(planned.plan, roster.clients.length, session);
  return { cohortId, terms, roster, session, plan: planned.plan, graph };
}
