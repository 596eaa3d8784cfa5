import type { Random } from "@tacit/shared";
import { clicks, type Toy } from "../toys/toy.js";

const FIRST = ["a", "b", "c", "d"];
const HISTORIES = 200;

/** Two clicks in either order: one order leads to "up", the other to "down". What was clicked is the same. */
export function orderToy(random: Random): Toy {
  const pairs = FIRST.flatMap((x) => FIRST.filter((y) => x !== y).map((y) => [x, y] as const));
  const next = (x: string, y: string) => (x < y ? "up" : "down");
  const ids = [...FIRST, "up", "down"];
  return {
    name: "order",
    needs: "the order of two events",
    catalogue: { features: [{ name: "name", kind: "categorical", values: ids }] },
    items: ids.map((id) => ({ id, features: { name: id } })),
    arms: {
      mean: { model: { encoder: "mean" } },
      gru: { model: { encoder: "gru" } },
      lstm: { model: { encoder: "lstm" } },
      attention: { model: { encoder: "attention" } },
    },
    histories: Array.from({ length: HISTORIES }, () => {
      const [x, y] = pairs[random.integer(pairs.length)] ?? ["a", "b"];
      return clicks([x, y, next(x, y)]);
    }),
    choices: pairs.map(([x, y]) => ({
      history: clicks([x, y]),
      right: next(x, y),
      wrong: next(y, x),
    })),
  };
}
