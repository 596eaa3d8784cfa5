import { platformRandom, type Random } from "@tacit/shared";

/** Splits members into groups whose sizes differ by at most one, every such split being equally likely. */
export function splitCohort(
  members: readonly string[],
  groups: number,
  random: Random = platformRandom(),
): readonly (readonly string[])[] {
  const left = [...members];
  const split: string[][] = Array.from({ length: groups }, () => []);
  for (let place = 0; left.length > 0; place = (place + 1) % groups) {
    split[place]?.push(...left.splice(random.integer(left.length), 1));
  }
  return split;
}
