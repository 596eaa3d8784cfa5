import type { Random } from "@tacit/shared";
import { clicks, type Toy } from "../toys/toy.js";
import { ACTING, DAY, visit } from "./visit.js";

const KINDS = ["jackpot", "steady"] as const;
const ITEMS = 4;
const HISTORIES = 400;
const VISITS = 6;
const FOLLOWS = { jackpot: 0.16, steady: 0.5 };

/** One kind is bought by few, the other clicked by many: a purchase weighs five clicks, and comes from a third as many users. */
export function jackpotToy(random: Random): Toy {
  const any = (kind: string) => `${kind} ${random.integer(ITEMS)}`;
  const weights = { click: 1, purchase: 5 };
  return {
    name: "jackpot",
    needs: "that large signals count for less than their size",
    catalogue: { features: [{ name: "kind", kind: "categorical", values: [...KINDS] }] },
    items: KINDS.flatMap((kind) =>
      Array.from({ length: ITEMS }, (_, i) => ({ id: `${kind} ${i}`, features: { kind } })),
    ),
    learning: ACTING,
    arms: {
      linear: { reward: { weights } },
      exponential: { reward: { weights, model: { kind: "exponential", scale: 1 } } },
    },
    histories: Array.from({ length: HISTORIES }, () =>
      Array.from({ length: VISITS }, (_, day) => {
        const kind = KINDS[random.integer(KINDS.length)] ?? "steady";
        const follows = random.uniform() < FOLLOWS[kind];
        const followed = follows ? [{ kind: kind === "jackpot" ? "purchase" : "click" } as const] : [];
        return visit(any(kind), day * DAY, 1 / (KINDS.length * ITEMS), followed);
      }).flat(),
    ),
    choices: Array.from({ length: 50 }, () => ({
      history: clicks(KINDS.map(any)),
      right: any("steady"),
      wrong: any("jackpot"),
    })),
  };
}
