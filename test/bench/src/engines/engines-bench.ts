import { createKernelEngine, type Engine, referenceEngine } from "@tacit/shared";
import { createTfjsEngine } from "@tacit/shared/tfjs";
import { aligned } from "../aligned.js";
import { measure } from "../measure.js";
import type { Report } from "../suite.js";
import { flopOf } from "./flop.js";
import { type MeasuredNetwork, networks, product, STATES, WIDE, wideNetworks } from "./networks.js";
import { compileFor, forwardPass, trainingStep } from "./training-step.js";

/** One after the other: TensorFlow.js has one backend at a time. */
const ENGINES: readonly (() => Promise<Engine | undefined>)[] = [
  () => createKernelEngine(),
  () => createKernelEngine({ build: "scalar" }),
  async () => referenceEngine,
  () => createTfjsEngine({ backend: "wasm" }),
  () => createTfjsEngine({ backend: "cpu" }),
  () => createTfjsEngine({ backend: "native" }).catch(() => undefined),
];
const BASELINE = "tfjs-wasm";
const KERNEL = "kernel-simd";
const LEAST_SHARE = 0.6;
/** Of each, the best median counts: other programs only ever take time away. */
const ROUNDS = 3;

/** One network on every engine: their names, steps a second, and what products alone reach meanwhile. */
interface Row {
  readonly network: MeasuredNetwork;
  readonly peak: number;
  readonly rates: ReadonlyMap<string, number>;
}

/** What training on a device costs, on every engine that runs here. */
export const enginesBench: Report = {
  title: `training steps a second: ${STATES} states, one candidate each; 20 events a state`,
  async *lines(keep) {
    const rows: Row[] = [];
    // Network by network: a processor does not run at one speed all the time, and what is compared must not be far apart.
    for (const network of networks()) rows.push(await measureNetwork(network));
    keep(
      "networks",
      rows.map(({ network: { name }, peak, rates }) => ({ name, peak, rates: Object.fromEntries(rates) })),
    );
    const names = [...(rows[0]?.rates.keys() ?? [])];
    yield* aligned(
      ["steps/s", ...names],
      rows.map(({ network, rates }) => [network.name, ...names.map((name) => figure(rates.get(name)))]),
    );
    yield "";
    yield* aligned(
      ["kernel", "GFLOP/s", "products alone", "share", "aim", `× ${BASELINE}`, "aim"],
      rows.map(aims),
    );
    yield "";
    const wide = await wideRates();
    keep("wide", wide);
    yield* aligned(
      [`${WIDE.columns} columns, ${WIDE.most} entries an item`, "steps/s as rows", "as entries", "×"],
      wide.map(({ engine, rates: [asRows = 0, asEntries = 0] }) => [
        engine,
        figure(asRows),
        figure(asEntries),
        (asEntries / asRows).toFixed(1),
      ]),
    );
  },
};

async function measureNetwork(network: MeasuredNetwork): Promise<Row> {
  const rates = new Map<string, number>();
  let peak = 0;
  for (let round = 0; round < ROUNDS; round++) {
    peak = Math.max(peak, await peakOf(await createKernelEngine()));
    for (const create of ENGINES) {
      const engine = await create();
      if (!engine) continue;
      const rate = await rateOf(engine, network);
      rates.set(engine.name, Math.max(rate, rates.get(engine.name) ?? 0));
    }
  }
  return { network, peak, rates };
}

/** Steps a second of the networks over a wide catalogue, on the engines that multiply entries. */
async function wideRates(): Promise<{ readonly engine: string; readonly rates: readonly number[] }[]> {
  const rates = [];
  for (const create of ENGINES.slice(0, 3)) {
    const engine = await create();
    if (!engine) continue;
    const own = [];
    for (const network of wideNetworks()) own.push(await rateOf(engine, network));
    rates.push({ engine: engine.name, rates: own });
  }
  return rates;
}

function aims({ network: { network, name, aim }, peak, rates }: Row): string[] {
  const rate = rates.get(KERNEL) ?? 0;
  const speed = (rate * flopOf(network)) / 1e9;
  const times = rate / (rates.get(BASELINE) ?? 0);
  return [
    name,
    speed.toFixed(1),
    peak.toFixed(1),
    `${((100 * speed) / peak).toFixed(0)} %`,
    `≥ ${100 * LEAST_SHARE} % ${speed >= LEAST_SHARE * peak ? "met" : "MISSED"}`,
    times.toFixed(1),
    `≥ ${aim} ${times >= aim ? "met" : "MISSED"}`,
  ];
}

async function rateOf(
  engine: Engine,
  { name, network, optimiser }: Omit<MeasuredNetwork, "aim">,
): Promise<number> {
  const run = trainingStep(compileFor(engine, network, optimiser));
  const [result] = await measure({ title: engine.name, cases: () => [{ name, elements: 1, run }] });
  return 1000 / (result?.milliseconds ?? Number.NaN);
}

/** GFLOP/s. */
async function peakOf(kernel: Engine | undefined): Promise<number> {
  if (!kernel) throw new Error("no WebAssembly here");
  const network = product();
  // As many products as take about as long as a step, so that the clock's resolution does not count.
  const run = forwardPass(compileFor(kernel, network));
  const passes = 10;
  const case_ = {
    name: "product",
    elements: passes,
    run: () => {
      for (let i = 0; i < passes; i++) run();
    },
  };
  const [result] = await measure({ title: "peak", cases: () => [case_] });
  return (passes * (flopOf(network) / 2)) / ((result?.milliseconds ?? Number.NaN) * 1e6);
}

const figure = (rate: number | undefined) => (rate ?? 0).toFixed((rate ?? 0) < 100 ? 1 : 0);
