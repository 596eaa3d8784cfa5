import { taskHash } from "@tacit/shared";
import type { Command } from "commander";
import { strictCommand, whole } from "../command-line.js";
import { readTaskFile } from "../read-task-file.js";
import { databaseUrlOption, dataOption, type StoreOptions, withStore } from "../store/store-options.js";
import { type ToldMetrics, toldMetrics } from "./told-metrics.js";

interface MetricsOptions extends StoreOptions {
  readonly task: string;
  readonly last: number;
  readonly json?: boolean;
}

/** `metrics`: what the cohorts' sums told of the metrics that a task names. */
export function metricsCommand(): Command {
  return strictCommand("metrics")
    .description("What a task's latest rounds told of the metrics that it names, through their noise.")
    .requiredOption("-t, --task <file>", "the task: a JSON task spec")
    .option("--last <rounds>", "to take together", whole("--last", 1, 1_000_000), 20)
    .addOption(dataOption())
    .addOption(databaseUrlOption())
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      `
Example:
  $ tacit-server metrics --task movies.task.json --last 50`,
    )
    .action(({ task: file, last, json, ...options }: MetricsOptions) =>
      withStore(options, async (store) => {
        const task = await readTaskFile(file);
        const rounds = (await store.rounds(taskHash(task))).slice(-last);
        if (rounds.length === 0) throw new Error(`this store holds no rounds of the task "${task.name}"`);
        const told = toldMetrics(rounds.map(({ metrics }) => metrics));
        if (json) console.log(JSON.stringify({ rounds: rounds.length, ...told }));
        else for (const line of inWords(told, rounds.length)) console.log(line);
      }),
    );
}

function inWords({ means, shown }: ToldMetrics, rounds: number): string[] {
  const row = (name: string, text: string, of: number) =>
    `${name.padEnd(20)}${text}, ${of} of ${rounds} rounds`;
  const lines = means.map(({ name, mean, standardError, rounds: of }) =>
    row(name, `${mean.toFixed(4)} ± ${(2 * standardError).toFixed(4)}`, of),
  );
  if (!shown) return lines;
  const { items } = shown;
  const text = items
    ? `as if ${items.items.toFixed(1)} items, ${items.fewest.toFixed(1)} to ${items.most.toFixed(1)}`
    : "cannot be told from noise";
  return [...lines, row("shown", text, shown.rounds)];
}
