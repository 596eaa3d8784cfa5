import type { TaskSpec } from "./task-spec.js";

/** Whether the coordinator of such a task sees sums only: where its clients make the noise together. */
export const isMasked = ({ mode }: Pick<TaskSpec["privacy"], "mode">): boolean => mode === "distributed";
