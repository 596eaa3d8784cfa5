import type { Random } from "@tacit/shared";
import type { Toy } from "../toys/toy.js";
import { twoKinds } from "./two-kinds.js";
import { ACTING, DAY, visit } from "./visit.js";

const HISTORIES = 400;
const VISITS = 6;
const FOLLOWS = { jackpot: 0.16, steady: 0.5 };

/** One kind is bought by few, the other clicked by many: a purchase weighs five clicks, and comes from a third as many users. */
export function jackpotToy(random: Random): Toy {
  const { any, anyKind, propensity, choices, ...shop } = twoKinds(["jackpot", "steady"], random);
  const weights = { click: 1, purchase: 5 };
  return {
    name: "jackpot",
    needs: "that large signals count for less than their size",
    ...shop,
    learning: ACTING,
    arms: {
      linear: { reward: { weights } },
      exponential: { reward: { weights, model: { kind: "exponential", scale: 1 } } },
    },
    histories: Array.from({ length: HISTORIES }, () =>
      Array.from({ length: VISITS }, (_, day) => {
        const kind = anyKind();
        const follows = random.uniform() < FOLLOWS[kind];
        const followed = follows ? [{ kind: kind === "jackpot" ? "purchase" : "click" } as const] : [];
        return visit(any(kind), day * DAY, propensity, followed);
      }).flat(),
    ),
    choices: choices("steady", "jackpot"),
  };
}
