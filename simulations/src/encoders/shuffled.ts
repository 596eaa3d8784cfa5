import type { Random } from "@tacit/shared";

export function shuffled<T>(values: readonly T[], random: Random): T[] {
  const left = [...values];
  return values.flatMap(() => left.splice(random.integer(left.length), 1));
}
