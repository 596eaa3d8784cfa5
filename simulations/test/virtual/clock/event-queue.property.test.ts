import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventQueue } from "../../../src/virtual/clock/event-queue.js";

describe("the event queue", () => {
  it("gives events by time, those of one time in the order they came", () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (times) => {
        const queue = new EventQueue<number>();
        for (const [order, at] of times.entries()) queue.add(at, order);
        const out: { at: number; event: number }[] = [];
        for (let next = queue.next(); next; next = queue.next()) out.push({ at: next.at, event: next.event });
        const sorted = times.map((at, event) => ({ at, event })).toSorted((a, b) => a.at - b.at);
        expect(out).toEqual(sorted);
      }),
    ));

  it("takes events between others", () => {
    const queue = new EventQueue<string>();
    queue.add(2, "second");
    queue.add(1, "first");
    expect(queue.next()?.event).toBe("first");
    queue.add(1.5, "between");
    expect(queue.next()?.event).toBe("between");
    expect(queue.next()?.event).toBe("second");
    expect(queue.next()).toBeUndefined();
  });
});
