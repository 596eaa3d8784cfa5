import { refuseSecagg, type SecaggRefusal } from "../refusal.js";
import type { CoordinatorContext } from "./coordinator-context.js";
import type { Cohort } from "./share.js";

/** Nobody would unmask for so few: better to stop before the clients send more. */
export function tooFew(
  { terms }: CoordinatorContext,
  { plan }: Cohort,
  clients: number,
  did: string,
): SecaggRefusal | undefined {
  const least = Math.max(terms.minimumSurvivors, plan.quorum);
  return clients < least
    ? refuseSecagg("too-few-survivors", `only ${clients} ${did}, at least ${least} are needed`)
    : undefined;
}
