import { Command } from "commander";
import { budgetCommands } from "./budget-commands.js";
import { readingCommands } from "./epsilon-command.js";
import { figureCommands } from "./figure-commands.js";
import { planCommand } from "./plan-command.js";

/** `tacit-server privacy …`: answers about what privacy costs. */
export function privacyCommand(): Command {
  const privacy = new Command("privacy").description("Answers about what privacy costs.");
  for (const command of [planCommand(), ...readingCommands(), ...budgetCommands(), ...figureCommands()])
    privacy.addCommand(command);
  return privacy;
}
