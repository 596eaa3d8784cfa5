import { packedBytes, platformPrimitives } from "@tacit/shared";
import { aligned } from "../aligned.js";
import type { Report } from "../suite.js";
import { aims } from "./aims.js";
import { expansion, implementations } from "./cipher-bench.js";
import { eventLoop } from "./event-loop.js";
import { PHASES, type Phases, total } from "./phases.js";
import { BITS, type Outcome, runScenario, type Scenario } from "./scenario.js";

const SIZES = [
  [100, 100_000],
  [300, 100_000],
  [600, 100_000],
  [1000, 100_000],
  [100, 1_000_000],
] as const;
const WARM_UPS = 3;
const DROPOUTS = [0, 0.1, 0.3];
const quick = process.argv.includes("--quick");

const SCENARIOS: Scenario[] = SIZES.flatMap(([clients, dimension]) =>
  DROPOUTS.map((dropouts) => ({ clients, dimension, dropouts })),
).filter((scenario) => !quick || (scenario.dropouts === 0.1 && scenario.dimension === 100_000));

const HEADS = ["n, d, dropouts", "k, t", ...PHASES, "total"];

export const secaggBench: Report = {
  title: `whole cohorts at b = ${BITS}: a real client, a real coordinator, and sums that are checked`,
  async *lines(keep) {
    const primitives = await platformPrimitives();
    const heads = ["", "X25519 µs", "Ed25519 verify µs", "AES-256-CTR MB/s"];
    const rows = await implementations();
    keep("implementations", [heads, ...rows]);
    yield* aligned(heads, rows);
    yield "";
    const expansions = [];
    for (const bits of [16, BITS, 32]) expansions.push(await expansion(primitives, bits));
    keep("mask expansion", expansions);
    yield* aligned(
      ["100 masks of 100000", "MB", "cipher ms*", "expanded ms*", "ratio"],
      expansions.map(({ bits, cipher, expanded, megabytes }) => [
        `${bits} bits`,
        megabytes.toFixed(0),
        cipher.toFixed(1),
        expanded.toFixed(1),
        (expanded / cipher).toFixed(2),
      ]),
    );
    yield "* of processor";
    // The compiler's work is done before anything is measured.
    for (let i = 0; i < WARM_UPS; i++) {
      await runScenario(primitives, { clients: 100, dimension: 30_000, dropouts: 0.1 });
    }
    const outcomes: Outcome[] = [];
    for (const scenario of SCENARIOS) outcomes.push(await runScenario(primitives, scenario));
    keep("cohorts", outcomes);
    yield* section("one client, ms", outcomes, ({ client }) => client, milliseconds);
    yield* section("one client, ms of processor", outcomes, (one) => one.clientProcessor, milliseconds);
    yield* section("one client, bytes sent", outcomes, ({ sent }) => sent, String);
    yield* section("one client, bytes received", outcomes, ({ received }) => received, String);
    yield* section("coordinator, ms", outcomes, ({ coordinator }) => coordinator, milliseconds);
    yield* section("coordinator, ms of processor", outcomes, (one) => one.coordinatorProcessor, milliseconds);
    yield* section("coordinator, MB received", outcomes, (one) => one.coordinatorReceived, megabytes);
    yield* section("coordinator, MB sent", outcomes, (one) => one.coordinatorSent, megabytes);
    yield "";
    yield `bare packed vector: ${packedBytes(100_000, BITS)} bytes for d = 100000`;
    const loop = await eventLoop(primitives);
    keep("event loop", loop);
    yield "";
    yield* aligned(["event loop, 1000 clients unmask", "p99 ms", "longest ms", "unmasked in ms"], loop.rows);
    const expanded = expansions.find(({ bits }) => bits === BITS);
    yield* aims(outcomes, expanded ? expanded.expanded / expanded.cipher : Number.NaN, loop.p99);
  },
};

const milliseconds = (value: number) => value.toFixed(1);
const megabytes = (value: number) => (value / 1e6).toFixed(2);

function section(
  name: string,
  outcomes: readonly Outcome[],
  figures: (outcome: Outcome) => Phases,
  format: (value: number) => string,
): string[] {
  const rows = outcomes.map((outcome) => {
    const phases = figures(outcome);
    return [
      `${outcome.clients}, ${outcome.dimension}, ${100 * outcome.dropouts} %`,
      `${outcome.neighbours}, ${outcome.threshold}`,
      ...PHASES.map((phase) => format(phases[phase])),
      format(total(phases)),
    ];
  });
  return ["", name, ...aligned(HEADS, rows)];
}
