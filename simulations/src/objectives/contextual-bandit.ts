import type { Mdp } from "./mdp.js";
import type { Problem } from "./problem.js";

const CONTEXTS = 3;
const ARMS = 5;
const OFTEN = 0.35;
/** How often the arm pays that is right, that is next to it, and that is any other. */
const [RIGHT, NEAR, OTHER] = [0.8, 0.5, 0.2];

const right = (context: number) => (2 * context + 1) % ARMS;
const near = (context: number) => (right(context) + 1) % ARMS;

const mdp: Mdp = {
  states: CONTEXTS,
  actions: ARMS,
  discount: 0,
  starts: Array.from({ length: CONTEXTS }, (_, context) => context),
  worth: { purchase: 1 },
  outcomes: (context, arm) => {
    const probability = arm === right(context) ? RIGHT : arm === near(context) ? NEAR : OTHER;
    return [{ probability, event: "purchase" }, { probability: 1 - probability }];
  },
};

/** Three contexts, each with an arm of its own that pays most; another one was shown most. */
export const contextualBandit: Problem = {
  name: "contextual bandit",
  needs: "to tell moments apart",
  mdp,
  behaviour: (context) =>
    Array.from({ length: ARMS }, (_, arm) => (arm === near(context) ? OFTEN : (1 - OFTEN) / (ARMS - 1))),
  episodes: 2500,
};
