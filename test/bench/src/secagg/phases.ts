export const PHASES = ["advertise", "share", "mask", "sign", "unmask"] as const;
export type Phase = (typeof PHASES)[number];
/** One figure for each phase. */
export type Phases = Record<Phase, number>;

export const noPhases = (): Phases => ({ advertise: 0, share: 0, mask: 0, sign: 0, unmask: 0 });

export const total = (phases: Phases): number => PHASES.reduce((sum, phase) => sum + phases[phase], 0);

/** The middle of several runs, phase by phase. */
export function median(runs: readonly Phases[]): Phases {
  const middle = noPhases();
  for (const phase of PHASES) {
    const sorted = runs.map((run) => run[phase]).sort((a, b) => a - b);
    middle[phase] = sorted[sorted.length >>> 1] ?? Number.NaN;
  }
  return middle;
}
