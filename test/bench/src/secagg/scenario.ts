import {
  anyIdentity,
  type CoordinatorContext,
  type Primitives,
  type SecureClient,
  SecureCoordinator,
} from "@tacit/shared";
import { type CohortView, readRoster } from "./cohort-view.js";
import { median, noPhases, type Phase, type Phases } from "./phases.js";
import { realClient } from "./real-client.js";
import { SimulatedClient } from "./simulated-client.js";
import { type Elapsed, stopwatch } from "./stopwatch.js";

export interface Scenario {
  readonly clients: number;
  readonly dimension: number;
  /** Fraction that shares its secrets and then vanishes: what costs a coordinator most. */
  readonly dropouts: number;
}

export interface Outcome extends Scenario {
  readonly neighbours: number;
  readonly threshold: number;
  /** Milliseconds and bytes of one real client; the median of five. */
  readonly client: Phases;
  readonly clientProcessor: Phases;
  readonly sent: Phases;
  readonly received: Phases;
  /** Milliseconds and bytes of the coordinator, all clients together. */
  readonly coordinator: Phases;
  readonly coordinatorProcessor: Phases;
  readonly coordinatorReceived: Phases;
  readonly coordinatorSent: Phases;
}

export const BITS = 20;
const COHORT = "c0".repeat(16);
const REAL_CLIENTS = 5;
const CORRUPT = 0.05;
/** Nobody plans for less. */
const LEAST_DROPOUT = 0.05;

/** One cohort, from the invitations to a sum that is checked. */
export async function runScenario(
  primitives: Primitives,
  scenario: Scenario,
  coordinatorOptions: Partial<Pick<CoordinatorContext, "addMasks" | "primitives">> = {},
  aroundUnmasking: (unmask: () => Promise<void>) => Promise<void> = (unmask) => unmask(),
): Promise<Outcome> {
  const { clients, dimension, dropouts } = scenario;
  const places = Array.from({ length: clients }, (_, place) => place);
  const tenths = Math.round(10 * dropouts);
  const dropped = new Set(places.filter((place) => place % 10 >= 10 - tenths));
  const real = new Set(
    Array.from({ length: REAL_CLIENTS }, (_, i) => 10 * Math.floor((i * clients) / (10 * REAL_CLIENTS))),
  );
  const survivors = { of: clients, clients: places.filter((place) => !dropped.has(place)) };
  const surviving = new Set(survivors.clients);
  const idOf = (place: number) => place.toString(16).padStart(32, "0");
  const terms = {
    taskHash: new Uint8Array(32).fill(1),
    modelVersion: 0,
    modelHash: new Uint8Array(32).fill(2),
    size: clients,
    minimumSurvivors: Math.floor(0.6 * clients),
    corrupt: CORRUPT,
    dropout: Math.max(LEAST_DROPOUT, dropouts),
    adversary: "semi-honest",
    dimension,
    bits: BITS,
    clip: 1,
    noiseMultiplier: 1,
  } as const;
  const base = Uint32Array.from({ length: dimension }, (_, i) => (i * 7919) % 2 ** 12);

  const coordinator = new SecureCoordinator({
    primitives,
    cohortId: COHORT,
    terms,
    invited: new Set(places.map(idOf)),
    identities: anyIdentity,
    ...coordinatorOptions,
  });
  const time = { wall: noPhases(), processor: noPhases(), received: noPhases(), sent: noPhases() };
  const own = new Map(
    [...real].map((place) => [
      place,
      { wall: noPhases(), processor: noPhases(), up: noPhases(), down: noPhases() },
    ]),
  );
  const secure = new Map<number, SecureClient>();
  const simulated = new Map<number, SimulatedClient>();
  for (const place of places) {
    const id = new Uint8Array(Buffer.from(idOf(place), "hex"));
    if (!real.has(place)) simulated.set(place, new SimulatedClient(primitives, place, id));
    else secure.set(place, await realClient(primitives, idOf(place), terms, base));
  }

  const advance = async (phase: Phase) => {
    const stop = stopwatch();
    const output = await coordinator.advance();
    record(time, phase, stop());
    if (!output.ok) throw new Error(`${output.reason}: ${output.message}`);
    for (const message of output.outbox.values()) time.sent[phase] += message.length;
    return output;
  };
  /** Delivers what each of these clients sends in this phase, made only when it is its turn. */
  const deliver = async (
    phase: Phase,
    outbox: ReadonlyMap<string, Uint8Array>,
    from: Iterable<number>,
    simulate: (client: SimulatedClient) => Promise<Uint8Array> | Uint8Array,
  ) => {
    for (const place of from) {
      const message = outbox.get(idOf(place)) ?? new Uint8Array();
      const reply = await replyOf(place, message, phase, simulate);
      const stop = stopwatch();
      const receipt = await coordinator.receive(idOf(place), reply);
      record(time, phase, stop());
      if (!receipt.ok) throw new Error(`${receipt.reason}: ${receipt.message}`);
      time.received[phase] += reply.length;
    }
  };
  const replyOf = async (
    place: number,
    message: Uint8Array,
    phase: Phase,
    simulate: (client: SimulatedClient) => Promise<Uint8Array> | Uint8Array,
  ) => {
    const client = secure.get(place);
    const figures = own.get(place);
    const stand = simulated.get(place);
    if (stand) return simulate(stand);
    if (!client || !figures) throw new Error(`nobody at ${place}`);
    const stop = stopwatch();
    const output = await client.receive(message);
    record(figures, phase, stop());
    if (!output.ok) throw new Error(`${output.reason}: ${output.message}`);
    figures.up[phase] += output.reply.length;
    figures.down[phase] += message.length;
    return output.reply;
  };

  const invitations = await advance("advertise");
  await deliver("advertise", invitations.outbox, places, (client) => client.advertise(COHORT, terms));

  const rosters = await advance("share");
  const view: CohortView = readRoster(COHORT, terms, rosters.outbox.get(idOf(0)) ?? new Uint8Array());
  await deliver("share", rosters.outbox, places, (client) => client.share(view, real));

  const inboxes = await advance("mask");
  const kept = new Set([...dropped, ...real]);
  await deliver("mask", inboxes.outbox, survivors.clients, async (client) => {
    await client.receiveInbox(view, inboxes.outbox.get(idOf(client.place)) ?? new Uint8Array(), real);
    return client.maskInput(view, base, kept);
  });

  const lists = await advance("sign");
  const sharers = { of: clients, clients: places };
  await deliver("sign", lists.outbox, survivors.clients, (client) => client.sign(view, sharers, survivors));

  const requests = await advance("unmask");
  await deliver("unmask", requests.outbox, survivors.clients, (client) =>
    client.unmask(view, surviving, simulated),
  );
  await aroundUnmasking(async () => {
    const { result } = await advance("unmask");
    const expected = (value: number) => (value * survivors.clients.length) % 2 ** BITS;
    if (!result?.sum.every((value, i) => value === expected(base[i] ?? 0))) throw new Error("a wrong sum");
  });

  const each = [...own.values()];
  return {
    ...scenario,
    neighbours: view.plan.neighbours,
    threshold: view.plan.threshold,
    client: median(each.map(({ wall }) => wall)),
    clientProcessor: median(each.map(({ processor }) => processor)),
    sent: median(each.map(({ up }) => up)),
    received: median(each.map(({ down }) => down)),
    coordinator: time.wall,
    coordinatorProcessor: time.processor,
    coordinatorReceived: time.received,
    coordinatorSent: time.sent,
  };
}

function record(into: { wall: Phases; processor: Phases }, phase: Phase, { wall, processor }: Elapsed): void {
  into.wall[phase] += wall;
  into.processor[phase] += processor;
}
