/** One way to come to a policy, to be compared with the others on the same people. */
export type Arm =
  | { readonly kind: "random" | "popularity" | "initial" | "local-only" | "centralised" }
  /** A rule that somebody could follow without learning anything, by its own name: where an environment brings one. */
  | { readonly kind: "baseline"; readonly name: string }
  /** Knows what the people would do: where they can be asked. */
  | { readonly kind: "oracle" }
  /** Undefined: updates are clipped, nothing is noised, nothing is promised. */
  | { readonly kind: "federated"; readonly epsilon: number | undefined };

export const ARM_KINDS = [
  "random",
  "popularity",
  "baseline",
  "initial",
  "local-only",
  "federated",
  "centralised",
  "oracle",
] as const satisfies readonly Arm["kind"][];

export function armName(arm: Arm): string {
  if (arm.kind === "baseline") return arm.name;
  if (arm.kind !== "federated") return arm.kind;
  return arm.epsilon === undefined ? "federated, no privacy" : `federated, epsilon ${arm.epsilon}`;
}

interface ComparedArms {
  readonly kinds: readonly Arm["kind"][];
  readonly epsilons: readonly number[];
  /** Name of the environment's own, where it has one. */
  readonly baseline?: string | undefined;
}

/** What `compare` sets side by side: baselines, then federations from the least private to the most, then the upper bounds. */
export const comparedArms = ({ kinds, epsilons, baseline }: ComparedArms): Arm[] =>
  ARM_KINDS.filter((kind) => kinds.includes(kind)).flatMap((kind): Arm[] => {
    if (kind === "baseline") return baseline === undefined ? [] : [{ kind, name: baseline }];
    if (kind !== "federated") return [{ kind }];
    return [undefined, ...epsilons.toSorted((a, b) => b - a)].map((epsilon) => ({ kind, epsilon }));
  });

/** Of an arm among those of several tasks. */
export const fullName = ({ arm, variation }: { readonly arm: string; readonly variation: string }): string =>
  variation === "" ? arm : `${arm}, ${variation}`;
