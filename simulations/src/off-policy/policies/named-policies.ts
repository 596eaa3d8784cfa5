/** What `--policy` knows by name; all else is the path of a task.json. */
export const NAMED_POLICIES = ["uniform", "bernoulli-ts", "epsilon-greedy", "empirical"] as const;
