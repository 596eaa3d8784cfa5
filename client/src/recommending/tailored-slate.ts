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

/** Slates of tasks and hosts that ask for more than the default, whose code other pages never load. */
export function tailoredSlate(options: TailoredSlateOptions): {
  readonly slate: readonly ExploredItem[];
  readonly value: number;
} {
  const { model, parameters, history, random, count } = options;
  const state = personalState(model, parameters, history, options.state);
  const rules = readRules(options.asked, model.task, options.problem);
  const { walk, value } = policyWalk({ ...options, state, rules });
  return { slate: drawSlate(walk, count, random), value };
}
