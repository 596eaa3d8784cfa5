import { bytesToHex } from "@noble/hashes/utils.js";
import { type Bytes, equalBytes, isZero } from "../crypto/bytes.js";
import { type CohortPlan, planCohort } from "../graph/cohort-plan.js";
import { encode } from "../messages/codec.js";
import { type Advertisement, advertisementCodec, type Roster } from "../messages/messages.js";
import { refuseSecagg, type SecaggRefusal } from "../refusal.js";
import { advertisedBytes } from "../transcript.js";
import type { Advertised } from "./advertise.js";
import type { ClientContext } from "./client-context.js";

/** The graph's parameters for the clients who really came, and this client's place among them. */
export interface CheckedRoster {
  readonly ok: true;
  readonly plan: CohortPlan;
  readonly place: number;
}

/** Everything a coordinator could put into a roster to single somebody out. */
export async function checkRoster(
  context: ClientContext,
  state: Advertised,
  { clients }: Roster,
  session: Bytes,
): Promise<CheckedRoster | SecaggRefusal> {
  const { terms } = state;
  const { expectations } = context;
  if (clients.length < Math.max(expectations.minimumCohort, terms.minimumSurvivors)) {
    return refuseSecagg("cohort-too-small", `${clients.length} clients on the roster`);
  }
  if (clients.length > terms.size) {
    return refuseSecagg("cohort-too-large", `${clients.length} clients, ${terms.size} were invited`);
  }
  const planned = planCohort({ ...terms, clients: clients.length });
  if (!planned.ok) return refuseSecagg("impossible-cohort", `${planned.field}: ${planned.message}`);
  if (planned.plan.threshold < expectations.minimumThreshold) {
    return refuseSecagg("threshold-too-low", `t = ${planned.plan.threshold}`);
  }
  const place = clients.findIndex(({ clientId }) => bytesToHex(clientId) === context.clientId);
  const listed = clients[place];
  if (!listed || !equalBytes(encode(advertisementCodec, listed), encode(advertisementCodec, state.own))) {
    return refuseSecagg("not-on-roster", "this client's own keys are not on the roster");
  }
  const known = context.primitives.knownRosters;
  const found = known?.get(bytesToHex(session)) ?? checkEverybody(context, state, clients);
  known?.set(bytesToHex(session), found);
  return (await found) ?? { ok: true, plan: planned.plan, place };
}

/** What does not depend on who looks. */
async function checkEverybody(
  context: ClientContext,
  state: Advertised,
  clients: readonly Advertisement[],
): Promise<SecaggRefusal | undefined> {
  return checkUnique(clients) ?? (await checkEntries(context, state, clients));
}

/** Ids in order and once, keys of every kind once in the whole roster and none zero. */
function checkUnique(clients: readonly Advertisement[]): SecaggRefusal | undefined {
  const seen = new Set<string>();
  let before = "";
  for (const { clientId, ...entry } of clients) {
    const id = bytesToHex(clientId);
    if (id === before) return refuseSecagg("repeated-client", `${id} twice`, id);
    if (id < before) return refuseSecagg("unsorted-roster", `${id} after ${before}`, id);
    before = id;
    for (const key of [entry.identityKey, entry.encryptionKey, entry.maskingKey]) {
      if (isZero(key)) return refuseSecagg("zero-key", `${id} has a key of zeros`, id);
      const name = bytesToHex(key);
      if (seen.has(name)) return refuseSecagg("repeated-key", `${id} has a key seen before`, id);
      seen.add(name);
    }
  }
  return undefined;
}

/** Every entry is signed over these very terms by an identity this client accepts. */
async function checkEntries(
  { identities, primitives }: ClientContext,
  { cohortId, terms }: Advertised,
  clients: readonly Advertisement[],
): Promise<SecaggRefusal | undefined> {
  const signedBytes = advertisedBytes(cohortId, terms);
  const problems = await Promise.all(
    clients.map(async (entry) => {
      const id = bytesToHex(entry.clientId);
      if (!(await identities.accepts(id, entry.identityKey))) {
        return refuseSecagg("unknown-identity", `${id}: not the identity key this client knows`, id);
      }
      const signed = signedBytes(entry);
      return (await primitives.verify(entry.identityKey, signed, entry.signature))
        ? undefined
        : refuseSecagg("bad-signature", `${id}: keys not signed for this cohort, task and model`, id);
    }),
  );
  return problems.find((problem) => problem !== undefined);
}
