import { describe, expect, it } from "vitest";
import { runInMemory, silentFrom } from "../../../src/secagg/in-memory-cohort.js";
import { exampleCohort } from "../support/example-cohort.js";
import { type Use, type WatchedPrimitives, watchedPrimitives } from "../support/watched-primitives.js";

const CLIENTS = 6;
const COORDINATOR = CLIENTS;
/** What the coordinator tries keys with; no secret. */
const PROBE = "40".repeat(32);

/** Three cohorts of the same clients, with the same inputs; in each another client drops out at another point. */
async function threeCohorts(): Promise<readonly WatchedPrimitives[]> {
  const parties = Array.from({ length: CLIENTS + 1 }, () => watchedPrimitives());
  const input = (client: number) => Uint32Array.of(client, 1, 2, 3);
  for (const [round, kind] of (["masked-input", "unmasking", "shares"] as const).entries()) {
    const cohort = await exampleCohort({
      clients: CLIENTS,
      cohortId: `c${round}`.repeat(16),
      primitives: (party) => parties.at(party)?.primitives ?? watchedPrimitives().primitives,
      input,
    });
    const dropped = cohort.ids[round] ?? "";
    const { end } = await runInMemory({ ...cohort, wire: silentFrom(new Map([[dropped, kind]])) });
    expect(end.ok).toBe(true);
  }
  return parties;
}

const repeated = (names: readonly string[]) => names.filter((name, at) => names.indexOf(name) < at);
const secretsFor = (uses: readonly Use[], ...purposes: readonly Use["purpose"][]) =>
  uses.filter(({ purpose }) => purposes.includes(purpose)).map(({ secret }) => secret);

describe("over several cohorts of the same clients", () => {
  it("no party uses one secret for one purpose twice", async () => {
    const parties = await threeCohorts();
    for (const [party, { uses }] of parties.entries()) {
      const names = uses
        .filter(({ secret }) => party !== COORDINATOR || secret !== PROBE)
        .map(({ purpose, secret }) => `${purpose} ${secret}`);
      expect(names.length).toBeGreaterThan(party === COORDINATOR ? 15 : 40);
      expect(repeated(names)).toEqual([]);
    }
  });

  it("one key seals one box, and only its receiver opens that box", async () => {
    const clients = (await threeCohorts()).slice(0, CLIENTS).flatMap(({ uses }) => uses);
    const sealed = secretsFor(clients, "seal");
    const opened = secretsFor(clients, "open");
    expect(repeated(sealed)).toEqual([]);
    expect(repeated(opened)).toEqual([]);
    expect(opened.length).toBeGreaterThan(0);
    expect(opened.filter((key) => !sealed.includes(key))).toEqual([]);
  });

  it("no key is for more than one purpose, but for the masking key that is also shared", async () => {
    const uses = (await threeCohorts()).flatMap((party) => party.uses);
    const streams = new Set(secretsFor(uses, "keystream"));
    const boxes = new Set(secretsFor(uses, "seal", "open"));
    const agreeing = new Set(secretsFor(uses, "agree"));
    const seeds = new Set(secretsFor(uses, "split").filter((secret) => !agreeing.has(secret)));
    const all = [...streams, ...boxes, ...agreeing, ...seeds];
    expect(repeated(all)).toEqual([]);
    // A seed for each client and cohort in which it shared: eighteen.
    expect(seeds.size).toBe(3 * CLIENTS);
  });

  it("a mask is expanded by its two clients, and by the coordinator where one of them dropped out", async () => {
    const parties = await threeCohorts();
    const byClients = secretsFor(
      parties.slice(0, CLIENTS).flatMap(({ uses }) => uses),
      "keystream",
    );
    const times = new Map<string, number>();
    for (const stream of byClients) times.set(stream, (times.get(stream) ?? 0) + 1);
    expect(Math.max(...times.values())).toBe(2);
    const expanded = secretsFor(parties[COORDINATOR]?.uses ?? [], "keystream").map((key) => times.get(key));
    // Self masks of five, six and five; and five pairwise masks of the one who shared and then fell silent.
    expect(expanded.filter((clients) => clients === 1)).toHaveLength(5 + 6 + 5);
    expect(expanded.filter((clients) => clients === 2)).toHaveLength(5);
  });
});
