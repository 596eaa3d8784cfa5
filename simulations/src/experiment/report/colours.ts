/** Of an arm among others: baselines grey and brown, federations from blue (no noise) to red (most), upper bounds dark. */
export function armColours(arms: readonly string[]): string[] {
  const federated = arms.filter((arm) => arm.startsWith("federated"));
  const last = Math.max(1, federated.length - 1);
  return arms.map((arm) => {
    const place = federated.indexOf(arm);
    return place >= 0 ? onRamp(place / last) : (OTHERS.get(arm) ?? OWN_RULE);
  });
}

const OTHERS: ReadonlyMap<string, string> = new Map([
  ["random", "#a3abb5"],
  ["popularity", "#8a6d3b"],
  ["initial", "#c0a16b"],
  ["local-only", "#5b6775"],
  ["centralised", "#1d2733"],
  ["oracle", "#6a4c93"],
]);

/** The baseline that an environment brings, under a name of its own. */
const OWN_RULE = "#b58f7a";

/** Red, green, blue. */
const RAMP = [
  [0x1f, 0x6f, 0xb2],
  [0x3b, 0x9e, 0xa5],
  [0x5a, 0xa6, 0x4f],
  [0xd9, 0xa5, 0x21],
  [0xd9, 0x70, 0x1a],
  [0xc0, 0x39, 0x2b],
] as const;

/** @param along from 0, the first colour, to 1, the last. */
function onRamp(along: number): string {
  const place = along * (RAMP.length - 1);
  const from = Math.min(Math.floor(place), RAMP.length - 2);
  const [below = [], above = []] = RAMP.slice(from, from + 2);
  const mixed = below.map((part, i) => Math.round(part + (place - from) * ((above[i] ?? part) - part)));
  return `#${mixed.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/**
 * Of tasks, which are in no order. Found by a search for eight hues of at least 3:1 with white, as far apart as can be to
 * people who lack any one kind of cones (Machado, Oliveira and Fernandes 2009), and laid so that neighbours are furthest apart.
 */
export const TASK_COLOURS = [
  "#014b79",
  "#3a99ba",
  "#73311b",
  "#91921f",
  "#785c00",
  "#ed3b87",
  "#a245d9",
  "#2e835f",
] as const;

/** Of text, axes, and what belongs to no arm. */
export const INK = "#1d2733";
