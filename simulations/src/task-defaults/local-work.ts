import type { TaskSpecInput } from "@tacit/shared";

/**
 * Six steps of Adam from every client, and the mean of what they come to: FedAvg, McMahan et al. 2017, arXiv 1602.05629.
 * Ranks worse than FedSGD (fed-sgd.ts) does, but what attacks and compression are measured on is updates, and here one says more.
 */
export const LOCAL_WORK = {
  learning: { localSteps: 6, batchSize: 16, optimiser: "adam", learningRate: 0.02 },
  aggregation: { optimiser: "fedavg", learningRate: 1.5, adaptivity: 1e-3 },
} as const satisfies Pick<TaskSpecInput, "learning" | "aggregation">;
