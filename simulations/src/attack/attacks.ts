import { mean } from "./vectors.js";

/** What corrupt clients do. All but `scaled-past-clip` keep to the client's own code, which clips. */
export const ATTACKS = ["none", "sign-flip", "scaled", "scaled-past-clip", "reward-flip", "sybil"] as const;
export type Attack = (typeof ATTACKS)[number];

export const ATTACK_MEANINGS: Readonly<Record<Attack, string>> = {
  none: "corrupt clients behave like the others",
  "sign-flip": "each sends its update with the opposite sign",
  scaled: "the same, ten times as long; the clip cuts it back",
  "scaled-past-clip": "the same from clients rewritten not to clip",
  "reward-flip": "each trains on its history with every reward negated",
  sybil: "all send one and the same vector, against the mean of their updates",
};

const BOOST = 10;

/** Updates of the corrupt clients, before sealing, from those that they would have sent. */
export function poison(attack: Attack, updates: readonly Float32Array[]): readonly Float32Array[] {
  switch (attack) {
    case "none":
    case "reward-flip":
      return updates;
    case "sign-flip":
      return updates.map((update) => update.map((value) => -value));
    case "scaled":
    case "scaled-past-clip":
      return updates.map((update) => update.map((value) => -BOOST * value));
    case "sybil": {
      const same = mean(updates).map((value) => -BOOST * value);
      return updates.map(() => same);
    }
  }
}
