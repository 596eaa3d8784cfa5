import { Command, InvalidArgumentError } from "commander";

const EXIT_BAD_PARAMETER = 2;

/** A subcommand that answers a bad parameter with exit code 2 and one line naming the flag. */
export function strictCommand(name: string): Command {
  return new Command(name)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : EXIT_BAD_PARAMETER))
    .configureOutput({ outputError: (text, write) => write(text.split("\n")[0]?.concat("\n") ?? text) })
    .showHelpAfterError(false);
}

type Parse = (value: string) => number;

const parse =
  (flag: string, allowed: string, fits: (number: number) => boolean): Parse =>
  (value) => {
    const number = Number(value);
    if (value.trim() === "" || !Number.isFinite(number) || !fits(number)) {
      throw new InvalidArgumentError(`${flag} is ${allowed}`);
    }
    return number;
  };

export const positive = (flag: string): Parse => parse(flag, "a number above 0", (number) => number > 0);

/** Within the two ends, or with "open" strictly between them. */
export const between = (flag: string, least: number, greatest: number, ends?: "open"): Parse =>
  ends
    ? parse(flag, `above ${least} and below ${greatest}`, (number) => number > least && number < greatest)
    : parse(flag, `from ${least} to ${greatest}`, (number) => number >= least && number <= greatest);

/** At least 0 and below 1. */
export const fraction = (flag: string): Parse =>
  parse(flag, "at least 0 and below 1", (number) => number >= 0 && number < 1);

export const whole = (flag: string, least: number, greatest: number): Parse =>
  parse(
    flag,
    `a whole number from ${least} to ${greatest}`,
    (number) => Number.isInteger(number) && number >= least && number <= greatest,
  );

/** Rényi orders above 1, by commas, or a range of whole numbers: 2..32. */
export const orders =
  (flag: string) =>
  (value: string): number[] => {
    const [from, to] = value.split("..").map(Number);
    const listed =
      to === undefined || from === undefined
        ? value.split(",").map(Number)
        : Array.from({ length: Math.max(0, Math.min(1e6, to - from + 1)) }, (_, i) => from + i);
    if (listed.length === 0 || !listed.every((order) => Number.isFinite(order) && order > 1)) {
      throw new InvalidArgumentError(`${flag} are numbers above 1: 1.5,2.5,5 or 2..32`);
    }
    return listed;
  };
