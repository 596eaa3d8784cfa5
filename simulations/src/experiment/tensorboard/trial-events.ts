import type { Trial } from "../../scenario/trial.js";
import type { ScalarEvent } from "./event-file.js";

/**
 * A trial's course by rounds, and its final figures at its last round.
 * @param primary the metric that was looked at on the way.
 */
export function trialEvents({ course, metrics }: Trial, primary: string): ScalarEvent[] {
  const last = course.at(-1)?.round ?? 0;
  const rounds = course.flatMap(({ round, value, epsilon, loss, shareClipped }) =>
    [
      { tag: `course/${primary}`, value },
      { tag: "course/epsilon", value: epsilon },
      { tag: "course/loss", value: loss },
      { tag: "course/clipped", value: shareClipped },
    ].flatMap(({ tag, value }) => (value === null ? [] : [{ tag, step: round, value }])),
  );
  const final = Object.entries(metrics).map(([name, value]) => ({ tag: `final/${name}`, step: last, value }));
  return [...rounds, ...final];
}
