import { createKernelEngine, type Engine, referenceEngine } from "@tacit/shared";
import { createTfjsEngine } from "@tacit/shared/tfjs";
import { aligned } from "../aligned.js";
import { measure } from "../measure.js";
import type { Report } from "../suite.js";
import { flopOf } from "./flop.js";
import { type MeasuredNetwork, networks, product, STATES } from "./networks.js";
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

/** What training on a device costs, on every engine that runs here. */
export const enginesBench: Report = {
  title: `training steps a second: ${STATES} states, one candidate each; 20 events a state`,
  async *lines(keep) {
    const measured = networks();
    const before = await peakOf(await createKernelEngine());
    const engines: { name: string; rates: number[] }[] = [];
    for (const create of ENGINES) {
      const engine = await create();
      if (engine) engines.push({ name: engine.name, rates: await ratesOf(engine, measured) });
    }
    // A processor does not run at one speed all the time, and nothing may look faster than its peak.
    const peak = Math.max(before, await peakOf(await createKernelEngine()));
    keep("GFLOP/s of products alone", peak);
    yield `matrix products alone, 32 × 64 by 64 × 64: ${peak.toFixed(1)} GFLOP/s`;
    yield "";
    keep(
      "steps/s",
      engines.map(({ name, rates }) => ({
        engine: name,
        rates: Object.fromEntries(measured.map((network, i) => [network.name, rates[i]])),
      })),
    );
    const names = engines.map(({ name }) => name);
    const rows = measured.map(({ name }, i) => [name, ...engines.map(({ rates }) => figure(rates[i]))]);
    yield* aligned(["steps/s", ...names], rows);
    yield "";
    const kernel = engines.find(({ name }) => name === KERNEL)?.rates ?? [];
    const baseline = engines.find(({ name }) => name === BASELINE)?.rates ?? [];
    yield* aligned(
      ["kernel", "GFLOP/s", "of products alone", "aim", `× ${BASELINE}`, "aim"],
      measured.map((network, i) => aims(network, kernel[i] ?? 0, baseline[i] ?? 0, peak)),
    );
  },
};

function aims(
  { name, network, aim }: MeasuredNetwork,
  rate: number,
  baseline: number,
  peak: number,
): string[] {
  const speed = (rate * flopOf(network)) / 1e9;
  const times = rate / baseline;
  return [
    name,
    speed.toFixed(1),
    `${((100 * speed) / peak).toFixed(0)} %`,
    `≥ ${100 * LEAST_SHARE} % ${speed >= LEAST_SHARE * peak ? "met" : "MISSED"}`,
    times.toFixed(1),
    `≥ ${aim} ${times >= aim ? "met" : "MISSED"}`,
  ];
}

async function ratesOf(engine: Engine, measured: readonly MeasuredNetwork[]): Promise<number[]> {
  const cases = () =>
    measured.map(({ name, network, optimiser }) => ({
      name,
      elements: 1,
      run: trainingStep(compileFor(engine, network, optimiser)),
    }));
  return (await measure({ title: engine.name, cases })).map(({ milliseconds }) => 1000 / milliseconds);
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
