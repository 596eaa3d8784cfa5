import { InvalidArgumentError } from "commander";

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

export const whole = (flag: string, least: number, greatest: number): Parse =>
  parse(
    flag,
    `a whole number from ${least} to ${greatest}`,
    (number) => Number.isInteger(number) && number >= least && number <= greatest,
  );
