/**
 * Heights for labels that want to be at these, from `low` to `high`, moved apart as little as keeps `gap` between any two:
 * labels that would lie on each other share the room around the middle of where they want to be. Where there is no room for
 * so much between them, there is as much as there is room for.
 */
export function spreadLabels(
  wanted: readonly number[],
  gap: number,
  { low, high }: { readonly low: number; readonly high: number },
): number[] {
  const apart = Math.min(gap, (high - low) / Math.max(1, wanted.length - 1));
  const order = wanted.map((at, place) => ({ at, place })).toSorted((a, b) => a.at - b.at);
  /** Neighbours that touch, from the lowest on. */
  const groups: Group[] = [];
  for (const { at, place } of order) {
    let group: Group = { places: [place], middle: at };
    for (let below = groups.at(-1); below && touching(below, group, apart); below = groups.at(-1)) {
      groups.pop();
      group = joined(below, group);
    }
    groups.push(group);
  }
  const heights = new Array<number>(wanted.length).fill(0);
  let rank = 0;
  for (const { places, middle } of groups) {
    for (const [within, place] of places.entries()) {
      const at = middle + (within - (places.length - 1) / 2) * apart;
      // Room is left for those below and above: of all that keep the gap, the nearest to where they want to be.
      heights[place] = Math.min(Math.max(at, low + rank * apart), high - (wanted.length - 1 - rank) * apart);
      rank++;
    }
  }
  return heights;
}

interface Group {
  readonly places: number[];
  readonly middle: number;
}

const touching = (below: Group, above: Group, gap: number): boolean =>
  above.middle - below.middle < (gap * (below.places.length + above.places.length)) / 2;

function joined(below: Group, above: Group): Group {
  const places = [...below.places, ...above.places];
  const middle = (below.middle * below.places.length + above.middle * above.places.length) / places.length;
  return { places, middle };
}
