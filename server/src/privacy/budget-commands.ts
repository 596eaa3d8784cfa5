import { leastNoise, type MechanismEvent, mostCompositions, type PrivacyEvent } from "@tacit/shared";
import type { Command } from "commander";
import { positive, strictCommand } from "../command-line.js";
import { accountantOf, withAccountant, withDelta } from "./accountant-options.js";
import { print, type ReadOptions, read, withCompositions } from "./epsilon-command.js";
import { eventOf, MULTIPLIED, withMechanism, withSampling } from "./mechanism-options.js";

interface BudgetOptions extends ReadOptions {
  readonly epsilon: number;
}

/** `privacy compositions`, `privacy noise-multiplier`: what fits into a budget. */
export const budgetCommands = (): Command[] => [compositions(), noiseMultiplier()];

const withBudget = (command: Command): Command =>
  withDelta(withAccountant(command)).requiredOption(
    "--epsilon <epsilon>",
    "of the budget",
    positive("--epsilon"),
  );

function compositions(): Command {
  const command = withBudget(withMechanism(strictCommand("compositions")))
    .description("How many times a mechanism may be used within a budget.")
    .option("--json", "print one JSON object");
  return command.action((options: BudgetOptions) => {
    const { accountant, delta, epsilon, mechanism } = options;
    const most = read(command, { ...options, compositions: 1 }, (counting, [one]) => {
      if (!one || counting.epsilon([one], delta) === undefined) return undefined;
      return mostCompositions(counting, one.event, { epsilon, delta });
    });
    print(options, { compositions: most, epsilon, delta, accountant, mechanism }, () => {
      return `${most} times within epsilon ${epsilon} at delta ${delta} (${accountant})`;
    });
  });
}

function noiseMultiplier(): Command {
  const command = withBudget(
    withCompositions(withSampling(strictCommand("noise-multiplier"), MULTIPLIED)),
  ).description(
    "The least noise over sensitivity that keeps a mechanism, used so many times, within a budget.",
  );
  return command.action((options: BudgetOptions) => {
    const { accountant, compositions: times, delta, epsilon, mechanism } = options;
    const counting = accountantOf(options);
    const event = eventOf({ ...options, noiseMultiplier: 1 }, (message) => command.error(message));
    const eventsAt = (noise: number) => [{ event: withNoise(event, noise), compositions: times }];
    if (counting.epsilon(eventsAt(1), delta) === undefined) {
      return command.error(
        `error: --accountant: ${accountant} cannot count ${mechanism} with these parameters; use rdp`,
      );
    }
    const least =
      leastNoise(counting, eventsAt, { epsilon, delta }) ??
      command.error(`error: --epsilon: ${epsilon} needs more noise than 1000000 times the sensitivity`);
    print(
      options,
      { noiseMultiplier: least, epsilon, delta, accountant, mechanism, compositions: times },
      () => {
        return `noise multiplier ${least} for epsilon ${epsilon} at delta ${delta} (${accountant})`;
      },
    );
  });
}

function withNoise(event: PrivacyEvent, noiseMultiplier: number): PrivacyEvent {
  const louder = (inner: MechanismEvent) =>
    "noiseMultiplier" in inner ? { ...inner, noiseMultiplier } : inner;
  return event.mechanism === "poisson-sampled" ? { ...event, event: louder(event.event) } : louder(event);
}
