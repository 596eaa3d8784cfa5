/**
 * Heights for labels that want to be at these, moved apart as little as keeps `gap` between any two: labels that would lie
 * on each other share the room around the middle of where they want to be.
 */
export function spreadLabels(wanted: readonly number[], gap: number): number[] {
  const order = wanted.map((at, place) => ({ at, place })).toSorted((a, b) => a.at - b.at);
  /** Neighbours that touch, from the lowest on. */
  const groups: { places: number[]; middle: number }[] = [];
  for (const { at, place } of order) {
    let group = { places: [place], middle: at };
    for (let below = groups.at(-1); below && touching(below, group, gap); below = groups.at(-1)) {
      groups.pop();
      group = joined(below, group);
    }
    groups.push(group);
  }
  const heights = new Array<number>(wanted.length).fill(0);
  for (const { places, middle } of groups) {
    for (const [rank, place] of places.entries()) {
      heights[place] = middle + (rank - (places.length - 1) / 2) * gap;
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
