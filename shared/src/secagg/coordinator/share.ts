import type { Bytes } from "../crypto/bytes.js";
import { type CohortPlan, planCohort } from "../graph/cohort-plan.js";
import { type CohortGraph, cohortGraph } from "../graph/graph.js";
import { SMALLEST_COHORT } from "../graph/graph-parameters.js";
import { type Roster, rosterCodec, type Shares, sharesCodec } from "../messages/messages.js";
import { type Envelope, pack, readBody } from "../messages/packet.js";
import { refuseSecagg } from "../refusal.js";
import { sessionHash } from "../transcript.js";
import type { Advertising } from "./advertise.js";
import { ACCEPTED, type CoordinatorContext, type Opening, type Receipt } from "./coordinator-context.js";

/** What is fixed once the roster is. */
export interface Cohort {
  readonly roster: Roster;
  /** Client ids by place, and places by client id. */
  readonly ids: readonly string[];
  readonly places: ReadonlyMap<string, number>;
  readonly session: Bytes;
  readonly plan: CohortPlan;
  readonly graph: CohortGraph;
}

/** R1: sealed shares come in. */
export interface Sharing {
  readonly phase: "sharing";
  readonly cohort: Cohort;
  readonly shares: Map<number, Shares>;
}

export function openSharing(context: CoordinatorContext, { advertisements }: Advertising): Opening<Sharing> {
  const { cohortId, terms } = context;
  const entries = [...advertisements].sort(([a], [b]) => (a < b ? -1 : 1));
  const clients = entries.length;
  if (clients < Math.max(SMALLEST_COHORT, terms.minimumSurvivors)) {
    return refuseSecagg("too-few-clients", `${clients} advertised keys`);
  }
  const planned = planCohort({ ...terms, clients });
  if (!planned.ok) return refuseSecagg("impossible-cohort", `${planned.field}: ${planned.message}`);
  const roster = { clients: entries.map(([, entry]) => entry) };
  const session = sessionHash(cohortId, terms, roster);
  const graph = cohortGraph(planned.plan, clients, session);
  const ids = entries.map(([id]) => id);
  const message = pack("roster", cohortId, rosterCodec, roster);
  return {
    ok: true,
    state: {
      phase: "sharing",
      cohort: {
        roster,
        ids,
        places: new Map(ids.map((id, place) => [id, place])),
        session,
        plan: planned.plan,
        graph,
      },
      shares: new Map(),
    },
    outbox: new Map(ids.map((id) => [id, message])),
  };
}

export function receiveShares(state: Sharing, place: number, envelope: Envelope): Receipt {
  const message = readBody(envelope, "shares", sharesCodec);
  if (!message.ok) return message;
  const neighbours = state.cohort.graph.neighbours(place);
  const { boxes } = message.body;
  const complete = boxes.length === neighbours.length;
  if (!complete || boxes.some(({ to }, index) => to !== neighbours[index])) {
    return refuseSecagg("wrong-recipients", "not one box for every neighbour, in order");
  }
  state.shares.set(place, message.body);
  return ACCEPTED;
}
