import { expect, it } from "vitest";
import { SECAGG_REASONS } from "../../../src/secagg/refusal.js";
import { liesAboutShares } from "./lies-about-shares.js";
import { liesAboutSurvivors } from "./lies-about-survivors.js";
import { liesAboutTerms } from "./lies-about-terms.js";
import { liesAboutTheRoster } from "./lies-about-the-roster.js";
import { liesOfAnyKind } from "./lies-of-any-kind.js";
import { liesOfClients } from "./lies-of-clients.js";
import { liesThatEndACohort } from "./lies-that-end-a-cohort.js";

it("every reason there is has a lie that it answers", () => {
  const rows = [
    liesAboutTerms,
    liesAboutTheRoster,
    liesAboutShares,
    liesAboutSurvivors,
    liesOfAnyKind,
    liesOfClients,
    liesThatEndACohort,
  ].flat();
  const answered = new Set(rows.map(({ reason }) => reason));
  expect(SECAGG_REASONS.filter((reason) => !answered.has(reason))).toEqual([]);
});
