import { seededRandom } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { chooseEngine } from "../../src/population/engine-choice.js";
import { baitToy } from "../../src/rewards/bait-toy.js";
import { diversityToy } from "../../src/rewards/diversity-toy.js";
import { jackpotToy } from "../../src/rewards/jackpot-toy.js";
import { returnsToy } from "../../src/rewards/returns-toy.js";
import { playToy } from "../../src/toys/play-toy.js";

describe.each([
  { toyOf: baitToy, fooled: "linear", able: ["signed", "linear, satisfaction"] },
  { toyOf: jackpotToy, fooled: "linear", able: ["exponential"] },
  { toyOf: returnsToy, fooled: "linear", able: ["linear, returns"] },
  { toyOf: diversityToy, fooled: "linear", able: ["linear, diversity"] },
])("$toyOf.name", ({ toyOf, fooled, able }) => {
  it(`is ranked as it should be under ${able.join(" and ")}, and by clicks alone otherwise`, async () => {
    const right = playToy(toyOf(seededRandom(1)), await chooseEngine("auto"), 1);
    expect(Object.keys(right)).toEqual([fooled, ...able]);
    expect(right[fooled]).toBeLessThan(0.2);
    for (const arm of able) expect(right[arm]).toBeGreaterThan(0.65);
  });
});
