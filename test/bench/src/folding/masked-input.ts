import { anyIdentity, type Bytes, packedBytes, portablePrimitives } from "@tacit/shared";
import type { CoordinatorContext } from "../../../../shared/dist/secagg/coordinator/coordinator-context.js";
import { type Masking, receiveMaskedInput } from "../../../../shared/dist/secagg/coordinator/masked-input.js";
import { cohortGraph } from "../../../../shared/dist/secagg/graph/graph.js";
import { maskedInputCodec } from "../../../../shared/dist/secagg/messages/messages.js";
import { openEnvelope, pack } from "../../../../shared/dist/secagg/messages/packet.js";

const COHORT = "c0".repeat(16);
const CLIENTS = 100;
const PLAN = { graph: "complete", neighbours: 99, shares: 100, threshold: 51, quorum: 53 } as const;

/** A coordinator that waits for masked inputs, as `SecureCoordinator` keeps it; returns what takes one. */
export function maskedInputs(dimension: number, bits: number): (message: Bytes) => void {
  const session = new Uint8Array(32);
  const terms = {
    taskHash: new Uint8Array(32),
    modelVersion: 0,
    modelHash: new Uint8Array(32),
    size: CLIENTS,
    minimumSurvivors: CLIENTS,
    corrupt: 0.05,
    dropout: 0.05,
    adversary: "semi-honest",
    dimension,
    bits,
    clip: 1,
    noiseMultiplier: 1,
  } as const;
  const context: CoordinatorContext = {
    primitives: portablePrimitives(),
    cohortId: COHORT,
    terms,
    invited: new Set(),
    identities: anyIdentity,
  };
  const cohort = {
    roster: { clients: [] },
    ids: [],
    places: new Map<string, number>(),
    session,
    plan: PLAN,
    graph: cohortGraph(PLAN, CLIENTS, session),
  };
  const state: Masking = {
    phase: "masking",
    cohort,
    sharers: { of: CLIENTS, clients: [] },
    commitments: new Map(),
    arrived: new Set(),
    sum: new Uint32Array(dimension),
  };
  return (message) => {
    const envelope = openEnvelope(message);
    const receipt = envelope.ok ? receiveMaskedInput(context, state, 0, envelope) : envelope;
    if (!receipt.ok) throw new Error(receipt.message);
  };
}

export function maskedInputMessage(packed: Bytes, dimension: number, bits: number): Bytes {
  if (packed.length !== packedBytes(dimension, bits)) throw new Error("another dimension");
  return pack("masked-input", COHORT, maskedInputCodec(dimension, bits), { packed });
}
