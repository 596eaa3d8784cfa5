import type { TaskSpecInput } from "@tacit/shared";

/**
 * What clients under attack train: six steps of Adam each, and the mean of what they come to (FedAvg: McMahan et al. 2017, arXiv
 * 1602.05629). Adam at the coordinator, which films are trained with otherwise (fed-sgd.ts), would take the length out of
 * updates, and with it what robust rules are told apart by. Next items alone are learned: in three rounds the returns of so few
 * people are mostly noise, which would hide what an attack does.
 */
export const LOCAL_WORK = {
  learning: {
    localSteps: 6,
    batchSize: 16,
    optimiser: "adam",
    learningRate: 0.02,
    objective: { kind: "actor-critic", policyWeight: 0, valueWeight: 0 },
  },
  aggregation: { optimiser: "fedavg", learningRate: 1.5, adaptivity: 1e-3 },
} as const satisfies Pick<TaskSpecInput, "learning" | "aggregation">;
