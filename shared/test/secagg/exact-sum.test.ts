import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { platformPrimitives } from "../../src/index.js";
import { portablePrimitives } from "../../src/secagg/crypto/portable-primitives.js";
import type { Primitives } from "../../src/secagg/crypto/primitives.js";
import { shamir } from "../../src/secagg/crypto/shamir.js";
import { planCohort } from "../../src/secagg/graph/cohort-plan.js";
import { runInMemory } from "../../src/secagg/in-memory-cohort.js";
import { type ExampleOptions, exampleCohort } from "./support/example-cohort.js";

async function expectExactSum(options: ExampleOptions): Promise<void> {
  const cohort = await exampleCohort(options);
  const { end, left, refused } = await runInMemory(cohort);
  expect([...left]).toEqual([]);
  expect(refused).toEqual([]);
  if (!end.ok) throw new Error(`${end.reason}: ${end.message}`);
  expect(end.result).toEqual({
    sum: cohort.sumOf(cohort.ids),
    survivors: cohort.ids,
    dropped: [],
    checkedSecrets: options.clients,
    badShares: [],
  });
  expect([...cohort.clients.values()].map((client) => client.phase)).toEqual(
    cohort.ids.map(() => "finished"),
  );
}

const kindOf = (options: ExampleOptions) => {
  const planned = planCohort({
    clients: options.clients,
    corrupt: 0,
    dropout: 0.1,
    adversary: "semi-honest",
    ...options.terms,
  });
  return planned.ok ? planned.plan.graph : planned.message;
};

describe("the opened sum is the exact sum of the inputs modulo 2^bits", () => {
  it("on small complete graphs, for every modulus and dimension", () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 3, max: 12 }),
        fc.integer({ min: 8, max: 32 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom("semi-honest" as const, "semi-malicious" as const),
        fc.nat(1000),
        (clients, bits, dimension, adversary, seed) =>
          expectExactSum({ clients, seed, terms: { bits, dimension, adversary } }),
      ),
      { numRuns: 60 },
    ));

  it.each([8, 16, 17, 32])("where every input is as large as %i bits allow", (bits) =>
    expectExactSum({
      clients: 5,
      terms: { bits, dimension: 3 },
      input: () => new Uint32Array(3).fill(2 ** bits - 1),
    }),
  );

  it("over more values than are expanded at a time", () =>
    expectExactSum({ clients: 3, terms: { bits: 11, dimension: 140_001 } }));

  it("on the largest complete graph", async () => {
    const options = { clients: 150, terms: { dimension: 1 } };
    expect(kindOf(options)).toBe("complete");
    await expectExactSum(options);
  });

  it("on a Harary graph of 200 clients", async () => {
    const terms = {
      dimension: 2,
      bits: 20,
      corrupt: 0.05,
      dropout: 0.05,
      adversary: "semi-malicious",
    } as const;
    expect(kindOf({ clients: 200, terms })).toBe("harary");
    await expectExactSum({ clients: 200, terms });
  });

  it("with TweetNaCl and with Web Crypto, and with both in one cohort", async () => {
    const portable = portablePrimitives(shamir);
    const platform = await platformPrimitives(shamir);
    const choices: ((party: number) => Primitives)[] = [
      () => portable,
      () => platform,
      (party) => (party % 2 === 0 ? portable : platform),
    ];
    for (const primitives of choices) await expectExactSum({ clients: 4, primitives });
  });
});
