import type { EvaluationRefusal } from "./bandit-log.js";

export const refuse = (reason: EvaluationRefusal["reason"], message: string): EvaluationRefusal => ({
  ok: false,
  reason,
  message,
});
