import { fileURLToPath } from "node:url";
import { Command, InvalidArgumentError, Option } from "commander";
import { cohortCommand } from "./cohorts/cohort-command.js";
import { whole } from "./command-line.js";
import { type Coordinator, startCoordinator } from "./coordinator.js";
import { describeError } from "./describe-error.js";
import { clientsCommand } from "./identity/clients-command.js";
import {
  type EnrolmentOptions,
  ParameterError,
  readEnrolment,
  withEnrolmentOptions,
} from "./identity/enrolment-options.js";
import { inviteCommand } from "./identity/invite-command.js";
import { createLogger, LOG_LEVELS, type LogLevel } from "./logger.js";
import { privacyCommand } from "./privacy/privacy-command.js";
import { readTaskFile } from "./read-task-file.js";
import { metricsCommand } from "./rounds/metrics-command.js";
import { databaseUrlOption, dataOption, type StoreOptions } from "./store/store-options.js";
import { TaskRefusedError } from "./task-refused-error.js";

interface ServeOptions extends StoreOptions, EnrolmentOptions {
  readonly task?: string;
  readonly port: number;
  readonly host: string;
  readonly logLevel: LogLevel;
  readonly trustProxies?: number;
  readonly requestsPerMinute?: number;
}

const EXAMPLE_TASK = fileURLToPath(new URL("../tasks/films.json", import.meta.url));
const OPEN_WARNING =
  "enrolment is open: whoever reaches this coordinator can be as many clients as they like (--enrolment)";
const EXIT_FAILED = 1;
const EXIT_REFUSED = 2;

const program = new Command("tacit-server")
  .description(
    "Tacit's coordinator: sums the sealed updates of its clients and hands out the model they make.",
  )
  .version("0.1.0")
  .showHelpAfterError("(tacit-server serve --help lists the options)");

withEnrolmentOptions(program.command("serve"))
  .description("Serve one task over HTTP and Socket.IO, from where its store left off.")
  .option("-t, --task <file>", "the task to learn: a JSON task spec (default: the example task, films)")
  .option("-p, --port <number>", "port to listen on; 0 takes a free one", port, 8787)
  .option("--host <address>", "address to listen on; 0.0.0.0 for every interface", "127.0.0.1")
  .addOption(dataOption())
  .addOption(databaseUrlOption())
  .option(
    "--trust-proxies <number>",
    "proxies in front, whose X-Forwarded-For is believed: limits are then for each client",
    whole("--trust-proxies", 1, 10),
  )
  .option(
    "--requests-per-minute <number>",
    "HTTP requests of one address (default: 60000)",
    whole("--requests-per-minute", 1, 1_000_000_000),
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
  $ tacit-server serve --task movies.task.json --enrolment invite
  $ tacit-server serve --task movies.task.json --enrolment jwt --jwt-jwks https://app.example/jwks.json \\
      --jwt-issuer https://app.example --jwt-audience tacit

Logs go to standard output, one JSON object a line; they never contain an interaction or an update.
SIGTERM and SIGINT finish the commit under way, then stop. It may be killed at any moment: it goes on from the
last committed version.

Exit codes: 0 stopped by a signal, 1 failed, 2 the task or an enrolment flag was refused
(the fields are named on standard error).`,
  )
  .action(serve);

program.addCommand(inviteCommand());
program.addCommand(clientsCommand());
program.addCommand(metricsCommand());
program.addCommand(privacyCommand());
program.addCommand(cohortCommand());

await program.parseAsync();

async function serve(options: ServeOptions): Promise<void> {
  const logger = createLogger(options.logLevel);
  const file = options.task ?? EXAMPLE_TASK;
  const stopped = stopSignal();
  let coordinator: Coordinator;
  try {
    const { port: wanted, host, data, databaseUrl, requestsPerMinute, trustProxies } = options;
    const task = await readTaskFile(file);
    const enrolment = await readEnrolment(options);
    if (enrolment.mode === "open") logger.warn(OPEN_WARNING);
    coordinator = await startCoordinator({
      ...{ task, port: wanted, host, data, databaseUrl, enrolment, logger, requestsPerMinute },
      trustedProxies: trustProxies,
    });
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
    return EXIT_REFUSED;
  }
  console.error(`tacit-server: ${describeError(error)}`);
  return error instanceof ParameterError ? EXIT_REFUSED : EXIT_FAILED;
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
