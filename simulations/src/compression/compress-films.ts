import { createTaskModel, type Encoding } from "@tacit/shared";
import { deliveredBytes } from "./delivered-bytes.js";
import { distil } from "./distil.js";
import { type FederatedFilmsOptions, federatedFilms } from "./federated-films.js";
import { prune } from "./prune.js";

const SPARSITIES = [0.5, 0.75, 0.9];
/** Half of each width of the films' own network. */
const STUDENT = { embedding: 8, hidden: 4 };

/** What one form of a model costs, in bytes, and how well it then ranks. */
export interface Compressed {
  readonly form: string;
  /** To download, behind HTTP's compression. */
  readonly whole: number;
  /** From the version before, in the mean of all rounds; undefined where there is none. */
  readonly delta?: number;
  /** What one client sends in one round; undefined for what no client trains. */
  readonly upload?: number;
  readonly hitRate: number;
}

interface CompressFilmsOptions extends FederatedFilmsOptions {
  readonly encoding: Encoding;
}

/** A federation over the films' people whose versions have one encoding; its last float32 one is also pruned and distilled. */
export function compressFilms({ encoding, ...options }: CompressFilmsOptions): Compressed[] {
  const { rounds, engine, seed } = options;
  const { task, model, versions, upload, hitRate } = federatedFilms(options, {
    delivery: { encoding, deltas: true },
  });
  const first = { modelVersion: 0, parameters: versions[0]?.parameters ?? new Float32Array() };
  const last = versions.at(-1)?.parameters ?? first.parameters;
  const deltas = versions.slice(1).map((version, i) => deliveredBytes(task, version, versions[i]));
  const exact = encoding === "float32";
  const pruned = exact ? SPARSITIES : [];
  const distilled = () => {
    const student = { ...task, model: { ...task.model, ...STUDENT } };
    const parameters = distil({ teacher: { model, parameters: last }, student, engine, seed });
    const networks = createTaskModel({ task: student, catalogue: model.catalogue, engine });
    return {
      form: "float32, distilled",
      whole: deliveredBytes(task, { modelVersion: rounds, parameters }),
      hitRate: hitRate(parameters, networks),
    };
  };
  return [
    {
      form: encoding,
      whole: deliveredBytes(task, { modelVersion: rounds, parameters: last }),
      delta: deltas.reduce((sum, length) => sum + length, 0) / deltas.length,
      upload,
      hitRate: hitRate(last),
    },
    ...pruned.map((sparsity) => {
      const parameters = prune(last, sparsity);
      const whole = deliveredBytes(task, { modelVersion: rounds, parameters });
      return { form: `float32, ${100 * sparsity} % pruned`, whole, hitRate: hitRate(parameters) };
    }),
    ...(exact
      ? [
          distilled(),
          { form: "version 0", whole: deliveredBytes(task, first), hitRate: hitRate(first.parameters) },
        ]
      : []),
  ];
}
