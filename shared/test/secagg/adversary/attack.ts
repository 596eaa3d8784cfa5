import type { ClientExpectations } from "../../../src/secagg/client/client-context.js";
import type { Bytes } from "../../../src/secagg/crypto/bytes.js";
import {
  type CohortOutcome,
  type Leg,
  runInMemory,
  type Wire,
} from "../../../src/secagg/in-memory-cohort.js";
import { type Codec, decode } from "../../../src/secagg/messages/codec.js";
import {
  type Advertisement,
  type CohortTerms,
  type Roster,
  rosterCodec,
} from "../../../src/secagg/messages/messages.js";
import { type MessageKind, openEnvelope, pack } from "../../../src/secagg/messages/packet.js";
import type { SecaggReason } from "../../../src/secagg/refusal.js";
import { advertisedBytes } from "../../../src/secagg/transcript.js";
import { COHORT_ID, type ExampleCohort, exampleCohort } from "../support/example-cohort.js";
import { idealPrimitives } from "../support/ideal-primitives.js";

/** One rule, the lie that breaks it and nothing else, and the reason the honest side must give. */
export interface Row {
  readonly reason: SecaggReason;
  readonly lie: string;
  readonly attack: () => Promise<SecaggReason | undefined>;
}

/** What the liar of a row has before its eyes. */
export interface World {
  readonly cohort: ExampleCohort;
  readonly leg: Leg;
  /** Everything sent before this message, oldest first. */
  readonly history: readonly Leg[];
  readonly roster: Roster;
}

/** The clients' place in the roster: the one that is lied to or watched, the one that lies, and a third. */
export const VICTIM = 2;
export const LIAR = 1;
export const THIRD = 3;

/** Five clients of whom one may be corrupt and one may drop out: quorum and threshold are four. */
export const TERMS = {
  corrupt: 0.2,
  dropout: 0.2,
  adversary: "semi-malicious",
  minimumSurvivors: 3,
} as const;

export interface Setting {
  readonly terms?: Partial<CohortTerms>;
  readonly expectations?: Partial<ClientExpectations>;
}

export const fiveClients = ({ terms, expectations = {} }: Setting = {}): Promise<ExampleCohort> =>
  exampleCohort({ clients: 5, terms: { ...TERMS, ...terms }, expectations: () => expectations });

/** What becomes of a message: nothing, others, or itself where the liar has nothing to change. */
export type Lie = (world: World) => readonly Bytes[] | undefined | Promise<readonly Bytes[] | undefined>;

export async function runWith(
  lie: Lie,
  setting?: Setting,
): Promise<CohortOutcome & { cohort: ExampleCohort }> {
  const cohort = await fiveClients(setting);
  const history: Leg[] = [];
  let roster: Roster = { clients: [] };
  const wire: Wire = async (leg) => {
    if (leg.kind === "roster") roster = bodyOf(leg.message, rosterCodec);
    const sent = await lie({ cohort, leg, history, roster });
    history.push(leg);
    return sent ?? [leg.message];
  };
  return { ...(await runInMemory({ ...cohort, wire })), cohort };
}

/** A lie in every message of this kind that goes to, or comes from, this client. */
export const inMessage =
  <Body>(
    to: Leg["to"],
    client: number,
    kind: MessageKind,
    codec: Codec<Body>,
    change: (body: Body, world: World) => Body | Promise<Body>,
  ): Lie =>
  async (world) => {
    const { leg, cohort } = world;
    if (leg.to !== to || leg.client !== cohort.ids[client] || leg.kind !== kind) return undefined;
    return [pack(kind, COHORT_ID, codec, await change(bodyOf(leg.message, codec), world))];
  };

export function bodyOf<Body>(message: Bytes, codec: Codec<Body>): Body {
  const envelope = openEnvelope(message);
  const body = envelope.ok ? decode(codec, envelope.body) : undefined;
  if (body === undefined) throw new Error("a lie about a message that is none");
  return body;
}

/** An entry of the roster as its owner would sign it: what a corrupt client does for the coordinator. */
export async function signed(
  { cohort }: World,
  entry: Advertisement,
  terms: CohortTerms = cohort.terms,
  cohortId = COHORT_ID,
  signer = cohort.ids.findIndex((id) => id.startsWith(hexOf(entry.clientId).slice(0, 4))),
): Promise<Advertisement> {
  const seed = cohort.identitySeeds.get(cohort.ids[signer] ?? "") ?? new Uint8Array(32).fill(0xee);
  const primitives = idealPrimitives();
  const unsigned = { ...entry, identityKey: await primitives.signingKey(seed) };
  const signature = await primitives.sign(seed, advertisedBytes(cohortId, terms)(unsigned));
  return { ...unsigned, signature };
}

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** The value with one bit changed. */
export const flipped = (bytes: Bytes, at = 0): Bytes => bytes.with(at, (bytes.at(at) ?? 0) ^ 1);

/** The list with one of its values changed. */
export const changedAt = <Value>(
  values: readonly Value[],
  at: number,
  change: (value: Value) => Value,
): Value[] => values.map((value, index) => (index === at ? change(value) : value));
