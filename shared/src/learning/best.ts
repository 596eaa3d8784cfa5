/** Places of the `count` highest scores, best first; of equal ones the earlier. Takes O(n log count). */
export function best(scores: ArrayLike<number>, count: number): number[] {
  const heap: number[] = [];
  const score = (place: number) => scores[place] ?? 0;
  const worse = (a: number, b: number) => score(a) < score(b) || (score(a) === score(b) && a > b);
  for (let place = 0; place < scores.length; place++) {
    const root = heap[0];
    if (heap.length < count) pushUp(heap, place, worse);
    else if (root !== undefined && worse(root, place)) sinkDown(heap, place, worse);
  }
  return heap.sort((a, b) => (worse(a, b) ? 1 : -1));
}

type Worse = (a: number, b: number) => boolean;

/** A heap whose root is the worst. */
function pushUp(heap: number[], place: number, worse: Worse): void {
  let at = heap.push(place) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent] ?? 0;
    if (!worse(place, above)) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = place;
}

/** Puts a place into the root's stead. */
function sinkDown(heap: number[], place: number, worse: Worse): void {
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    if (left >= heap.length) break;
    const right = left + 1;
    const child = right < heap.length && worse(heap[right] ?? 0, heap[left] ?? 0) ? right : left;
    const below = heap[child] ?? 0;
    if (!worse(below, place)) break;
    heap[at] = below;
    at = child;
  }
  heap[at] = place;
}
