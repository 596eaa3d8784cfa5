import { type Catalogue, createTaskModel, initialParameters } from "@tacit/shared";
import { federatedOutcome } from "../../scenario/federated-outcome.js";
import { packPopulation } from "../../virtual/columns/pack-population.js";
import type { Population } from "../../virtual/columns/population.js";
import { ThreadCrew } from "../../virtual/crew/thread-crew.js";
import { type HeardMetrics, heardInRun } from "../../virtual/run/heard-metrics.js";
import { networkParameters } from "../../virtual/run/network-parameters.js";
import type { RoundReport, RunState } from "../../virtual/run/run-state.js";
import { trainPopulation } from "../../virtual/run/train-population.js";
import type { LiveArm, Logs } from "./arm.js";
import { networkPolicy } from "./network-policy.js";

/** How often a version is played beside the last one, to see how it learns. */
const LOOKS = 5;

/** Virtual clients, each with one person's log, train the rounds of the task: clipped, and with its noise where private. */
export const federatedArm: LiveArm = (setting) => {
  const { task, spec, catalogue, engineChoice: engine, workers, signal, progress } = setting;
  const model = createTaskModel(setting);
  const policyOf = (vector: Float32Array) => {
    const parameters = networkParameters(task, vector);
    return networkPolicy(model, () => parameters);
  };
  const every = Math.max(1, Math.round(task.rounds / LOOKS));
  const looks = new Map<number, number>();
  let news = "";
  const look = (version: number, vector: Float32Array) => {
    const value = setting.judge(policyOf(vector));
    looks.set(version, value);
    news = `, reward ${value.toFixed(3)}`;
  };
  let state: RunState | undefined;
  let heard: () => HeardMetrics | undefined = () => undefined;
  let generation = 0;
  return {
    async train(logs) {
      generation++;
      if (!state) look(0, initialParameters(model.shape, task.model.seed));
      const population = { kind: "packed", population: packed(logs, catalogue) } as const;
      state = await trainPopulation({
        spec,
        startCrew: (round) => ThreadCrew.start({ spec: round, catalogue, engine, workers, population }),
        from: state,
        until: Math.round((task.rounds * generation) / setting.generations),
        signal,
        played({ head: { modelVersion, parameters } }) {
          if (modelVersion % every === 0 || modelVersion === task.rounds) look(modelVersion, parameters);
          progress(modelVersion, task.rounds, `round ${modelVersion}/${task.rounds}${news}`);
        },
      });
      const looking = { model, population: population.population, distinct: logs.length, seed: spec.seed };
      heard = () => state && heardInRun(looking, state, networkParameters(task, state.head.parameters));
      return policyOf(state.head.parameters);
    },
    result() {
      if (!state) return {};
      const valueAfter = ({ modelVersion }: RoundReport) => looks.get(modelVersion);
      return federatedOutcome(spec, state, looks.get(0) ?? null, valueAfter, heard());
    },
  };
};

/** Nothing is held out: what columns take for it is the last interaction once more. */
function packed(logs: Logs, catalogue: Catalogue): Population {
  const people = logs.map((history, index) => {
    const heldOut = history.at(-1);
    if (!heldOut) throw new Error(`person ${index} has no history`);
    return { history, heldOut };
  });
  return packPopulation(people, catalogue);
}
