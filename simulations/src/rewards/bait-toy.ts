import type { Random } from "@tacit/shared";
import type { Toy } from "../toys/toy.js";
import { twoKinds } from "./two-kinds.js";
import { ACTING, DAY, visit } from "./visit.js";

const HISTORIES = 200;
const VISITS = 6;
const CLICKED = { bait: 0.6, solid: 0.35 };
const SECONDS = { bait: 3, solid: 50 };

/** Bait is clicked more often and left at once; what is solid is clicked less often and stayed with. */
export function baitToy(random: Random): Toy {
  const { any, anyKind, propensity, choices, ...shop } = twoKinds(["bait", "solid"], random);
  const weights = { click: 1, dwell: 0.5 };
  return {
    name: "bait",
    needs: "what a click was good for",
    ...shop,
    learning: ACTING,
    arms: {
      linear: { reward: { weights } },
      signed: { reward: { weights, model: { kind: "signed" } } },
      "linear, satisfaction": { reward: { weights, satisfaction: { weight: 2 } } },
    },
    histories: Array.from({ length: HISTORIES }, () =>
      Array.from({ length: VISITS }, (_, day) => {
        const kind = anyKind();
        const value = SECONDS[kind] * (0.5 + random.uniform());
        const clicked = random.uniform() < CLICKED[kind];
        const followed = clicked ? ([{ kind: "click" }, { kind: "dwell", value }] as const) : [];
        return visit(any(kind), day * DAY, propensity, followed);
      }).flat(),
    ),
    choices: choices("solid", "bait"),
  };
}
