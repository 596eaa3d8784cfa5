import { type LayersSpec, MOST_PARAMETERS } from "./layers-spec.js";
import { parseTopology } from "./layers-topology.js";
import type { TaskProblem } from "./task-problem.js";

/**
 * What is wrong with an own model beyond its form, which `parseTask` has checked: the coordinator asks before it draws
 * version 0, the tfjs engine before it builds. Kept out of pages, who cannot compute such a task without that engine.
 */
export function layersProblems({ topology, weights }: LayersSpec): readonly TaskProblem[] {
  const problems: TaskProblem[] = [];
  const parsed = parseTopology(topology);
  if (!parsed.ok) problems.push({ field: "model.layers.topology", message: parsed.message });
  const names = new Set<string>();
  let parameters = 0;
  for (const [index, { name, shape, initial }] of weights.entries()) {
    const field = `model.layers.weights.${index}`;
    if (names.has(name)) problems.push({ field: `${field}.name`, message: `"${name}" is there twice` });
    names.add(name);
    parameters += shape.reduce((product, length) => product * length, 1);
    const [rows, columns, ...more] = shape;
    if (initial.kind === "identity" && (rows !== columns || more.length > 0)) {
      problems.push({ field: `${field}.initial`, message: "only a square matrix can be an identity" });
    }
  }
  if (parameters > MOST_PARAMETERS) {
    const message = `${parameters} parameters: at most ${MOST_PARAMETERS}`;
    problems.push({ field: "model.layers.weights", message });
  }
  return problems;
}
