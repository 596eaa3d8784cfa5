import type { BadRows } from "./bad-rows.js";
import type { RawInteraction } from "./layout.js";

/** A MovieLens rating: stars in (0, 5], seconds since 1970. Undefined, and counted as bad, where a field is not that. */
export function ratingRow(
  [userId, itemId, stars, seconds]: readonly (string | undefined)[],
  place: { path: string; line: number },
  bad: BadRows,
): RawInteraction | undefined {
  bad.rows++;
  const value = Number(stars);
  const at = Number(seconds) * 1000;
  const problem = !userId
    ? "no user id"
    : !itemId
      ? "no item id"
      : !stars || !(value > 0 && value <= 5)
        ? `rating "${stars ?? ""}" is not in (0, 5]`
        : !seconds || !Number.isFinite(at)
          ? `timestamp "${seconds ?? ""}" is not a number of seconds`
          : undefined;
  if (problem !== undefined || !userId || !itemId) {
    bad.add(place.path, place.line, problem ?? "no ids");
    return undefined;
  }
  return { userId, itemId, kind: "rating", value, at };
}
