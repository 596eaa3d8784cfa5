import type { Random } from "@tacit/shared";
import { shuffled } from "../draw-some.js";
import { clicks, type Toy } from "../toys/toy.js";

const ENDS = ["folk", "jazz", "punk", "soul", "pop", "rock"];
const DIRECTIONS = Array.from({ length: 6 }, (_, direction) => direction);
const HISTORIES = 3000;
const CHOICES = 200;
const signpost = (at: number, to: number | string) => `at ${at} to ${to}`;

/** Two numbers, so that what is alike is near: a point on a circle. */
function pointing(direction: number): number[] {
  const angle = (2 * Math.PI * direction) / DIRECTIONS.length;
  return [Math.cos(angle), Math.sin(angle)];
}

/**
 * Signposts: one stands in each of three directions and points to another, or to a genre. The last event names a direction;
 * the next is the genre that one comes to from there. Half of the histories come to it by one signpost, half by two, and
 * the choices all by two: one must know where the first points to look for the second.
 */
export function twoHopsToy(random: Random): Toy {
  const draw = (hops: number) => {
    const [first = 0, second = 0, third = 0] = shuffled(DIRECTIONS, random);
    const [right = "", wrong = ""] = shuffled(ENDS, random);
    const posts =
      hops === 1
        ? [signpost(first, right), signpost(second, wrong), signpost(third, second)]
        : [signpost(first, second), signpost(second, right), signpost(third, wrong)];
    return { ids: [...shuffled(posts, random), `from ${first}`], right, wrong };
  };
  const to = (target: number | string) =>
    typeof target === "number" ? { to: pointing(target) } : { genre: target };
  // The mean sees the last event alone: what the others say comes by attention.
  const model = { encoder: "attention", heads: 2, historyLength: 4, placeDecay: 10 } as const;
  return {
    name: "two hops",
    needs: "to look for what a first look has found",
    catalogue: {
      features: [
        { name: "at", kind: "vector", length: 2 },
        { name: "to", kind: "vector", length: 2 },
        { name: "genre", kind: "categorical", values: ENDS },
      ],
    },
    items: [
      ...DIRECTIONS.flatMap((at) =>
        [...DIRECTIONS, ...ENDS].map((target) => ({
          id: signpost(at, target),
          features: { at: pointing(at), ...to(target) },
        })),
      ),
      ...DIRECTIONS.map((from) => ({ id: `from ${from}`, features: to(from) })),
      ...ENDS.map((genre) => ({ id: genre, features: { genre } })),
    ],
    arms: {
      "attention, one block": { model },
      "attention, two blocks": { model: { ...model, blocks: 2 } },
    },
    learning: { localSteps: 2000, batchSize: 64, learningRate: 0.002 },
    lastOnly: true,
    histories: Array.from({ length: HISTORIES }, (_, i) => {
      const { ids, right } = draw(1 + (i % 2));
      return clicks([...ids, right]);
    }),
    choices: Array.from({ length: CHOICES }, () => {
      const { ids, right, wrong } = draw(2);
      return { history: clicks(ids), right, wrong };
    }),
  };
}
