import type { AttentionStep } from "../../layers/attention.js";
import type { LayerCalls, Site } from "../site.js";

export function attentionCalls(
  { mask, queries, keys, seen, looks, output }: AttentionStep,
  site: Site,
): LayerCalls {
  const { calls, size } = site;
  const L = site.network.historyLength;
  const scale = 1 / Math.sqrt(keys.columns);
  const [width, keyStride, stride] = [site.stride(looks), site.stride(keys), site.stride(output)];
  const changes = site.scratch(width);
  const [y, p, m] = [site.values(output), site.values(looks), site.values(mask)];
  const [q, k, v] = [site.values(queries), site.values(keys), site.values(seen)];
  return {
    forward: [
      () => calls.attentionForward(y, q, k, v, p, m, scale, size.states, L, width, keyStride, stride),
    ],
    backward() {
      const [dq, dk, dv] = [site.gradients(queries), site.gradients(keys), site.gradients(seen)];
      const dy = site.gradients(output);
      return [
        ...[queries, keys, seen].flatMap((tensor) => site.cleared(tensor)),
        () =>
          calls.attentionBackward(
            dq,
            dk,
            dv,
            dy,
            q,
            k,
            v,
            p,
            m,
            changes,
            scale,
            size.states,
            L,
            width,
            keyStride,
            stride,
          ),
      ];
    },
  };
}
