import {
  drawSlate,
  type ExploredItem,
  type PolicyWalkOptions,
  personalState,
  policyWalk,
} from "@tacit/shared";
import { readRules } from "./read-rules.js";

interface TailoredSlateOptions extends PolicyWalkOptions {
  /** What the host asks for beside the task's; not checked yet. */
  readonly asked: unknown;
  readonly count: number;
  /** Is told what is wrong with what the host asks for. */
  readonly problem: (message: string) => void;
}

/** Half a frame: rules look at every candidate for every place. */
const LONGEST_TURN_MILLISECONDS = 8;

/**
 * Slates of tasks and hosts that ask for more than the default, whose code other pages never load; with a breath for the host
 * between places that take long.
 */
export async function tailoredSlate(options: TailoredSlateOptions): Promise<{
  readonly slate: readonly ExploredItem[];
  readonly value: number;
}> {
  const { model, parameters, history, random, count } = options;
  const state = personalState(model, parameters, history, options.state);
  const rules = readRules(options.asked, model.task, options.problem);
  const { walk, value } = policyWalk({ ...options, state, rules });
  const slate: ExploredItem[] = [];
  let rested = performance.now();
  while (slate.length < count) {
    const [next] = drawSlate(walk, 1, random);
    if (!next) break;
    slate.push(next);
    if (performance.now() - rested < LONGEST_TURN_MILLISECONDS) continue;
    await new Promise((resolve) => setTimeout(resolve));
    rested = performance.now();
  }
  return { slate, value };
}
