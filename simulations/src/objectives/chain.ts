import type { Mdp } from "./mdp.js";
import type { Problem } from "./problem.js";

const LENGTH = 5;
const [TAKE, GO] = [0, 1];
const SMALL = 0.2;

/** In every state a little can be had at once, which ends the episode; at the end of the chain there is much. */
const mdp: Mdp = {
  states: LENGTH,
  actions: 2,
  discount: 0.9,
  starts: [0],
  worth: { click: SMALL, purchase: 1 },
  outcomes: (state, action) => {
    if (action === TAKE) return [{ probability: 1, event: "click" }];
    return state + 1 < LENGTH
      ? [{ probability: 1, next: state + 1 }]
      : [{ probability: 1, event: "purchase" }];
  },
};

/** What was logged mostly goes on to the end. */
export const chain: Problem = {
  name: "chain",
  needs: "to wait for a reward that comes steps later",
  mdp,
  behaviour: (): readonly number[] => {
    const policy = [0, 0];
    policy[TAKE] = 0.3;
    policy[GO] = 0.7;
    return policy;
  },
  episodes: 300,
};

/** What was logged mostly takes the little: going on pays only for who goes on afterwards, too. */
export const impatientChain: Problem = {
  ...chain,
  name: "impatient chain",
  needs: "to be more patient than whoever logged",
  behaviour: () => [0.6, 0.4],
  episodes: 900,
};
