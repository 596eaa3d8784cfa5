import type { TaskSpec } from "@tacit/shared";

/**
 * The task of the deployment that a simulation stands for, where each of its clients stands for so many people: cohorts
 * are so many times as large. Noise is planned, and epsilon stated, for that one.
 */
export function deployedTask(task: TaskSpec, standsFor = 1): TaskSpec {
  const { size, minimum } = task.cohort;
  const cohort = {
    ...task.cohort,
    size: Math.round(size * standsFor),
    minimum: Math.floor(minimum * standsFor),
  };
  return { ...task, cohort };
}
