import { Command } from "commander";
import { readingCommands } from "./epsilon-command.js";
import { figureCommands } from "./figure-commands.js";
import { planCommand } from "./plan-command.js";

/** `tacit-server privacy …`: answers about what privacy costs. */
export function privacyCommand(): Command {
  const privacy = new Command("privacy").description("Answers about what privacy costs.");
  for (const command of [planCommand(), ...readingCommands(), ...figureCommands()])
    privacy.addCommand(command);
  return privacy;
}
