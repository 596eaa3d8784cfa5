/** Who takes part when: at most so often, with at least `separation` steps between two times, in so many steps. */
export interface ParticipationPattern {
  readonly participations: number;
  /** Steps between two participations; 0 is every step. */
  readonly separation: number;
  readonly steps: number;
}

/** Participations within a stretch of steps: how many, and the free steps before the first and after the last. */
interface Placement {
  readonly count: number;
  readonly head: number;
  readonly tail: number;
  readonly squares: number;
}

interface Stretch {
  readonly size: number;
  readonly placements: readonly Placement[];
}

/**
 * The squared L2 sensitivity of binary tree aggregation: the worst placement of a client's participations, of the sum
 * over all complete nodes of the square of the participations below (Kairouz et al. 2021, arXiv 2103.00039, App. D).
 * By dynamic programming over complete subtrees, which keeps only placements that no other dominates.
 */
export function squaredTreeSensitivity(pattern: ParticipationPattern): number {
  const gap = pattern.separation + 1;
  const fits = Math.ceil(pattern.steps / gap);
  const limit = pattern.participations < fits ? pattern.participations : undefined;
  let tree: Stretch = { size: 1, placements: [{ count: 1, head: 0, tail: 0, squares: 1 }] };
  let whole: Stretch = { size: 0, placements: [] };
  for (let left = pattern.steps; left > 0; left = Math.floor(left / 2)) {
    // The trees of the set bits of `steps` stand side by side, the largest first, with no node above them.
    if (left % 2 === 1) whole = beside(tree, whole, gap, limit);
    if (left > 1) tree = rooted(beside(tree, tree, gap, limit));
  }
  return whole.placements.reduce((most, { squares }) => Math.max(most, squares), 0);
}

function beside(left: Stretch, right: Stretch, gap: number, limit: number | undefined): Stretch {
  const cap = (steps: number) => Math.min(steps, gap);
  const fronts = new Map<number, Placement[]>();
  const add = (one: Placement) => addUndominated(fronts, limit === undefined ? 0 : one.count, one);
  for (const one of left.placements) add({ ...one, tail: cap(one.tail + right.size) });
  for (const one of right.placements) add({ ...one, head: cap(one.head + left.size) });
  for (const a of left.placements) {
    for (const b of right.placements) {
      if (a.count + b.count > (limit ?? Number.POSITIVE_INFINITY) || a.tail + b.head + 1 < gap) continue;
      const [count, squares] = [a.count + b.count, a.squares + b.squares];
      add({ count, head: a.head, tail: b.tail, squares });
    }
  }
  return { size: left.size + right.size, placements: [...fronts.values()].flat() };
}

const rooted = ({ size, placements }: Stretch): Stretch => ({
  size,
  placements: placements.map((placement) => ({
    ...placement,
    squares: placement.squares + placement.count ** 2,
  })),
});

/**
 * Adds a placement to those that compete, unless one of them leaves as much room and has more squares. Those of one
 * count compete where participations are limited, all where only the separation limits them.
 */
function addUndominated(fronts: Map<number, Placement[]>, key: number, one: Placement): void {
  const front = fronts.get(key) ?? [];
  if (front.some((other) => dominates(other, one))) return;
  fronts.set(key, [...front.filter((other) => !dominates(one, other)), one]);
}

const dominates = (a: Placement, b: Placement) =>
  a.count >= b.count && a.head >= b.head && a.tail >= b.tail && a.squares >= b.squares;
