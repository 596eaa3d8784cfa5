import type { Random } from "@tacit/shared";
import type { Toy } from "../toys/toy.js";
import { twoKinds } from "./two-kinds.js";
import { ACTING, DAY, visit } from "./visit.js";

const HISTORIES = 200;
const VISITS = 6;
const CLICKED = { "one-off": 0.6, serial: 0.35 };
const RETURNS = { "one-off": 0.1, serial: 0.9 };
/** Days until the next visit, of those who come back soon and of those who do not. */
const [SOON, LATE] = [1, 30];

/** A serial is clicked less often than a one-off, but most of those who clicked it are back the day after. */
export function returnsToy(random: Random): Toy {
  const { any, anyKind, propensity, choices, ...shop } = twoKinds(["one-off", "serial"], random);
  const weights = { click: 1 };
  return {
    name: "returns",
    needs: "what brings users back",
    ...shop,
    learning: ACTING,
    arms: {
      linear: { reward: { weights } },
      "linear, returns": { reward: { weights, returns: { weight: 2, horizonDays: 7 } } },
    },
    histories: Array.from({ length: HISTORIES }, () => {
      let day = 0;
      return Array.from({ length: VISITS }, () => {
        const kind = anyKind();
        const clicked = random.uniform() < CLICKED[kind];
        const seen = visit(any(kind), day * DAY, propensity, clicked ? [{ kind: "click" }] : []);
        day += clicked && random.uniform() < RETURNS[kind] ? SOON : LATE;
        return seen;
      }).flat();
    }),
    choices: choices("serial", "one-off"),
  };
}
