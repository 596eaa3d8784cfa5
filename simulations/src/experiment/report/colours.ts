/** A colour for each arm's name: a scale of figures. */
export interface Colours {
  readonly domain: readonly string[];
  readonly range: readonly string[];
}

/** Baselines grey and brown, federations from blue (no noise) to red (most), upper bounds dark. */
export function coloursOf(arms: readonly string[]): Colours {
  const domain = [...new Set(arms)];
  const federated = domain.filter((arm) => !BASELINES.has(arm));
  const range = domain.map(
    (arm) =>
      BASELINES.get(arm) ??
      RAMP[Math.round((federated.indexOf(arm) * (RAMP.length - 1)) / Math.max(1, federated.length - 1))] ??
      "#888",
  );
  return { domain, range };
}

const BASELINES: ReadonlyMap<string, string> = new Map([
  ["random", "#a3abb5"],
  ["popularity", "#8a6d3b"],
  ["initial", "#8f98a3"],
  ["local-only", "#5b6775"],
  ["centralised", "#1d2733"],
  ["oracle", "#6a4c93"],
]);

const RAMP = ["#1f6fb2", "#3b9ea5", "#5aa64f", "#d9a521", "#d9701a", "#c0392b"];

/** Those of some arms only, as a legend needs them. */
export function coloursAmong({ domain, range }: Colours, arms: readonly string[]): Colours {
  const shown = domain.flatMap((arm, place) =>
    arms.includes(arm) ? [{ arm, colour: range[place] ?? "" }] : [],
  );
  return { domain: shown.map(({ arm }) => arm), range: shown.map(({ colour }) => colour) };
}
