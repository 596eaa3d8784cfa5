import {
  type Accountant,
  composeRdp,
  exactAccountant,
  mostCompositions,
  pldAccountant,
  type RepeatedEvent,
  rdpAccountant,
  zcdpAccountant,
} from "@tacit/shared";
import { type Command, Option } from "commander";
import { between, orders, positive, strictCommand, whole } from "../command-line.js";
import { eventOf, type MechanismOptions, withMechanism } from "./mechanism-options.js";

const ACCOUNTANTS = ["rdp", "pld", "zcdp", "exact"] as const;

interface ReadOptions extends MechanismOptions {
  readonly accountant: (typeof ACCOUNTANTS)[number];
  readonly compositions: number;
  readonly delta: number;
  readonly epsilon: number;
  readonly json?: boolean;
}

/** The orders of the distributed discrete Gaussian's published accountant. */
const INTEGER_ORDERS = Array.from({ length: 255 }, (_, i) => i + 2);

function accountantOf({ accountant, mechanism }: ReadOptions): Accountant {
  switch (accountant) {
    case "rdp":
      return rdpAccountant(mechanism === "distributed-discrete-gaussian" ? INTEGER_ORDERS : undefined);
    case "pld":
      return pldAccountant;
    case "zcdp":
      return zcdpAccountant;
    case "exact":
      return exactAccountant;
  }
}

function reading(name: string): Command {
  return withMechanism(strictCommand(name))
    .option("--compositions <number>", "times it is used", whole("--compositions", 1, 1e12), 1)
    .option("--json", "print one JSON object");
}

const accountantOption = () =>
  new Option("--accountant <name>", "who counts").choices(ACCOUNTANTS).default("rdp");
const deltaOption = ["--delta <delta>", "between 0 and 1", between("--delta", 0, 1, "open"), 1e-5] as const;

/** `privacy epsilon`, `privacy delta`, `privacy compositions`, `privacy rdp`: one mechanism, read by one accountant. */
export function readingCommands(): Command[] {
  const epsilon = reading("epsilon")
    .description("Epsilon of a mechanism that is used so many times.")
    .addOption(accountantOption())
    .option(...deltaOption);
  epsilon.action((options: ReadOptions) => {
    const { accountant, compositions, delta, mechanism } = options;
    const value = read(epsilon, options, (counting, events) => counting.epsilon(events, delta));
    print(options, { epsilon: value, delta, accountant, mechanism, compositions }, () => {
      return `epsilon ${value} at delta ${delta} (${accountant})`;
    });
  });

  const delta = reading("delta")
    .description("Delta of a mechanism that is used so many times, for an epsilon.")
    .addOption(accountantOption())
    .requiredOption("--epsilon <epsilon>", "at least 0", between("--epsilon", 0, 1e9));
  delta.action((options: ReadOptions) => {
    const { accountant, compositions, epsilon: wanted, mechanism } = options;
    const value = read(delta, options, (counting, events) => counting.delta(events, wanted));
    print(options, { delta: value, epsilon: wanted, accountant, mechanism, compositions }, () => {
      return `delta ${value} at epsilon ${wanted} (${accountant})`;
    });
  });

  const compositions = withMechanism(strictCommand("compositions"))
    .description("How many times a mechanism may be used within a budget.")
    .addOption(accountantOption())
    .requiredOption("--epsilon <epsilon>", "of the budget", positive("--epsilon"))
    .option(...deltaOption)
    .option("--json", "print one JSON object");
  compositions.action((options: ReadOptions) => {
    const { accountant, delta: atDelta, epsilon: wanted, mechanism } = options;
    const most = read(compositions, { ...options, compositions: 1 }, (counting, [one], again) => {
      if (!one || counting.epsilon([one], atDelta) === undefined) return undefined;
      return mostCompositions(counting, again, { epsilon: wanted, delta: atDelta });
    });
    print(options, { compositions: most, epsilon: wanted, delta: atDelta, accountant, mechanism }, () => {
      return `${most} times within epsilon ${wanted} at delta ${atDelta} (${accountant})`;
    });
  });

  const rdp = reading("rdp")
    .description("Rényi divergences of a mechanism that is used so many times.")
    .requiredOption("--orders <list>", "orders above 1: 1.5,2.5,5", orders("--orders"));
  rdp.action((options: ReadOptions & { readonly orders: readonly number[] }) => {
    const event = eventOf(options, (message) => rdp.error(message));
    const divergences = composeRdp([{ event, compositions: options.compositions }], options.orders);
    print(options, { orders: options.orders, rdp: divergences }, () => divergences.join("\n"));
  });
  return [epsilon, delta, compositions, rdp];
}

function read(
  command: Command,
  options: ReadOptions,
  how: (
    accountant: Accountant,
    events: readonly RepeatedEvent[],
    event: RepeatedEvent["event"],
  ) => number | undefined,
): number {
  const { accountant, compositions, mechanism } = options;
  const event = eventOf(options, (message) => command.error(message));
  return (
    how(accountantOf(options), [{ event, compositions }], event) ??
    command.error(
      `error: --accountant: ${accountant} cannot count ${mechanism} with these parameters; use rdp`,
    )
  );
}

function print({ json }: ReadOptions, answer: object, text: () => string): void {
  console.log(json ? JSON.stringify(answer) : text());
}
