import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planCohort } from "../../src/secagg/graph/cohort-plan.js";
import { type AnswerKind, runInMemory, silentFrom } from "../../src/secagg/in-memory-cohort.js";
import type { SecaggReason } from "../../src/secagg/refusal.js";
import { type ExampleCohort, type ExampleOptions, exampleCohort } from "./support/example-cohort.js";

const ANSWERS: readonly AnswerKind[] = [
  "advertisement",
  "shares",
  "masked-input",
  "consistency",
  "unmasking",
];
const PHASE = {
  advertisement: "advertising",
  shares: "sharing",
  "masked-input": "masking",
  consistency: "signing",
  unmasking: "unmasking",
} as const;
type Drops = ReadonlyMap<string, AnswerKind>;

/** Who still answers with this kind. */
const answering = ({ ids }: ExampleCohort, drops: Drops, kind: AnswerKind) =>
  ids.filter((id) => {
    const first = drops.get(id);
    return first === undefined || ANSWERS.indexOf(kind) < ANSWERS.indexOf(first);
  });

/** What the protocol promises for these drops on a complete graph, from the counts alone. */
function promised(cohort: ExampleCohort, drops: Drops): SecaggReason | readonly string[] {
  const count = (kind: AnswerKind) => answering(cohort, drops, kind).length;
  const { minimumSurvivors } = cohort.terms;
  const advertised = count("advertisement");
  if (advertised < Math.max(3, minimumSurvivors)) return "too-few-clients";
  const planned = planCohort({ ...cohort.terms, clients: advertised });
  if (!planned.ok) return "impossible-cohort";
  const { quorum, threshold } = planned.plan;
  const least = Math.max(minimumSurvivors, quorum);
  if (count("shares") < least || count("masked-input") < least) return "too-few-survivors";
  if (count("consistency") < quorum) return "too-few-signatures";
  return count("unmasking") < threshold ? "unrecoverable-secret" : answering(cohort, drops, "masked-input");
}

async function expectPromised(options: ExampleOptions, drops: Drops): Promise<SecaggReason | "opened"> {
  const cohort = await exampleCohort(options);
  const before = [...cohort.inputs.values()].map((input) => input.slice());
  const { end, refused } = await runInMemory({ ...cohort, wire: silentFrom(drops) });
  const promise = promised(cohort, drops);
  expect(refused).toEqual([]);
  // The very same bytes can go to the next cohort.
  expect([...cohort.inputs.values()]).toEqual(before);
  if (typeof promise === "string") {
    expect(end).toMatchObject({ ok: false, reason: promise });
    return promise;
  }
  if (!end.ok) throw new Error(`${end.reason}: ${end.message}`);
  expect(end.result.sum).toEqual(cohort.sumOf(promise));
  expect(end.result.survivors).toEqual(promise);
  const dropped = new Map(end.result.dropped.map(({ clientId, phase }) => [clientId, phase]));
  expect(dropped).toEqual(new Map([...drops].map(([id, kind]) => [id, PHASE[kind]])));
  return "opened";
}

const dropLast = ({ ids }: ExampleCohort, count: number, kind: AnswerKind): Drops =>
  new Map(ids.slice(ids.length - count).map((id) => [id, kind]));

describe("clients that fall silent", () => {
  describe.each(ANSWERS)("before their %s", (kind) => {
    it.each([0, 1, 3, 4])("%i of 10: the survivors' exact sum", async (count) => {
      const options = { clients: 10 };
      const drops = dropLast(await exampleCohort(options), count, kind);
      expect(await expectPromised(options, drops)).toBe("opened");
    });
  });

  it.each([
    // Half the roster is still a cohort: nobody depends on those who never came.
    ["advertisement", "opened"],
    ["shares", "too-few-survivors"],
    ["masked-input", "too-few-survivors"],
    ["consistency", "too-few-signatures"],
    ["unmasking", "unrecoverable-secret"],
  ] as const)("5 of 10 before their %s: %s", async (kind, expected) => {
    const options = { clients: 10 };
    const drops = dropLast(await exampleCohort(options), 5, kind);
    expect(await expectPromised(options, drops)).toBe(expected);
  });

  it("at any point, in any mixture: the exact sum, or the reason the thresholds give", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(fc.constantFrom(...ANSWERS), { nil: undefined, freq: 3 }), {
          minLength: 3,
          maxLength: 12,
        }),
        fc.constantFrom("semi-honest" as const, "semi-malicious" as const),
        fc.integer({ min: 1, max: 6 }),
        async (script, adversary, minimumSurvivors) => {
          const options = { clients: script.length, terms: { adversary, minimumSurvivors } };
          const { ids } = await exampleCohort(options);
          const drops = new Map(
            ids.flatMap((id, client) => {
              const kind = script[client];
              return kind ? [[id, kind] as const] : [];
            }),
          );
          await expectPromised(options, drops);
        },
      ),
      { numRuns: 150 },
    ));

  it.each(["masked-input", "unmasking"] as const)(
    "three in ten of a Harary graph before their %s: the survivors' exact sum",
    async (kind) => {
      const options = { clients: 151, terms: { dropout: 0.31, corrupt: 0.05, dimension: 2 } };
      const cohort = await exampleCohort(options);
      const drops = new Map(cohort.ids.filter((_, client) => client % 10 < 3).map((id) => [id, kind]));
      const { end } = await runInMemory({ ...cohort, wire: silentFrom(drops) });
      if (!end.ok) throw new Error(`${end.reason}: ${end.message}`);
      const survivors = answering(cohort, drops, "masked-input");
      expect(end.result.survivors).toEqual(survivors);
      expect(end.result.sum).toEqual(cohort.sumOf(survivors));
    },
  );

  it("leave the others' sealed inputs fit for the next cohort", async () => {
    const first = await exampleCohort({ clients: 6 });
    const { end } = await runInMemory({
      ...first,
      wire: silentFrom(dropLast(first, 4, "masked-input")),
    });
    expect(end.ok).toBe(false);
    const inputs = [...first.inputs.values()];
    const input = (client: number) => inputs[client] ?? new Uint32Array();
    const next = await exampleCohort({ clients: 6, cohortId: "c1".repeat(16), seed: 2, input });
    const again = await runInMemory(next);
    expect(again.end).toMatchObject({ ok: true, result: { sum: first.sumOf(first.ids) } });
  });

  it("and say why they leave are reported with their reason", async () => {
    const cohort = await exampleCohort({ clients: 5 });
    const [leaver = ""] = cohort.ids;
    const { end } = await runInMemory({
      ...cohort,
      wire: ({ to, client, kind, message }) =>
        to === "client" && client === leaver && kind === "survivors" ? [message, message] : [message],
    });
    if (!end.ok) throw new Error(end.message);
    expect(end.result.sum).toEqual(cohort.sumOf(cohort.ids));
    expect(end.result.dropped).toEqual([
      { clientId: leaver, phase: "signing", reason: "second-survivor-list" },
    ]);
  });
});
