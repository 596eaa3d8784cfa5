/** One way to come to a policy, to be compared with the others on the same people. */
export type Arm =
  | { readonly kind: "random" | "popularity" | "initial" | "local-only" | "centralised" }
  /** Knows what the people would do: where they can be asked. */
  | { readonly kind: "oracle" }
  /** Undefined: updates are clipped, nothing is noised, nothing is promised. */
  | { readonly kind: "federated"; readonly epsilon: number | undefined };

export const ARM_KINDS = [
  "random",
  "popularity",
  "initial",
  "local-only",
  "federated",
  "centralised",
  "oracle",
] as const satisfies readonly Arm["kind"][];

export function armName(arm: Arm): string {
  if (arm.kind !== "federated") return arm.kind;
  return arm.epsilon === undefined ? "federated, no privacy" : `federated, epsilon ${arm.epsilon}`;
}

/** What `compare` sets side by side: baselines, then federations from the least private to the most, then the upper bounds. */
export const comparedArms = (kinds: readonly Arm["kind"][], epsilons: readonly number[]): Arm[] =>
  ARM_KINDS.filter((kind) => kinds.includes(kind)).flatMap((kind) =>
    kind === "federated"
      ? [undefined, ...epsilons.toSorted((a, b) => b - a)].map((epsilon): Arm => ({ kind, epsilon }))
      : [{ kind }],
  );

/** Of an arm among those of several tasks. */
export const fullName = ({ arm, variation }: { readonly arm: string; readonly variation: string }): string =>
  variation === "" ? arm : `${arm}, ${variation}`;
