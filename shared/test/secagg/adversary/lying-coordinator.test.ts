import { describe, expect, it } from "vitest";
import { liesAboutShares } from "./lies-about-shares.js";
import { liesAboutSurvivors } from "./lies-about-survivors.js";
import { liesAboutTerms } from "./lies-about-terms.js";
import { liesAboutTheRoster } from "./lies-about-the-roster.js";
import { liesOfAnyKind } from "./lies-of-any-kind.js";

describe("a client leaves, and says why, when the coordinator", () => {
  const rows = [
    ...liesAboutTerms,
    ...liesAboutTheRoster,
    ...liesAboutShares,
    ...liesAboutSurvivors,
    ...liesOfAnyKind,
  ];

  it.each(rows.map((row) => [row.lie, row.reason, row.attack] as const))(
    "%s: %s",
    async (_, reason, attack) => {
      expect(await attack()).toBe(reason);
    },
  );
});
