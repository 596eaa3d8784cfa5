import { type PrivacyAnswer, type PrivacyQuestion, planPrivacy, uploadBytes } from "@tacit/shared";
import type { Command } from "commander";
import { between, positive, strictCommand, whole } from "../command-line.js";

/** `privacy plan`: what a target costs, before anyone is asked to take part. */
export function planCommand(): Command {
  const command = strictCommand("plan")
    .description("Noise, modulus and participations for a privacy target, and what signal they leave.")
    .requiredOption("--clients <number>", "in the whole population", whole("--clients", 1, 1e9))
    .requiredOption("--cohort <number>", "clients asked in each round", whole("--cohort", 1, 1e5))
    .option("--dropout <fraction>", "of a cohort that never uploads", between("--dropout", 0, 0.99), 0.1)
    .option(
      "--corrupt <fraction>",
      "of a cohort whose noise does not count",
      between("--corrupt", 0, 0.99),
      0,
    )
    .option("--rounds-per-day <number>", "rounds", positive("--rounds-per-day"), 24)
    .option("--days <number>", "of the whole task", positive("--days"), 7)
    .option("--epsilon <number>", "target, against the released models", positive("--epsilon"), 10)
    .option("--delta <number>", "between 0 and 1", between("--delta", 0, 1, "open"), 1e-5)
    .requiredOption("--dimension <number>", "parameters of the model", whole("--dimension", 1, 1e7))
    .option("--clip <number>", "L2 bound of one update", positive("--clip"), 1)
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      `
Example:
  $ tacit-server privacy plan --clients 20000 --cohort 500 --dimension 3000 --rounds-per-day 8 --days 14 --epsilon 8`,
    );
  return command.action((options: PrivacyQuestion & { readonly json?: boolean }) => {
    const planned = planPrivacy(options);
    if (!planned.ok) return command.error(`error: --${planned.field}: ${planned.message}`);
    const answer = { ...planned.answer, bytesPerUpload: uploadBytes(options.dimension, planned.answer.bits) };
    if (options.json) console.log(JSON.stringify(answer));
    else for (const line of inWords(options, answer)) console.log(line);
  });
}

function inWords(
  question: PrivacyQuestion,
  answer: PrivacyAnswer & { readonly bytesPerUpload: number },
): string[] {
  const row = (name: string, value: string | number, meaning: string) =>
    `${name.padEnd(24)}${String(value).padEnd(14)}${meaning}`;
  const number = (value: number) => Number(value.toPrecision(4));
  return [
    row("rounds", answer.rounds, `of ${question.cohort} clients each`),
    row(
      "participations cap",
      answer.maximumParticipations,
      `a client; ${number(answer.expectedParticipations)} expected`,
    ),
    row("fewest contributors", answer.minimumContributors, "below which no sum is opened"),
    row("noise multiplier", answer.noiseMultiplier, "noise of the sum, in units of the clip"),
    row("bits", answer.bits, "a coordinate"),
    row("scale", number(answer.scale), "integers a unit"),
    row("bytes per upload", answer.bytesPerUpload, ""),
    row(
      "signal to noise",
      number(answer.signalToNoise),
      "length of a clipped update over that of the noise on the mean; 1 where all updates agree is workable",
    ),
    row("epsilon, releases", number(answer.releasesEpsilon), `at delta ${question.delta}`),
    row(
      "epsilon, coordinator",
      number(answer.coordinatorEpsilon),
      "which sees sums only: updates are masked",
    ),
  ];
}
