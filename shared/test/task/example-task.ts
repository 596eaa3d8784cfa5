import type { TaskSpecInput } from "../../src/task/task-spec.js";

/** The smallest spec there is: everything else is a default. */
export const exampleTask: TaskSpecInput = {
  name: "example",
  catalogue: { features: [{ name: "genre", kind: "categorical", values: ["drama", "comedy"] }] },
};
