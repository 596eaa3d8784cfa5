import type { Catalogue } from "@tacit/shared";
import type { Environment, EnvironmentClient } from "../environments/environment.js";
import { evaluate } from "./evaluate.js";
import type { Scorer } from "./scorer.js";

/** HR@10 where little is known; what nobody of the sample is a case of is absent. */
export interface ColdStart {
  /** Of people without any history. */
  readonly newUser: number;
  /** Of people of whom the latest {@link TINY} interactions are all that is known. */
  readonly tinyHistory: number;
  /** Of items that nobody has in a history. */
  readonly newItem?: number;
  /** Of whom such an item is held out. */
  readonly newItemUsers: number;
}

export const TINY = 3;

/**
 * The same people as if they had just come, and as if they had just begun; and the items that are new to everybody.
 * @param tried in anybody's history, of the sample or not.
 */
export function coldStart(
  scorer: Scorer,
  environment: Environment,
  catalogue: Catalogue,
  tried: ReadonlySet<string>,
  seed: number,
): ColdStart {
  const rate = (clients: readonly EnvironmentClient[]) =>
    evaluate(scorer, { ...environment, clients }, catalogue, [seed]).metrics["hr@10"].mean;
  const { clients } = environment;
  const surprised = clients.filter(({ heldOut }) => !tried.has(heldOut.itemId));
  return {
    newUser: rate(clients.map((client) => stranger(client, 0))),
    tinyHistory: rate(clients.map((client) => stranger(client, TINY))),
    ...(surprised.length > 0 && { newItem: rate(surprised) }),
    newItemUsers: surprised.length,
  };
}

/** By another id: a model that a person has trained alone is not there yet either. */
const stranger = (client: EnvironmentClient, interactions: number): EnvironmentClient => ({
  ...client,
  id: `new ${client.id}`,
  history: interactions > 0 ? client.history.slice(-interactions) : [],
});
