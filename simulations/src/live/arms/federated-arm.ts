import { type Catalogue, createTaskModel } from "@tacit/shared";
import { packPopulation } from "../../virtual/columns/pack-population.js";
import type { Population } from "../../virtual/columns/population.js";
import { ThreadCrew } from "../../virtual/crew/thread-crew.js";
import { networkParameters } from "../../virtual/run/network-parameters.js";
import { spentPrivacy } from "../../virtual/run/run-plan.js";
import type { RunState } from "../../virtual/run/run-state.js";
import { trainPopulation } from "../../virtual/run/train-population.js";
import type { Arm, Logs } from "./arm.js";
import { networkPolicy } from "./network-policy.js";

/** Virtual clients, each with one person's log, train the rounds of the task: clipped, and with its noise where private. */
function federatedArm(name: string, isPrivate: boolean): Arm {
  return {
    name,
    begin(setting) {
      const { task, catalogue, engineChoice: engine, workers, clock, seed, signal } = setting;
      const spec = { task, private: isPrivate, path: "fast", clock, seed } as const;
      const model = createTaskModel(setting);
      let state: RunState | undefined;
      let generation = 0;
      return {
        async train(logs) {
          generation++;
          const population = { kind: "packed", population: packed(logs, catalogue) } as const;
          state = await trainPopulation({
            spec,
            startCrew: (round) => ThreadCrew.start({ spec: round, catalogue, engine, workers, population }),
            from: state,
            until: Math.round((task.rounds * generation) / setting.generations),
            signal,
          });
          const parameters = networkParameters(task, state.head.parameters);
          return networkPolicy(model, () => parameters);
        },
        privacy() {
          return spentPrivacy(spec, state?.mostParticipations ?? 0);
        },
      };
    },
  };
}

export const federatedPrivateArm = federatedArm("federated-private", true);
export const federatedOpenArm = federatedArm("federated-without-privacy", false);

/** Nothing is held out: what columns take for it is the last interaction once more. */
function packed(logs: Logs, catalogue: Catalogue): Population {
  const people = logs.map((history, index) => {
    const heldOut = history.at(-1);
    if (!heldOut) throw new Error(`person ${index} has no history`);
    return { history, heldOut };
  });
  return packPopulation(people, catalogue);
}
