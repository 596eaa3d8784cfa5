import { availableParallelism } from "node:os";
import { strictCommand, whole } from "@tacit/server/command-line";
import type { Command } from "commander";
import type { EngineChoice } from "../../population/engine-choice.js";
import { engineOption } from "../../population/engine-option.js";
import { say } from "../../say.js";
import { supervise } from "../../supervise.js";
import { playChunks } from "./play-chunks.js";

interface WorkerCommandOptions {
  readonly databaseUrl: string;
  readonly workers: number;
  readonly engine: EngineChoice;
}

/** `tacit-sim worker`: plays clients of runs that are started anywhere. */
export function workerCommand(): Command {
  return strictCommand("worker")
    .description("Play virtual clients for runs that share a PostgreSQL database. May be killed at any time.")
    .requiredOption("--database-url <url>", "postgres://…, the one of tacit-sim run --workers")
    .option("-w, --workers <number>", "threads", whole("--workers", 1, 1024), availableParallelism())
    .addOption(engineOption())
    .action(({ databaseUrl: url, ...options }: WorkerCommandOptions) =>
      supervise((signal) => playChunks({ ...options, url, signal, say })),
    );
}
