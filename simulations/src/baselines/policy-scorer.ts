import { currentState, personalState, policyScores, type TaskModel } from "@tacit/shared";
import type { EnvironmentClient } from "../environments/environment.js";
import type { Scorer } from "../evaluation/scorer.js";

/** The policy network with one set of parameters for everybody, in each client's own state before the held-out interaction. */
export function policyScorer(model: TaskModel, parameters: Float32Array): Scorer {
  return ownPolicyScorer(model, new Map(), parameters);
}

/** The policy network with each client's own parameters (those that trained alone). */
export function ownPolicyScorer(
  model: TaskModel,
  parameters: ReadonlyMap<string, Float32Array>,
  fallback: Float32Array,
): Scorer {
  return {
    score: (clients, candidates) =>
      clients.map((client, i) =>
        logits(model, parameters.get(client.id) ?? fallback, client, candidates[i] ?? []),
      ),
  };
}

function logits(
  model: TaskModel,
  parameters: Float32Array,
  { history, heldOut }: EnvironmentClient,
  candidates: readonly number[],
): Float32Array {
  const told = currentState(model.task, model.catalogue, history, heldOut.at, heldOut.context);
  const state = personalState(model, parameters, history, told);
  return policyScores(model, parameters, state, Int32Array.from(candidates)).logits;
}
