import { type Accountant, composeRdp, type RepeatedEvent } from "@tacit/shared";
import type { Command } from "commander";
import { between, orders, strictCommand, whole } from "../command-line.js";
import {
  ACCOUNTANTS,
  type AccountantOptions,
  accountantOf,
  withAccountant,
  withDelta,
} from "./accountant-options.js";
import { eventOf, type MechanismOptions, withMechanism } from "./mechanism-options.js";

export interface ReadOptions extends MechanismOptions, AccountantOptions {
  readonly mechanism: MechanismOptions["mechanism"];
  readonly compositions: number;
  readonly json?: boolean;
}

export const withCompositions = (command: Command): Command =>
  command
    .option("--compositions <number>", "times it is used", whole("--compositions", 1, 1e12), 1)
    .option("--json", "print one JSON object");

/** `privacy epsilon`, `privacy delta`, `privacy compare`, `privacy rdp`: one mechanism, read by its accountants. */
export const readingCommands = (): Command[] => [epsilon(), delta(), compare(), rdp()];

function epsilon(): Command {
  const command = withDelta(
    withAccountant(withCompositions(withMechanism(strictCommand("epsilon")))),
  ).description("Epsilon of a mechanism that is used so many times.");
  return command.action((options: ReadOptions) => {
    const { accountant, compositions, delta: atDelta, mechanism } = options;
    const value = read(command, options, (counting, events) => counting.epsilon(events, atDelta));
    print(options, { epsilon: value, delta: atDelta, accountant, mechanism, compositions }, () => {
      return `epsilon ${value} at delta ${atDelta} (${accountant})`;
    });
  });
}

function delta(): Command {
  const command = withAccountant(withCompositions(withMechanism(strictCommand("delta"))))
    .description("Delta of a mechanism that is used so many times, for an epsilon.")
    .requiredOption("--epsilon <epsilon>", "at least 0", between("--epsilon", 0, 1e9));
  return command.action((options: ReadOptions & { readonly epsilon: number }) => {
    const { accountant, compositions, epsilon: wanted, mechanism } = options;
    const value = read(command, options, (counting, events) => counting.delta(events, wanted));
    print(options, { delta: value, epsilon: wanted, accountant, mechanism, compositions }, () => {
      return `delta ${value} at epsilon ${wanted} (${accountant})`;
    });
  });
}

function compare(): Command {
  const command = withDelta(withCompositions(withMechanism(strictCommand("compare")))).description(
    "Epsilon of a mechanism by every accountant, side by side.",
  );
  return command.action((options: ReadOptions) => {
    const { compositions, delta: atDelta, mechanism } = options;
    const events = [{ event: eventOf(options, (message) => command.error(message)), compositions }];
    const epsilons = ACCOUNTANTS.map((accountant) => {
      const value = accountantOf({ ...options, accountant }).epsilon(events, atDelta);
      return [accountant, value ?? null] as const;
    });
    print(options, { ...Object.fromEntries(epsilons), delta: atDelta, mechanism, compositions }, () =>
      epsilons.map(([name, value]) => `${name.padEnd(6)}${value ?? "cannot count it"}`).join("\n"),
    );
  });
}

function rdp(): Command {
  const command = withCompositions(withMechanism(strictCommand("rdp")))
    .description("Rényi divergences of a mechanism that is used so many times.")
    .requiredOption("--orders <list>", "orders above 1: 1.5,2.5,5", orders("--orders"));
  return command.action((options: ReadOptions & { readonly orders: readonly number[] }) => {
    const event = eventOf(options, (message) => command.error(message));
    const divergences = composeRdp([{ event, compositions: options.compositions }], options.orders);
    print(options, { orders: options.orders, rdp: divergences }, () => divergences.join("\n"));
  });
}

/** What an accountant reads of the mechanism; ends the command where it has no bound. */
export function read(
  command: Command,
  options: ReadOptions,
  how: (accountant: Accountant, events: readonly RepeatedEvent[]) => number | undefined,
): number {
  const { accountant, compositions, mechanism } = options;
  const event = eventOf(options, (message) => command.error(message));
  return (
    how(accountantOf(options), [{ event, compositions }]) ??
    command.error(
      `error: --accountant: ${accountant} cannot count ${mechanism} with these parameters; use rdp`,
    )
  );
}

export function print({ json }: { readonly json?: boolean }, answer: object, text: () => string): void {
  console.log(json ? JSON.stringify(answer) : text());
}
