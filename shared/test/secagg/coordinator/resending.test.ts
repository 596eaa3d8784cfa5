import { describe, expect, it } from "vitest";
import type { Bytes } from "../../../src/secagg/crypto/bytes.js";
import { type AnswerKind, runInMemory } from "../../../src/secagg/in-memory-cohort.js";
import { bytes } from "../../../src/secagg/messages/codec.js";
import { MESSAGE_KINDS, type MessageKind, pack } from "../../../src/secagg/messages/packet.js";
import { COHORT_ID, exampleCohort } from "../support/example-cohort.js";

const ANSWERS: readonly AnswerKind[] = [
  "advertisement",
  "shares",
  "masked-input",
  "consistency",
  "unmasking",
];

/** Runs a cohort in which one client's answers come as `wire` has them; the receipts of that client, by kind. */
async function receiptsOf(wire: (kind: MessageKind, message: Bytes) => readonly Bytes[]) {
  const cohort = await exampleCohort({ clients: 4 });
  const [watched = ""] = cohort.ids;
  const receipts: string[] = [];
  const receive = cohort.coordinator.receive.bind(cohort.coordinator);
  cohort.coordinator.receive = async (from, message) => {
    const receipt = await receive(from, message);
    if (from === watched) receipts.push(receipt.ok ? "counted" : receipt.reason);
    return receipt;
  };
  const { end } = await runInMemory({
    ...cohort,
    wire: ({ to, client, kind, message }) =>
      to === "coordinator" && client === watched ? wire(kind, message) : [message],
  });
  const exact = end.ok && end.result.sum.join() === cohort.sumOf(cohort.ids).join();
  return { receipts, exact };
}

const changed = (message: Bytes) => message.with(-1, (message.at(-1) ?? 0) ^ 1);

describe("a message that comes again after its receipt was lost", () => {
  it.each(ANSWERS)("counts once, and is receipted again: %s", async (resent) => {
    const { receipts, exact } = await receiptsOf((kind, message) =>
      kind === resent
        ? [message, message.slice(), Buffer.from(message)].map((copy) => new Uint8Array(copy))
        : [message],
    );
    expect(receipts).toEqual(Array.from({ length: 7 }, () => "counted"));
    expect(exact).toBe(true);
  });

  it.each(ANSWERS)("is a duplicate if a byte of it differs: %s", async (resent) => {
    const { receipts, exact } = await receiptsOf((kind, message) =>
      kind === resent ? [message, changed(message), message] : [message],
    );
    expect(receipts.filter((receipt) => receipt !== "counted")).toEqual(["duplicate"]);
    expect(exact).toBe(true);
  });

  it.each(ANSWERS.slice(0, -1))("is receipted after the phase closed as well: %s", async (resent) => {
    let kept: Bytes | undefined;
    const { receipts, exact } = await receiptsOf((kind, message) => {
      const again = kept && kind !== resent ? [kept, changed(kept)] : [];
      if (kind === resent) kept = message;
      return [message, ...again];
    });
    expect(new Set(receipts)).toEqual(new Set(["counted", "duplicate"]));
    expect(exact).toBe(true);
  });

  it("is receipted after the sum was opened, and not once the cohort is abandoned", async () => {
    const cohort = await exampleCohort({ clients: 3 });
    const [first = ""] = cohort.ids;
    let last: Bytes | undefined;
    await runInMemory({
      ...cohort,
      wire: ({ to, client, message }) => {
        if (to === "coordinator" && client === first) last = message;
        return [message];
      },
    });
    expect(cohort.coordinator.phase).toBe("finished");
    expect(await cohort.coordinator.receive(first, last)).toEqual({ ok: true });
    cohort.coordinator.abandon("abandoned", "the sum could not be stored");
    expect(await cohort.coordinator.receive(first, last)).toMatchObject({ reason: "late" });
  });

  it("may come after a broken one, which never counted", async () => {
    const { receipts, exact } = await receiptsOf((_, message) => [message.subarray(0, -1), message]);
    expect(receipts).toEqual(ANSWERS.flatMap(() => ["malformed", "counted"]));
    expect(exact).toBe(true);
  });
});

describe("a coordinator that is not asking", () => {
  it("is too early for every message before it invites, and too late after it has opened the sum", async () => {
    const cohort = await exampleCohort({ clients: 3 });
    const [first = ""] = cohort.ids;
    const unasked = MESSAGE_KINDS.map((kind) => pack(kind, COHORT_ID, bytes(0), new Uint8Array()));
    const receipts = () => Promise.all(unasked.map((message) => cohort.coordinator.receive(first, message)));
    for (const receipt of await receipts()) expect(receipt).toMatchObject({ ok: false, reason: "late" });
    expect((await runInMemory(cohort)).end.ok).toBe(true);
    for (const receipt of await receipts()) {
      expect(receipt).toMatchObject({ ok: false, reason: expect.stringMatching(/^(late|duplicate)$/) });
    }
  });
});
