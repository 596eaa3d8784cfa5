import { referenceEngine, seededRandom } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { contextToy } from "../../src/encoders/context-toy.js";
import { modalityToy } from "../../src/encoders/modality-toy.js";
import { orderToy } from "../../src/encoders/order-toy.js";
import { personalToy } from "../../src/encoders/personal-toy.js";
import { relationsToy } from "../../src/encoders/relations-toy.js";
import { twoHopsToy } from "../../src/encoders/two-hops-toy.js";
import { twoLookupsToy } from "../../src/encoders/two-lookups-toy.js";
import { chooseEngine } from "../../src/population/engine-choice.js";
import { playToy } from "../../src/toys/play-toy.js";

/** Of two items the right one: what has no idea is right half the time. */
const NO_IDEA = 0.65;
/** What knows half of an answer is right in half of the choices, and guesses the rest. */
const HALF = 0.82;
const SOLVED = 0.85;

describe.each([
  { toyOf: orderToy, simple: ["mean"], able: ["gru", "lstm", "attention"] },
  {
    toyOf: twoHopsToy,
    simple: ["attention, one block"],
    able: ["attention, two blocks"],
    below: HALF,
  },
  {
    toyOf: twoLookupsToy,
    simple: ["attention, one head"],
    able: ["attention, four heads"],
    below: HALF,
  },
  { toyOf: contextToy, simple: ["mean, no context"], able: ["mean, context"] },
  { toyOf: relationsToy, simple: ["two-tower"], able: ["graph"] },
  { toyOf: modalityToy, simple: ["two-tower"], able: ["gated-fusion"] },
  { toyOf: personalToy, simple: ["mean, nothing personal"], able: ["mean, personal", "mean, personal of 2"] },
])("$toyOf.name", ({ toyOf, simple, able, below = NO_IDEA }) => {
  it(`is solved by ${able.join(", ")}, and not by ${simple.join(", ")}`, async () => {
    const right = playToy(toyOf(seededRandom(1)), await chooseEngine("auto"), 1);
    expect(Object.keys(right)).toEqual([...simple, ...able]);
    for (const network of simple) expect(right[network]).toBeLessThan(below);
    for (const network of able) expect(right[network]).toBeGreaterThan(SOLVED);
  });
});

it("a toy comes out the same for the same seed, and on any engine", async () => {
  const context = contextToy(seededRandom(2));
  const right = playToy(context, await chooseEngine("auto"), 2);
  expect(playToy(context, await chooseEngine("auto"), 2)).toEqual(right);
  expect(playToy(context, referenceEngine, 2)).toEqual(right);
});
