import type { TaskSpecInput } from "@tacit/shared";

/**
 * One gradient of the whole history from every client of a cohort, and a step of Adam for their mean: FedSGD, McMahan et al.
 * 2017, arXiv 1602.05629, §2, with the server's step of Reddi et al. 2021, arXiv 2003.00295. For people with few events:
 * after ten steps of their own they have learned their few choices by heart, and the mean of what they send is mostly that.
 *
 * At a rate of 1 hardly any gradient of the live environments' histories reached a clip of 1; at 5 a quarter to nearly all do, so that
 * little of the noise, which is made for updates as long as that, is wasted (Bu et al. 2022, arXiv 2206.07136, clip all of them). Adam takes the scale out again.
 */
export const FED_SGD = {
  learning: { localSteps: 1, batchSize: 64, optimiser: "sgd", learningRate: 5 },
  aggregation: { optimiser: "fedadam", learningRate: 0.03, adaptivity: 1e-5 },
} as const satisfies Pick<TaskSpecInput, "learning" | "aggregation">;
