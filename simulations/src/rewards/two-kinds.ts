import type { Random } from "@tacit/shared";
import { clicks, type Toy } from "../toys/toy.js";

const ITEMS = 4;
const CHOICES = 50;

/** Two kinds of items, four of each, and the question which kind should be ranked first. */
export interface TwoKinds<Kind extends string> extends Pick<Toy, "catalogue" | "items"> {
  any(kind: Kind): string;
  anyKind(): Kind;
  /** Of every item where all are shown as often. */
  readonly propensity: number;
  choices(right: Kind, wrong: Kind): Toy["choices"];
}

export function twoKinds<Kind extends string>(kinds: readonly [Kind, Kind], random: Random): TwoKinds<Kind> {
  const any = (kind: Kind) => `${kind} ${random.integer(ITEMS)}`;
  return {
    any,
    anyKind: () => kinds[random.integer(kinds.length) === 0 ? 0 : 1],
    propensity: 1 / (kinds.length * ITEMS),
    catalogue: { features: [{ name: "kind", kind: "categorical", values: [...kinds] }] },
    items: kinds.flatMap((kind) =>
      Array.from({ length: ITEMS }, (_, i) => ({ id: `${kind} ${i}`, features: { kind } })),
    ),
    choices: (right, wrong) =>
      Array.from({ length: CHOICES }, () => ({
        history: clicks(kinds.map(any)),
        right: any(right),
        wrong: any(wrong),
      })),
  };
}
