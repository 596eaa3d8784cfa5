/** A colour for each arm's name: a scale of figures. */
export interface Colours {
  readonly domain: readonly string[];
  readonly range: readonly string[];
}

/** Baselines grey and brown, federations from blue (no noise) to red (most), upper bounds dark. */
export function coloursOf(arms: readonly string[]): Colours {
  const domain = [...new Set(arms)];
  const federated = domain.filter((arm) => arm.startsWith("federated"));
  const last = Math.max(1, federated.length - 1);
  const range = domain.map((arm) => {
    const place = federated.indexOf(arm);
    return place >= 0 ? onRamp(place / last) : (OTHERS.get(arm) ?? OWN_RULE);
  });
  return { domain, range };
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

/** Those of some arms only, as a legend needs them. */
export function coloursAmong({ domain, range }: Colours, arms: readonly string[]): Colours {
  const shown = domain.flatMap((arm, place) =>
    arms.includes(arm) ? [{ arm, colour: range[place] ?? "" }] : [],
  );
  return { domain: shown.map(({ arm }) => arm), range: shown.map(({ colour }) => colour) };
}
