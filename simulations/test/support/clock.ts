import type { ClockSpec } from "../../src/virtual/clock/clock-spec.js";

/** As commands run without a word about it: nobody drops out, and the slow are late. */
export const CLOCK: ClockSpec = {
  availability: "always",
  dropout: 0,
  spread: 0.5,
  overSelection: 1.3,
  deadlineSeconds: 600,
  roundEverySeconds: 0,
};
