import { type TaskSpec, taskSpecSchema } from "./task-spec.js";

/** One thing wrong with a task spec: the field's path and what it allows. */
export interface TaskProblem {
  readonly field: string;
  readonly message: string;
}

export type ParsedTask =
  | { readonly ok: true; readonly task: TaskSpec }
  | { readonly ok: false; readonly problems: readonly TaskProblem[] };

/** Validates a spec, fills in its defaults, and refuses combinations that cannot be private or cannot run. */
export function parseTask(input: unknown): ParsedTask {
  const parsed = taskSpecSchema.safeParse(input);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => ({
      field: issue.path.map(String).join(".") || "task",
      message: issue.message,
    }));
    return { ok: false, problems };
  }
  const problems = [...crossFieldProblems(parsed.data)];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, task: parsed.data };
}

function* crossFieldProblems({ cohort, privacy, catalogue }: TaskSpec): Generator<TaskProblem> {
  if (cohort.minimum > cohort.size) {
    yield {
      field: "cohort.minimum",
      message: `${cohort.minimum} contributors cannot come from a cohort of ${cohort.size} (cohort.size)`,
    };
  }
  if (cohort.minimum < 2) {
    yield { field: "cohort.minimum", message: "the sum of 1 client is that client: at least 2" };
  }
  const honest = cohort.minimum - Math.floor(cohort.corruptFraction * cohort.minimum);
  if (honest < 2) {
    yield {
      field: "cohort.corruptFraction",
      message: `leaves ${honest} honest contributors of ${cohort.minimum} to make the noise: at least 2`,
    };
  }
  if (privacy.bits < 32 && 2 ** privacy.bits <= 14 * Math.sqrt(cohort.size)) {
    yield {
      field: "privacy.bits",
      message: `the sum of ${cohort.size} clients overflows a modulus of 2^${privacy.bits}`,
    };
  }
  if (privacy.adaptiveClip && cohort.maximumStaleness > 0) {
    yield {
      field: "privacy.adaptiveClip",
      message:
        "updates of different versions have different clips and cannot be summed: cohort.maximumStaleness must be 0",
    };
  }
  const names = new Set<string>();
  for (const [index, feature] of catalogue.features.entries()) {
    if (names.has(feature.name)) {
      yield { field: `catalogue.features.${index}.name`, message: `"${feature.name}" is there twice` };
    }
    names.add(feature.name);
    if (feature.kind === "numeric" && feature.minimum >= feature.maximum) {
      yield { field: `catalogue.features.${index}.maximum`, message: "must be greater than minimum" };
    }
    if (feature.kind === "categorical" && feature.values.length + feature.buckets === 0) {
      yield { field: `catalogue.features.${index}.values`, message: "no values and no buckets: no columns" };
    }
  }
}
