import { describe, expect, it } from "vitest";
import { refuseOwnBudget } from "../../src/task-defaults/own-budget.js";

describe("a task for arms that are named by their epsilon", () => {
  it.each([{ maximumEpsilon: 8 }, { noiseMultiplier: 3 }])("has no budget of its own: %j", (privacy) => {
    expect(() => refuseOwnBudget({ privacy })).toThrow(/^privacy\.(maximumEpsilon|noiseMultiplier): /);
  });

  it("may say all else of privacy", () => {
    for (const overrides of [undefined, {}, { privacy: { clip: 2 } }]) {
      expect(() => refuseOwnBudget(overrides)).not.toThrow();
    }
  });
});
