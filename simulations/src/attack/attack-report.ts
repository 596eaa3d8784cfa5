import type { AttackCell, AttackComparison } from "./attack-comparison.js";
import { ATTACK_MEANINGS, ATTACKS } from "./attacks.js";
import { DEFENCES, type Defence } from "./defences.js";

const NAME = 28;
const CELL = 18;

/** The damage in two tables, a rule a row and an attack a column. */
export function attackReport({ cells, initialHitRate }: AttackComparison): string[] {
  const before = `${initialHitRate.mean.toFixed(3)} ± ${initialHitRate.standardError.toFixed(3)}`;
  return [
    `HR@10 of people who took no part (before any training: ${before}); *: rounds were lost`,
    ...table(cells, ({ hitRate, lostRounds }) => hitRate.toFixed(3) + (lostRounds > 0 ? "*" : " ")),
    "",
    "distance of the first round's update from the honest mean, in lengths of that mean",
    ...table(cells, ({ distance }) => `${distance.toFixed(2)} `),
    "",
    ...ATTACKS.map((attack) => `${attack.padEnd(CELL)}${ATTACK_MEANINGS[attack]}`),
  ];
}

export const nameOf = ({ combine, sees }: Defence): string =>
  sees === "groups" ? `${combine} of groups` : combine;

function table(cells: readonly AttackCell[], shown: (cell: AttackCell) => string): string[] {
  const header = "".padEnd(NAME) + ATTACKS.map((attack) => `${attack} `.padStart(CELL)).join("");
  const rows = DEFENCES.map((defence) => {
    const row = cells.filter(({ combine, sees }) => combine === defence.combine && sees === defence.sees);
    return nameOf(defence).padEnd(NAME) + row.map((cell) => shown(cell).padStart(CELL)).join("");
  });
  return [header, ...rows];
}
