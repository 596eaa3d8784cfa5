/** One way to come to a policy, to be compared with the others on the same people. */
export type Arm =
  | { readonly kind: "random" | "popularity" | "initial" | "local-only" | "centralised" }
  /** Undefined: updates are clipped, nothing is noised, nothing is promised. */
  | { readonly kind: "federated"; readonly epsilon: number | undefined };

export const ARM_KINDS = [
  "random",
  "popularity",
  "initial",
  "local-only",
  "federated",
  "centralised",
] as const satisfies readonly Arm["kind"][];

export function armName(arm: Arm): string {
  if (arm.kind !== "federated") return arm.kind;
  return arm.epsilon === undefined ? "federated, no privacy" : `federated, epsilon ${arm.epsilon}`;
}

/** What `compare` sets side by side: baselines, then federations from the least private to the most, then the upper bound. */
export const comparedArms = (epsilons: readonly number[]): Arm[] => [
  { kind: "random" },
  { kind: "popularity" },
  { kind: "initial" },
  { kind: "local-only" },
  { kind: "federated", epsilon: undefined },
  ...epsilons.toSorted((a, b) => b - a).map((epsilon): Arm => ({ kind: "federated", epsilon })),
  { kind: "centralised" },
];

/** Of an arm among those of several tasks. */
export const fullName = ({ arm, variation }: { readonly arm: string; readonly variation: string }): string =>
  variation === "" ? arm : `${arm}, ${variation}`;
