interface Entry<Event> {
  readonly at: number;
  readonly order: number;
  readonly event: Event;
}

/** Events by time, those of one time in the order they were added: a binary heap. */
export class EventQueue<Event> {
  readonly #heap: Entry<Event>[] = [];
  #added = 0;

  add(at: number, event: Event): void {
    const entry = { at, order: this.#added++, event };
    let place = this.#heap.length;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = this.#heap[above];
      if (!parent || !before(entry, parent)) break;
      this.#heap[place] = parent;
      place = above;
    }
    this.#heap[place] = entry;
  }

  /** Takes out the earliest event. */
  next(): { readonly at: number; readonly event: Event } | undefined {
    const [first] = this.#heap;
    const last = this.#heap.pop();
    if (first && last && first !== last) this.#sink(last);
    return first;
  }

  #sink(entry: Entry<Event>): void {
    const heap = this.#heap;
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      const [left, right] = [heap[below], heap[below + 1]];
      if (left && right && before(right, left)) below++;
      const child = heap[below];
      if (!child || !before(child, entry)) break;
      heap[place] = child;
      place = below;
    }
    heap[place] = entry;
  }
}

const before = (a: Entry<unknown>, b: Entry<unknown>): boolean =>
  a.at < b.at || (a.at === b.at && a.order < b.order);
