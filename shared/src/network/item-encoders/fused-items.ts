import type { Parameter } from "../draft.js";
import { gatedFusion } from "../layers/gated-fusion.js";
import { linear } from "../layers/linear.js";
import type { NetworkDraft } from "../network.js";
import type { ItemEncoder } from "./item-encoder.js";
import { project } from "./view-input.js";

const ZERO = { kind: "constant", value: 0 } as const;

/**
 * A mix of what several views of an item say, each projected by weights of its own: embedding = Σ_m g_m · x_m·W_m with
 * g = softmax(Σ_m x_m·W_m·G_m + strengths) over the views that are there; all alike at first.
 */
export function fusedItems(
  draft: NetworkDraft,
  [first, ...rest]: readonly [Parameter, ...Parameter[]],
): ItemEncoder {
  const [E, M] = [first.columns, 1 + rest.length];
  const gate = (place: number) => draft.parameter(`gate ${place}`, E, M, ZERO);
  const gates = { first: gate(0), rest: rest.map((_, i) => gate(i + 1)) };
  const strengths = draft.parameter("gate strengths", 1, M, ZERO);
  return {
    embed({ views: [view, ...others], present }) {
      if (!view || !present) throw new Error("nothing to mix");
      const values = [
        project(draft, view, first),
        ...others.flatMap((other, i) => {
          const weights = rest[i];
          return weights ? [project(draft, other, weights)] : [];
        }),
      ] as const;
      const terms = values.slice(1).flatMap((input, i) => {
        const weights = gates.rest[i];
        return weights ? [{ input, weights }] : [];
      });
      const scores = linear(draft, {
        terms: [{ input: values[0], weights: gates.first }, ...terms],
        bias: strengths,
      });
      return gatedFusion(draft, { present, scores, values });
    },
    bias: (_, embedded) =>
      linear(draft, { terms: [{ input: embedded, weights: draft.parameter("item bias", E, 1, ZERO) }] }),
  };
}
