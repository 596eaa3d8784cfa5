import type { Random } from "@tacit/shared";

/**
 * Tastes of one person for kinds of content: `favourite` for one kind, `second` for another, `other` for the rest, each with
 * normal noise. Kinds are drawn by how common it is to love them: kind k has weight 1 / (1 + k).
 */
export function drawTastes(
  kinds: number,
  { favourite, second, other, noise }: TasteLevels,
  random: Random,
): Float64Array {
  const tastes = Float64Array.from({ length: kinds }, () => other + noise * random.normal());
  const loved = drawKind(kinds, undefined, random);
  const liked = drawKind(kinds, loved, random);
  tastes[loved] = favourite + noise * random.normal();
  tastes[liked] = second + noise * random.normal();
  return tastes;
}

interface TasteLevels {
  readonly favourite: number;
  readonly second: number;
  readonly other: number;
  /** Standard deviation. */
  readonly noise: number;
}

function drawKind(kinds: number, not: number | undefined, random: Random): number {
  const weights = Array.from({ length: kinds }, (_, kind) => (kind === not ? 0 : 1 / (1 + kind)));
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [kind, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return kind;
  }
  return not === 0 ? 1 : 0;
}
