import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { aligned } from "./aligned.js";
import type { Report } from "./suite.js";

/** What a run's `--json` says that is measured here. */
interface RunFigures {
  readonly bytesPerClient: number;
  readonly measured: {
    readonly seconds: number;
    readonly roundSeconds: number;
    readonly clientRounds: number;
    readonly clientRoundsPerSecond: number;
    readonly peakMemoryBytes: number;
    readonly run: Readonly<Record<string, number>>;
  };
}

const BIN = fileURLToPath(import.meta.resolve("../../../simulations/bin/tacit-sim.js"));
const INTERACTIONS = 20;
const POPULATIONS = [1000, 10_000, 100_000, 1_000_000] as const;
const MILLION = { clients: 1_000_000, cohort: 1000, rounds: 100, workers: 2 } as const;
const MOST_SECONDS = 300;
const MOST_BYTES = 2 * 2 ** 30;
const FLAT = 1.25;

/** Runs of `tacit-sim run`, each a process of its own. */
export const simulationBench: Report = {
  title: `virtual clients with about ${INTERACTIONS} interactions each`,
  async *lines(keep) {
    const sizes: { clients: number; figures: RunFigures }[] = [];
    const rows: string[][] = [];
    for (const clients of POPULATIONS) {
      const figures = await run({ clients, cohort: 200, rounds: 20, workers: 2 });
      sizes.push({ clients, figures });
      rows.push(rowOf({ clients, cohort: 200, rounds: 20, workers: 2 }, figures));
    }
    const single = { clients: 10_000, cohort: 200, rounds: 20, workers: 1 };
    const alone = await run(single);
    rows.push(rowOf(single, alone));
    const million = await run(MILLION);
    rows.push(rowOf(MILLION, million));
    keep("populations", sizes);
    keep("one worker", alone);
    keep("million", million);
    yield* aligned(
      ["clients", "cohort", "rounds", "workers", "client-rounds/s", "bytes/client", "peak MiB", "seconds"],
      rows,
    );
    yield "";
    const rate = (figures: RunFigures | undefined) => figures?.measured.clientRoundsPerSecond ?? Number.NaN;
    const rates = sizes.map(({ figures }) => rate(figures));
    const spread = Math.max(...rates) / Math.min(...rates);
    const two = rate(sizes.find(({ clients }) => clients === single.clients)?.figures);
    const { seconds, peakMemoryBytes } = million.measured;
    const verdict = (met: boolean) => (met ? "met" : "MISSED");
    yield* aligned(
      ["aims", "measured", "aim", ""],
      [
        [
          "cost of a client-round, dearest : cheapest population",
          spread.toFixed(2),
          `≤ ${FLAT}`,
          verdict(spread <= FLAT),
        ],
        ["two workers : one worker", (two / rate(alone)).toFixed(2), "", ""],
        [
          "a million clients, 100 rounds of 1,000, s",
          seconds.toFixed(0),
          `< ${MOST_SECONDS}`,
          verdict(seconds < MOST_SECONDS),
        ],
        [
          "and MiB at their peak",
          mebibytes(peakMemoryBytes),
          `< ${mebibytes(MOST_BYTES)}`,
          verdict(peakMemoryBytes < MOST_BYTES),
        ],
      ],
    );
  },
};

interface Choices {
  readonly clients: number;
  readonly cohort: number;
  readonly rounds: number;
  readonly workers: number;
}

function rowOf(
  { clients, cohort, rounds, workers }: Choices,
  { bytesPerClient, measured }: RunFigures,
): string[] {
  return [
    clients.toLocaleString("en"),
    String(cohort),
    String(rounds),
    String(workers),
    measured.clientRoundsPerSecond.toFixed(0),
    bytesPerClient.toFixed(0),
    mebibytes(measured.peakMemoryBytes),
    measured.seconds.toFixed(1),
  ];
}

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);

function run(choices: Choices): Promise<RunFigures> {
  const options = Object.entries(choices).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(
    process.execPath,
    [BIN, "run", ...options, "--interactions", String(INTERACTIONS), "--json"],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  let text = "";
  child.stdout.on("data", (part) => {
    text += part;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve(JSON.parse(text)) : reject(new Error(`tacit-sim run ended with code ${code}`)),
    );
  });
}
