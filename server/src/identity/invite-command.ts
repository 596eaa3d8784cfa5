import type { Command } from "commander";
import { strictCommand, whole } from "../command-line.js";
import type { Store } from "../store/store.js";
import { databaseUrlOption, dataOption, type StoreOptions, withStore } from "../store/store-options.js";
import { createInvite } from "./invite-token.js";

interface InviteCommandOptions extends StoreOptions {
  readonly uses: number;
  readonly days: number;
  readonly json?: boolean;
}

/** `invite`: a token for `serve --enrolment invite`. */
export function inviteCommand(): Command {
  return strictCommand("invite")
    .description("Make an invite for `serve --enrolment invite` and print its token, this once.")
    .option("--uses <number>", "clients that it lets in", whole("--uses", 1, 1e6), 1)
    .option("--days <number>", "until it expires", whole("--days", 1, 3650), 30)
    .addOption(dataOption())
    .addOption(databaseUrlOption())
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      `
Example:
  $ tacit-server invite --uses 10 --days 30 --data /var/lib/tacit

Only the token's hash is kept. The embedded database belongs to one process: stop the coordinator first.
Exit codes: 0 printed, 1 failed, 2 a parameter was refused.`,
    )
    .action((options: InviteCommandOptions) => {
      const invite = async ({ identities }: Store) => {
        const { uses, days } = options;
        const { token, expiresAt } = await createInvite(identities, { uses, days });
        if (options.json) console.log(JSON.stringify({ token, uses, expiresAt }));
        else {
          console.log(token);
          console.error(`good for ${uses} client(s) until ${expiresAt.toISOString()}; it is not shown again`);
        }
      };
      // The first invite may be made before the coordinator has ever run.
      return withStore(options, invite, { mustExist: false });
    });
}
