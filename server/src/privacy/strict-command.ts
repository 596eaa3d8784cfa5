import { Command } from "commander";

const EXIT_BAD_PARAMETER = 2;

/** A subcommand that answers a bad parameter with exit code 2 and one line naming the flag. */
export function strictCommand(name: string): Command {
  return new Command(name)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : EXIT_BAD_PARAMETER))
    .configureOutput({ outputError: (text, write) => write(text.split("\n")[0]?.concat("\n") ?? text) })
    .showHelpAfterError(false);
}
