import { bandit } from "./bandit.js";
import { chain, impatientChain } from "./chain.js";
import { contextualBandit } from "./contextual-bandit.js";
import { grid } from "./grid.js";
import type { Problem } from "./problem.js";

/** Each with an optimum that is known. */
export const PROBLEMS: readonly Problem[] = [bandit, contextualBandit, chain, impatientChain, grid];
