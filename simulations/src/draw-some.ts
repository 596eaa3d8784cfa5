import type { Random } from "@tacit/shared";

/** So many of these values at most, without replacement, in the order in which they are drawn. */
export function drawSome<T>(values: readonly T[], count: number, random: Random): T[] {
  const left = [...values];
  const some = Math.min(count, left.length);
  return Array.from({ length: some }, () => left.splice(random.integer(left.length), 1)).flat();
}

export const shuffled = <T>(values: readonly T[], random: Random): T[] =>
  drawSome(values, values.length, random);
