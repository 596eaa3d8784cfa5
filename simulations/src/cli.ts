import { Command } from "commander";
import { attackCommand } from "./attack/attack-command.js";
import { auditCommand } from "./audit/audit-command.js";
import { compressCommand } from "./compression/compress-command.js";
import { compressionCommand } from "./compression/compression-command.js";
import { encodersCommand } from "./encoders/encoders-command.js";
import { compareCommand } from "./experiment/compare-command.js";
import { sweepCommand } from "./experiment/sweep-command.js";
import { explanationsCommand } from "./explanations/explanations-command.js";
import { explorationCommand } from "./exploration/exploration-command.js";
import { objectivesCommand } from "./objectives/objectives-command.js";
import { evaluateCommand } from "./off-policy/evaluate-command.js";
import { PROGRAM_VERSION } from "./program-version.js";
import { rewardsCommand } from "./rewards/rewards-command.js";
import { runCommand } from "./run-command.js";
import { startCommand } from "./start-command.js";
import { swarmCommand } from "./swarm/swarm-command.js";
import { workerCommand } from "./virtual/database/worker-command.js";

const program = new Command("tacit-sim")
  .description("Simulated populations of Tacit clients: what will privacy cost?")
  .version(PROGRAM_VERSION)
  .enablePositionalOptions()
  .showHelpAfterError("(tacit-sim start --help lists the options)");

program.addCommand(startCommand());
program.addCommand(runCommand());
program.addCommand(compareCommand());
program.addCommand(sweepCommand());
program.addCommand(workerCommand());
program.addCommand(attackCommand());
program.addCommand(auditCommand());
program.addCommand(encodersCommand());
program.addCommand(explorationCommand());
program.addCommand(compressionCommand());
program.addCommand(compressCommand());
program.addCommand(explanationsCommand());
program.addCommand(objectivesCommand());
program.addCommand(rewardsCommand());
program.addCommand(swarmCommand());
program.addCommand(evaluateCommand());
await program.parseAsync();
