import type { Random } from "@tacit/shared";
import { clicks, type Toy } from "../toys/toy.js";
import { ACTING, DAY, visit } from "./visit.js";

const KINDS = ["bait", "solid"] as const;
const ITEMS = 4;
const HISTORIES = 200;
const VISITS = 6;
const CLICKED = { bait: 0.6, solid: 0.35 };
const SECONDS = { bait: 3, solid: 50 };

/** Bait is clicked more often and left at once; what is solid is clicked less often and stayed with. */
export function baitToy(random: Random): Toy {
  const any = (kind: string) => `${kind} ${random.integer(ITEMS)}`;
  const weights = { click: 1, dwell: 0.5 };
  return {
    name: "bait",
    needs: "what a click was good for",
    catalogue: { features: [{ name: "kind", kind: "categorical", values: [...KINDS] }] },
    items: KINDS.flatMap((kind) =>
      Array.from({ length: ITEMS }, (_, i) => ({ id: `${kind} ${i}`, features: { kind } })),
    ),
    learning: ACTING,
    arms: {
      linear: { reward: { weights } },
      signed: { reward: { weights, model: { kind: "signed" } } },
      "linear, satisfaction": { reward: { weights, satisfaction: { weight: 2 } } },
    },
    histories: Array.from({ length: HISTORIES }, () =>
      Array.from({ length: VISITS }, (_, day) => {
        const kind = KINDS[random.integer(KINDS.length)] ?? "bait";
        const value = SECONDS[kind] * (0.5 + random.uniform());
        const clicked = random.uniform() < CLICKED[kind];
        const followed = clicked ? ([{ kind: "click" }, { kind: "dwell", value }] as const) : [];
        return visit(any(kind), day * DAY, 1 / (KINDS.length * ITEMS), followed);
      }).flat(),
    ),
    choices: Array.from({ length: 50 }, () => ({
      history: clicks(KINDS.map(any)),
      right: any("solid"),
      wrong: any("bait"),
    })),
  };
}
