import { type Advertisement, rosterCodec } from "../../../src/secagg/messages/messages.js";
import type { SecaggReason } from "../../../src/secagg/refusal.js";
import { exampleTerms } from "../support/example-cohort.js";
import { WEAK_KEY } from "../support/ideal-primitives.js";
import {
  changedAt,
  flipped,
  inMessage,
  LIAR,
  type Row,
  runWith,
  type Setting,
  signed,
  TERMS,
  THIRD,
  VICTIM,
  type World,
} from "./attack.js";

type Entries = readonly Advertisement[];

function row(
  reason: SecaggReason,
  lie: string,
  change: (clients: Entries, world: World) => Entries | Promise<Entries>,
  setting?: Setting,
): Row {
  return {
    reason,
    lie: `shows a roster ${lie}`,
    async attack() {
      const tampering = inMessage("client", VICTIM, "roster", rosterCodec, async ({ clients }, world) => ({
        clients: await change(clients, world),
      }));
      const { cohort, left } = await runWith(tampering, setting);
      return left.get(cohort.ids[VICTIM] ?? "")?.reason;
    },
  };
}

/** One entry changed as a corrupt client, whose identity is known, would have signed it. */
const resigned =
  (at: number, change: (entry: Advertisement) => Advertisement) =>
  async (clients: Entries, world: World): Promise<Entries> => {
    const entry = clients[at];
    if (!entry) throw new Error("no such entry");
    const again = await signed(world, change(entry));
    return changedAt(clients, at, () => again);
  };

const altered =
  (at: number, change: (entry: Advertisement, clients: Entries) => Partial<Advertisement>) =>
  (clients: Entries): Entries =>
    changedAt(clients, at, (entry) => ({ ...entry, ...change(entry, clients) }));

const ZERO_KEY = new Uint8Array(32);
const otherModel = { ...exampleTerms(5, TERMS), modelHash: new Uint8Array(32) };

/** The coordinator singles a client out: with keys of its own, with few others, or with other terms for the others. */
export const liesAboutTheRoster: readonly Row[] = [
  row("cohort-too-small", "under the client's own minimum", (clients) => clients.slice(VICTIM - 1, 4), {
    expectations: { minimumCohort: 4 },
  }),
  row("cohort-too-small", "with fewer than must survive", (clients) => clients.slice(VICTIM - 1, 3)),
  row("cohort-too-large", "with more clients than were invited", (clients) => {
    const last = clients[4];
    return last ? [...clients, { ...last, clientId: new Uint8Array(16).fill(0xff) }] : clients;
  }),
  row("impossible-cohort", "of a size that no graph fits", (clients) => clients.slice(0, 4), {
    terms: { adversary: "semi-honest", corrupt: 0, dropout: 0.5 },
  }),
  row("threshold-too-low", "so short that fewer shares open a secret", (clients) => clients.slice(0, 4), {
    expectations: { minimumThreshold: 4 },
  }),
  row("not-on-roster", "without the client itself", (clients) => clients.filter((_, at) => at !== VICTIM)),
  row("not-on-roster", "with another masking key for the client itself", (clients) =>
    altered(VICTIM, ({ maskingKey }) => ({ maskingKey: flipped(maskingKey) }))(clients),
  ),
  row("not-on-roster", "with another encryption key for the client itself", (clients) =>
    altered(VICTIM, ({ encryptionKey }) => ({ encryptionKey: flipped(encryptionKey) }))(clients),
  ),
  row("not-on-roster", "with another nonce for the client itself", (clients) =>
    altered(VICTIM, ({ nonce }) => ({ nonce: flipped(nonce) }))(clients),
  ),
  row("repeated-client", "with one client twice", (clients) =>
    altered(LIAR, (_, [first]) => ({ clientId: first?.clientId ?? ZERO_KEY }))(clients),
  ),
  row("unsorted-roster", "out of order", ([first, second, ...others]) =>
    first && second ? [second, first, ...others] : [],
  ),
  row("unsorted-roster", "with one client twice, apart", (clients) =>
    altered(4, (_, [first]) => ({ clientId: first?.clientId ?? ZERO_KEY }))(clients),
  ),
  row("repeated-key", "with one masking key for two clients", (clients) =>
    altered(LIAR, (_, [first]) => ({ maskingKey: first?.maskingKey ?? ZERO_KEY }))(clients),
  ),
  row("repeated-key", "with one encryption key for two clients", (clients) =>
    altered(LIAR, (_, [first]) => ({ encryptionKey: first?.encryptionKey ?? ZERO_KEY }))(clients),
  ),
  row("repeated-key", "with one identity for two clients", (clients) =>
    altered(LIAR, (_, [first]) => ({ identityKey: first?.identityKey ?? ZERO_KEY }))(clients),
  ),
  row("repeated-key", "with the client's own key for another", (clients) =>
    altered(LIAR, (_, all) => ({ maskingKey: all[VICTIM]?.maskingKey ?? ZERO_KEY }))(clients),
  ),
  row(
    "repeated-key",
    "with one key for both purposes",
    resigned(LIAR, (entry) => ({ ...entry, maskingKey: entry.encryptionKey })),
  ),
  row(
    "zero-key",
    "with a masking key of zeros",
    resigned(LIAR, (entry) => ({ ...entry, maskingKey: ZERO_KEY })),
  ),
  row(
    "zero-key",
    "with an encryption key of zeros",
    resigned(LIAR, (entry) => ({ ...entry, encryptionKey: ZERO_KEY })),
  ),
  row(
    "zero-key",
    "with a masking key of low order",
    resigned(LIAR, (entry) => ({ ...entry, maskingKey: WEAK_KEY })),
  ),
  row(
    "zero-key",
    "with an encryption key of low order",
    resigned(THIRD, (entry) => ({ ...entry, encryptionKey: WEAK_KEY })),
  ),
  row("bad-signature", "with a masking key the coordinator chose", (clients) =>
    altered(THIRD, ({ maskingKey }) => ({ maskingKey: flipped(maskingKey) }))(clients),
  ),
  row("bad-signature", "with another nonce", (clients) =>
    altered(LIAR, ({ nonce }) => ({ nonce: flipped(nonce) }))(clients),
  ),
  row("bad-signature", "with keys for another cohort", async (clients, world) => {
    const replayed = await Promise.all(
      clients.map((entry) => signed(world, entry, world.cohort.terms, "dd".repeat(16))),
    );
    return changedAt(clients, LIAR, (entry) => replayed[LIAR] ?? entry);
  }),
  row("bad-signature", "of clients who hold another model", async (clients, world) => {
    const others = await Promise.all(clients.map((entry) => signed(world, entry, otherModel)));
    return others.map((entry, at) => (at === VICTIM ? (clients[at] ?? entry) : entry));
  }),
  row("unknown-identity", "with an identity the coordinator made up", async (clients, world) => {
    const entry = clients[LIAR];
    if (!entry) return clients;
    const forged = await signed(world, entry, world.cohort.terms, undefined, -1);
    return changedAt(clients, LIAR, () => forged);
  }),
];
