import {
  type Bytes,
  clientIdOf,
  cohortTerms,
  taskHash as hashTask,
  networkShape,
  parameterCount,
  planSealing,
  platformPrimitives,
  randomSecret,
  type SecaggReason,
  SecureClient,
  SecureCoordinator,
  selfCertified,
  signerFromSeed,
  type TaskSpec,
} from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../../src/ledger/limits.js";
import { expectationsOf } from "../../src/participation/expectations.js";
import { SecureSession } from "../../src/participation/secure-session.js";
import { exampleTask } from "../support/example-task.js";

const primitives = await platformPrimitives();
const head = { modelVersion: 0, modelHash: "ab".repeat(32), finished: false };
const COHORT = "c0".repeat(16);
type Adversary = TaskSpec["cohort"]["adversary"];

async function contextOf(task: TaskSpec, value: number) {
  const dimension = parameterCount(networkShape(task));
  const planned = planSealing(task, dimension);
  if (!planned.ok) throw new Error(planned.message);
  const { plan } = planned;
  const signer = await signerFromSeed(primitives, randomSecret(primitives));
  const taskHash = hashTask(task);
  const local = { task, taskHash, dimension, plan };
  return {
    plan,
    taskHash,
    context: {
      primitives,
      signer,
      identities: selfCertified,
      clientId: clientIdOf(signer.publicKey),
      expectations: expectationsOf(local, DEFAULT_LIMITS, head, plan.clip),
      input: new Uint32Array(plan.dimension).fill(value),
    },
  };
}

/** A session under test, two clients beside it, and their coordinator. Everything that happens is written down. */
async function cohort({ adversary = "semi-honest" as Adversary, mayCharge = true, refuse = "" } = {}) {
  const task = exampleTask({
    privacy: { noiseMultiplier: 5 },
    cohort: { size: 3, minimum: 3, adversary, timeoutSeconds: 1 },
  });
  const { plan, taskHash, context } = await contextOf(task, 1);
  const others = await Promise.all([2, 3].map(async (value) => (await contextOf(task, value)).context));
  const invited = new Set([context, ...others].map(({ clientId }) => clientId));
  const coordinator = new SecureCoordinator({
    primitives,
    cohortId: COHORT,
    terms: cohortTerms(task, taskHash, plan, head, 3),
    invited,
    identities: selfCertified,
  });
  const clients = new Map(others.map((other) => [other.clientId, new SecureClient(other)]));
  const log: string[] = [];
  const sent: Uint8Array[] = [];
  const left: { reason: SecaggReason; message: string }[] = [];
  let answers = 0;
  const session = new SecureSession({
    ...context,
    send: async (message) => {
      sent.push(message);
      log.push(`sent ${++answers}`);
      if (refuse === String(answers)) return { ok: false, reason: "late", message: "too late" };
      return coordinator.receive(context.clientId, message);
    },
    charge: async () => {
      log.push("charged");
      return mayCharge;
    },
    onSigned: () => log.push("signed"),
    onSpent: async () => {
      log.push("spent");
    },
    onLeft: (reason, message) => left.push({ reason, message }),
  });
  const last: { message?: Bytes } = {};
  /** The coordinator's next messages to everybody. */
  const phase = async () => {
    const output = await coordinator.advance();
    for (const [id, message] of output.outbox) {
      const client = clients.get(id);
      if (client) {
        const answer = await client.receive(message);
        if (answer.reply) await coordinator.receive(id, answer.reply);
      } else {
        last.message = message;
        await session.receive(message);
      }
    }
    return output;
  };
  return { session, phase, log, sent, left, last };
}

describe("one client's part in one cohort", () => {
  it("charges before the masked update leaves, and is spent before what opens the sum does", async () => {
    const { phase, log } = await cohort();
    for (let i = 0; i < 5; i++) await phase();
    const end = await phase();
    expect(end.ok && end.result?.survivors).toHaveLength(3);
    expect(end.ok && end.result?.sum.every((value) => value === 6)).toBe(true);
    expect(log).toEqual(["sent 1", "sent 2", "charged", "sent 3", "signed", "sent 4", "spent", "sent 5"]);
  });

  it("is spent as soon as it is masked where the coordinator may lie to single clients", async () => {
    const { phase, log } = await cohort({ adversary: "semi-malicious" });
    for (let i = 0; i < 5; i++) await phase();
    expect(log).toEqual(["sent 1", "sent 2", "charged", "spent", "sent 3", "signed", "sent 4", "sent 5"]);
  });

  it("sends nothing masked that its ledger does not pay for", async () => {
    const { phase, log, left } = await cohort({ mayCharge: false });
    for (let i = 0; i < 4; i++) await phase();
    expect(log).toEqual(["sent 1", "sent 2", "charged"]);
    expect(left).toEqual([]);
  });

  it("answers a message that comes again with the very same bytes, and charges no second time", async () => {
    const { session, phase, log, sent, last } = await cohort();
    for (let i = 0; i < 3; i++) await phase();
    if (last.message) await session.receive(last.message.slice());
    expect(log.filter((line) => line === "charged")).toHaveLength(1);
    expect(sent).toHaveLength(4);
    expect(sent[3]).toBe(sent[2]);
  });

  it("leaves with the name of the rule that was broken, and tells the coordinator", async () => {
    const { session, phase, left, sent, last } = await cohort();
    for (let i = 0; i < 2; i++) await phase();
    const broken = last.message?.slice() ?? new Uint8Array();
    broken[broken.length - 1] = (broken.at(-1) ?? 0) ^ 1;
    await session.receive(broken);
    expect(left).toEqual([{ reason: expect.any(String), message: expect.any(String) }]);
    expect(sent).toHaveLength(3);
    await session.receive(last.message ?? broken);
    expect(sent).toHaveLength(3);
  });

  it("leaves quietly a cohort that went on without it", async () => {
    const { phase, left } = await cohort({ refuse: "2" });
    for (let i = 0; i < 2; i++) await phase();
    expect(left).toEqual([{ reason: "late", message: "too late" }]);
  });

  it("hears nothing more once it is over", async () => {
    const { session, phase, log } = await cohort();
    session.end();
    await phase();
    expect(log).toEqual([]);
  });
});
