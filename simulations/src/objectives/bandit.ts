import type { Mdp } from "./mdp.js";
import type { Problem } from "./problem.js";

/** How often each arm pays; the best one is not what was shown most. */
const ARMS = [0.2, 0.5, 0.35, 0.8, 0.1];
const SHOWN = [0.1, 0.5, 0.15, 0.15, 0.1];

const mdp: Mdp = {
  states: 1,
  actions: ARMS.length,
  discount: 0,
  starts: [0],
  worth: { purchase: 1 },
  outcomes: (_, action) => {
    const probability = ARMS[action] ?? 0;
    return [{ probability, event: "purchase" }, { probability: 1 - probability }];
  },
};

/** One state, five arms: which pays most? */
export const bandit: Problem = {
  name: "bandit",
  needs: "to prefer what pays over what was shown",
  mdp,
  behaviour: () => SHOWN,
  episodes: 800,
};
