import { setTimeout } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { addCounts, NO_COUNTS, type SwarmCounts } from "./counts.js";
import type { SwarmClient, SwarmReport, SwarmStart } from "./swarm-messages.js";
import { fetchTask } from "./swarm-task.js";

export interface SwarmOptions extends SwarmStart {
  readonly workers: number;
  readonly onProgress: (progress: SwarmProgress) => void;
  readonly signal: AbortSignal;
}

export interface SwarmProgress {
  readonly counts: SwarmCounts;
  readonly seconds: number;
  /** Resident memory of the whole process. */
  readonly bytes: number;
}

export interface SwarmResult extends SwarmCounts {
  /** How it ended: the task had its last round, every client was refused for good, or it was told to stop. */
  readonly ended: "task-finished" | "nobody-left" | "stopped";
  readonly clients: number;
  readonly workers: number;
  readonly seconds: number;
  /** Updates that became a part of a version, over all of that time. */
  readonly uploadsPerSecond: number;
  /** Most resident memory seen. */
  readonly peakBytes: number;
}

const PROGRESS_MILLISECONDS = 1000;
/** For the clients to hear of the last version, once the coordinator has it. */
const GRACE_MILLISECONDS = 5000;

/** Real SDK clients in worker threads, over real sockets, until the coordinator's task is finished. */
export async function runSwarm(options: SwarmOptions): Promise<SwarmResult> {
  const { url, task, clients, signal, onProgress } = options;
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  const workers = spawnWorkers(options);
  const total = () => workers.map(({ counts }) => counts()).reduce(addCounts, NO_COUNTS);
  const left = Promise.all(workers.map(({ over }) => over));
  left.catch(() => undefined);
  let ended: SwarmResult["ended"] | undefined;
  let finishedAt: number | undefined;
  let peakBytes = 0;
  try {
    while (!ended) {
      await Promise.race([setTimeout(PROGRESS_MILLISECONDS, undefined, { signal }), left]).catch(
        (error: unknown) => {
          if (!signal.aborted) throw error;
        },
      );
      const counts = total();
      const { rss: bytes } = process.memoryUsage();
      peakBytes = Math.max(peakBytes, bytes);
      onProgress({ counts, seconds: seconds(), bytes });
      if (signal.aborted) ended = "stopped";
      else if (counts.out === clients.length) ended = "nobody-left";
      else if (counts.finished + counts.out === clients.length) ended = "task-finished";
      else if (finishedAt === undefined) {
        const served = await fetchTask(url, task.name);
        if (served.ok && served.finished) finishedAt = performance.now();
      } else if (performance.now() - finishedAt > GRACE_MILLISECONDS) ended = "task-finished";
    }
    for (const { leave } of workers) leave();
    await left;
  } finally {
    await Promise.all(workers.map(({ end }) => end()));
  }
  const counts = total();
  const shared = { clients: clients.length, workers: workers.length, seconds: seconds(), peakBytes };
  return { ended, ...shared, ...counts, uploadsPerSecond: counts.uploaded / seconds() };
}

interface SwarmWorker {
  counts(): SwarmCounts;
  leave(): void;
  /** Resolves when all its clients have left; rejects when it fails. */
  readonly over: Promise<void>;
  end(): Promise<unknown>;
}

function spawnWorkers({
  workers,
  clients,
  url,
  task,
  items,
  engine,
  credential,
}: SwarmOptions): SwarmWorker[] {
  const count = Math.max(1, Math.min(workers, clients.length));
  return Array.from({ length: count }, (_, w) => {
    const own = clients.filter((_client, i) => i % count === w);
    return spawnWorker({ url, task, items, engine, credential, clients: own });
  });
}

function spawnWorker(workerData: SwarmStart & { readonly clients: readonly SwarmClient[] }): SwarmWorker {
  const worker = new Worker(new URL("./swarm-worker.js", import.meta.url), { workerData });
  let counts = NO_COUNTS;
  const over = new Promise<void>((resolve, reject) => {
    worker.on("message", (report: SwarmReport) => {
      counts = report.counts;
      if (report.over) resolve();
    });
    worker.once("error", (error) => reject(new Error("a worker failed", { cause: error })));
    worker.once("exit", (code) => reject(new Error(`a worker ended with code ${code}`)));
  });
  return {
    counts: () => counts,
    leave: () => worker.postMessage("leave"),
    over,
    end: () => worker.terminate(),
  };
}
