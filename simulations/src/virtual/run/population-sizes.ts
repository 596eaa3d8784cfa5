/** What is taken where nothing is said: of histories that are there already, and of people who respond. */
export const SIZES = {
  histories: { clients: 10_000, cohort: 500, rounds: 20, users: 500 },
  live: { clients: 10_000, cohort: 1000, rounds: 60, users: 400 },
} as const;

/** For the help of an option. */
export const sizeText = (name: keyof (typeof SIZES)["live"]): string =>
  `(default: ${SIZES.histories[name]}, of live environments ${SIZES.live[name]})`;
