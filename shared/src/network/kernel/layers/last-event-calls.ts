import type { LastEventStep } from "../../layers/last-event.js";
import type { LayerCalls, Site } from "../site.js";

export function lastEventCalls({ mask, events, output }: LastEventStep, site: Site): LayerCalls {
  const { calls, size } = site;
  const L = site.network.historyLength;
  const [y, x, m] = [site.values(output), site.values(events), site.values(mask)];
  const stride = site.stride(output);
  return {
    forward: [() => calls.lastEventForward(y, x, m, size.states, L, stride)],
    backward() {
      const [dx, dy] = [site.gradients(events), site.gradients(output)];
      return [...site.cleared(events), () => calls.lastEventBackward(dx, dy, m, size.states, L, stride)];
    },
  };
}
