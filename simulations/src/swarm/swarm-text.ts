import type { SwarmCounts } from "./counts.js";
import type { SwarmProgress, SwarmResult } from "./swarm.js";

const BYTES_A_MEBIBYTE = 2 ** 20;

/** One line of progress. */
export function progressText({ counts, seconds, bytes }: SwarmProgress): string {
  return [
    `${seconds.toFixed(0).padStart(4)} s`,
    `connected ${counts.connected}/${counts.joined}`,
    `trained ${counts.trained}`,
    `uploaded ${counts.uploaded}`,
    ...(refusedText(counts) ?? []),
    `version ${counts.versions.at(-1) ?? "-"}`,
    `${(counts.uploaded / seconds).toFixed(1)} clients/s`,
    `${(bytes / BYTES_A_MEBIBYTE).toFixed(0)} MiB`,
  ].join("  ");
}

const ENDS: Readonly<Record<SwarmResult["ended"], string>> = {
  "task-finished": "the task is finished",
  "nobody-left": "every client was refused for good",
  stopped: "stopped",
};

/** What a swarm has done, when it is over. */
export function resultText(result: SwarmResult): string {
  const { versions } = result;
  const lines = [
    ["ended", ENDS[result.ended]],
    ["clients", `${result.clients} in ${result.workers} workers, ${result.seconds.toFixed(1)} s`],
    ["trained", `${result.trained}`],
    ["uploaded", `${result.uploaded}, ${result.uploadsPerSecond.toFixed(1)} clients/s`],
    ["refused", refusedText(result)?.join("") ?? "none"],
    ["versions seen", versions.length > 0 ? versions.join(", ") : "none"],
    ["problems", result.problems === 0 ? "none" : `${result.problems}, the last: ${result.lastProblem}`],
    ["peak memory", `${(result.peakBytes / BYTES_A_MEBIBYTE).toFixed(0)} MiB`],
  ];
  return lines.map(([name = "", value]) => `${name.padEnd(14)}${value}`).join("\n");
}

function refusedText({ refused }: SwarmCounts): string[] | undefined {
  const reasons = Object.entries(refused).map(([reason, times]) => `${reason} ${times}`);
  return reasons.length > 0 ? [`refused ${reasons.join(", ")}`] : undefined;
}
