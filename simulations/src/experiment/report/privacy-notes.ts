import type { Trial } from "../../scenario/trial.js";
import type { SpentPrivacy } from "../../virtual/run/run-plan.js";
import { type SaidOfArm, saidOfArms } from "./said-of-arms.js";

/** What a column of epsilons leaves open: at which delta, of whom, and what the coordinator may learn. Nothing where nothing is promised. */
export function privacyNotes(trials: readonly Trial[]): string[] {
  const arms = mostSpent(trials);
  if (arms.length === 0) return [];
  const said = (text: (privacy: SpentPrivacy) => string) =>
    each(arms.map(({ arm, variation, privacy }) => ({ arm, variation, text: text(privacy) })));
  const delta = said((privacy) => String(privacy.delta));
  const times = said(({ participations }) => `${participations} ${participations === 1 ? "time" : "times"}`);
  const coordinator = said(({ coordinatorEpsilon, releasesEpsilon }) => {
    const against = epsilonText(coordinatorEpsilon);
    return against === epsilonText(releasesEpsilon) ? "the same" : against;
  });
  return [
    `epsilon: against whoever sees the released models, at delta ${delta}, of the client that took part most often: ${times}; against the coordinator: ${coordinator}`,
  ];
}

interface Spending {
  readonly arm: string;
  readonly variation: string;
  readonly privacy: SpentPrivacy;
}

/** Of each arm, the seed that spent most against whoever sees the models. */
function mostSpent(trials: readonly Trial[]): Spending[] {
  const most = new Map<string, Spending>();
  for (const { arm, variation, privacy } of trials) {
    const key = JSON.stringify([variation, arm]);
    const known = most.get(key)?.privacy;
    if (privacy && !(known && spent(known) >= spent(privacy))) most.set(key, { arm, variation, privacy });
  }
  return [...most.values()];
}

/** Without a promise, everything. */
const spent = ({ releasesEpsilon }: SpentPrivacy): number => releasesEpsilon ?? Number.POSITIVE_INFINITY;

const epsilonText = (epsilon: number | null): string => epsilon?.toFixed(2) ?? "no promise";

/** What is the same for all is said of nobody by name. */
function each(said: readonly SaidOfArm[]): string {
  const texts = saidOfArms(said);
  return texts.map(({ text, of }) => (texts.length > 1 ? `${text} (${of.join("; ")})` : text)).join(", ");
}
