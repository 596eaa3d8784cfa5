import { type Command, InvalidArgumentError } from "commander";
import { strictCommand } from "../command-line.js";
import type { EnrolledClient } from "../store/identity-store.js";
import { databaseUrlOption, dataOption, type StoreOptions, withStore } from "../store/store-options.js";

interface ClientsOptions extends StoreOptions {
  readonly json?: boolean;
}

/** `clients`: whose keys are enrolled, and the end of one. */
export function clientsCommand(): Command {
  return strictCommand("clients")
    .description("List the enrolled clients, or revoke one.")
    .addCommand(listCommand())
    .addCommand(revokeCommand());
}

function listCommand(): Command {
  return overStore("list")
    .description("Every enrolled client, the oldest first.")
    .action((options: ClientsOptions) =>
      withStore(options, async ({ identities }) => {
        const clients = await identities.clients();
        if (options.json) console.log(JSON.stringify({ clients }));
        else for (const client of clients) console.log(inWords(client));
      }),
    );
}

function revokeCommand(): Command {
  return overStore("revoke")
    .description("Shut a client out for good.")
    .argument("<clientId>", "32 hex digits", clientId)
    .addHelpText(
      "after",
      `
With --database-url this works while the coordinator runs: it looks when the client checks in, says that it is
ready, uploads, or joins a cohort. The embedded database belongs to one process: stop the coordinator first.`,
    )
    .action((id: string, options: ClientsOptions) =>
      withStore(options, async ({ identities }) => {
        const outcome = await identities.revoke(id, new Date());
        if (outcome === "unknown") throw new Error(`no client ${id} is enrolled`);
        console.log(options.json ? JSON.stringify({ clientId: id, revoked: true }) : `${id} is revoked`);
      }),
    );
}

const overStore = (name: string): Command =>
  strictCommand(name)
    .addOption(dataOption())
    .addOption(databaseUrlOption())
    .option("--json", "print one JSON object");

function inWords({ clientId, enrolledBy, enrolledAt, revokedAt }: EnrolledClient): string {
  const revoked = revokedAt ? `  revoked ${revokedAt.toISOString()}` : "";
  return `${clientId}  ${enrolledBy.padEnd(6)}  ${enrolledAt.toISOString()}${revoked}`;
}

function clientId(value: string): string {
  if (/^[0-9a-f]{32}$/.test(value)) return value;
  throw new InvalidArgumentError("<clientId> is 32 hex digits");
}
