import { fileURLToPath } from "node:url";
import { Command, InvalidArgumentError, Option } from "commander";
import { cohortCommand } from "./cohorts/cohort-command.js";
import { type Coordinator, startCoordinator } from "./coordinator.js";
import { createLogger, LOG_LEVELS, type LogLevel } from "./logger.js";
import { privacyCommand } from "./privacy/privacy-command.js";
import { readTaskFile } from "./read-task-file.js";
import { TaskRefusedError } from "./task-refused-error.js";

interface ServeOptions {
  readonly task?: string;
  readonly port: number;
  readonly host: string;
  readonly data: string;
  readonly databaseUrl?: string;
  readonly logLevel: LogLevel;
}

const EXAMPLE_TASK = fileURLToPath(new URL("../tasks/films.json", import.meta.url));
const EXIT_FAILED = 1;
const EXIT_TASK_REFUSED = 2;

const program = new Command("tacit-server")
  .description(
    "Tacit's coordinator: sums the sealed updates of its clients and hands out the model they make.",
  )
  .version("0.1.0")
  .showHelpAfterError("(tacit-server serve --help lists the options)");

program
  .command("serve")
  .description("Serve one task over HTTP and Socket.IO, from where its store left off.")
  .option("-t, --task <file>", "the task to learn: a JSON task spec (default: the example task, films)")
  .option("-p, --port <number>", "port to listen on; 0 takes a free one", port, 8787)
  .option("--host <address>", "address to listen on; 0.0.0.0 for every interface", "127.0.0.1")
  .addOption(
    new Option("-d, --data <folder>", "folder of the embedded database, made when missing")
      .default("tacit-data")
      .env("TACIT_DATA"),
  )
  .addOption(
    new Option("--database-url <url>", "a PostgreSQL server (postgres://…), instead of --data").env(
      "TACIT_DATABASE_URL",
    ),
  )
  .addOption(new Option("--log-level <level>", "least level to log").choices(LOG_LEVELS).default("info"))
  .addHelpText(
    "after",
    `
Examples:
  $ tacit-server serve
  $ tacit-server serve --task movies.task.json
  $ tacit-server serve --task movies.task.json --host 0.0.0.0 --port 80 --data /var/lib/tacit
  $ tacit-server serve --task movies.task.json --database-url postgres://tacit@db/tacit

Logs go to standard output, one JSON object a line; they never contain an interaction or an update.
SIGTERM and SIGINT finish the commit under way, then stop. It may be killed at any moment: it goes on from the
last committed version.

Exit codes: 0 stopped by a signal, 1 failed, 2 the task was refused (the fields are named on standard error).`,
  )
  .action(serve);

program.addCommand(privacyCommand());
program.addCommand(cohortCommand());

await program.parseAsync();

async function serve(options: ServeOptions): Promise<void> {
  const logger = createLogger(options.logLevel);
  const file = options.task ?? EXAMPLE_TASK;
  const stopped = stopSignal();
  let coordinator: Coordinator;
  try {
    const { port: wanted, host, data, databaseUrl } = options;
    const task = await readTaskFile(file);
    coordinator = await startCoordinator({ task, port: wanted, host, data, databaseUrl, logger });
  } catch (error) {
    process.exitCode = report(error, file);
    return;
  }
  const signal = await stopped;
  logger.info({ signal }, "stopping");
  await coordinator.close();
}

/** Prints what went wrong and returns the exit code. */
function report(error: unknown, file: string): number {
  if (error instanceof TaskRefusedError) {
    console.error(`${file}: the task was refused`);
    for (const { field, message } of error.problems) console.error(`  ${field}: ${message}`);
    return EXIT_TASK_REFUSED;
  }
  console.error(`tacit-server: ${describe(error)}`);
  return EXIT_FAILED;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${describe(error.cause)}`;
}

/** The first SIGTERM or SIGINT; a second one stops the process at once, as the platform would. */
function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, resolve);
  });
}

function port(value: string): number {
  const number = Number(value);
  if (!/^\d{1,5}$/.test(value) || number > 65_535) {
    throw new InvalidArgumentError("a port is a number from 0 to 65535");
  }
  return number;
}
