import {
  type Catalogue,
  currentState,
  type Engine,
  networkInputs,
  networkShape,
  type TaskSpec,
} from "@tacit/shared";
import type { EnvironmentClient } from "../environments/environment.js";
import type { Scorer } from "../evaluation/scorer.js";

export interface PolicyScorerOptions {
  readonly task: TaskSpec;
  readonly catalogue: Catalogue;
  readonly engine: Engine;
}

const BATCH = 64;

/** The policy network with one set of parameters for everybody, in each client's own state before the held-out interaction. */
export function policyScorer(options: PolicyScorerOptions, parameters: Float32Array): Scorer {
  return {
    score(clients, candidates) {
      const scores: Float32Array[] = [];
      for (let start = 0; start < clients.length; start += BATCH) {
        scores.push(
          ...logits(
            options,
            parameters,
            clients.slice(start, start + BATCH),
            candidates.slice(start, start + BATCH),
          ),
        );
      }
      return scores;
    },
  };
}

/** The policy network with each client's own parameters (those that trained alone). */
export function ownPolicyScorer(
  options: PolicyScorerOptions,
  parameters: ReadonlyMap<string, Float32Array>,
  fallback: Float32Array,
): Scorer {
  return {
    score: (clients, candidates) =>
      clients.flatMap((client, i) =>
        logits(options, parameters.get(client.id) ?? fallback, [client], [candidates[i] ?? []]),
      ),
  };
}

/** One forward pass. Lists shorter than the longest are padded with row 0, and the padding is cut off again. */
function logits(
  { task, catalogue, engine }: PolicyScorerOptions,
  parameters: Float32Array,
  clients: readonly EnvironmentClient[],
  candidates: readonly (readonly number[])[],
): Float32Array[] {
  const longest = candidates.reduce((most, { length }) => Math.max(most, length), 0);
  const padded = candidates.map((rows) => Array.from({ length: longest }, (_, i) => rows[i] ?? 0));
  const states = clients.map(({ history, heldOut }) => currentState(task, catalogue, history, heldOut.at));
  const inputs = networkInputs(catalogue, task.model.historyLength, states, padded);
  const output = engine.forward(networkShape(task), parameters, inputs);
  return candidates.map(({ length }, i) => output.logits.slice(i * longest, i * longest + length));
}
