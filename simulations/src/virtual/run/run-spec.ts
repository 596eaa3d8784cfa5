import type { TaskSpec } from "@tacit/shared";
import type { DatasetFormat } from "../../datasets/read-dataset.js";
import type { ClockSpec } from "../clock/clock-spec.js";
import type { Path } from "../round/round-spec.js";

/** Where the virtual clients come from. */
export type PopulationSpec =
  | { readonly kind: "movies"; readonly clients: number; readonly interactions: number }
  | {
      readonly kind: "dataset";
      readonly path: string;
      readonly format: DatasetFormat;
      readonly implicit: boolean;
      readonly itemIds: boolean;
      /** The items before the latest are held out; left out when those are. */
      readonly validation?: true;
      readonly newItems: number;
      /** Clients that do what one user did. */
      readonly replicas: number;
      /** Users that could be replayed, times their replicas. */
      readonly clients: number;
      /** SHA-256 of what they did, so that a run is not gone on with on other data. */
      readonly digest: string;
    };

/** How a population trains, whoever it is. */
export interface TrainingSpec {
  readonly task: TaskSpec;
  /** False: no noise is added and nothing is promised; updates are clipped all the same. */
  readonly private: boolean;
  readonly path: Path;
  /** People for whom each client stands, 1 when absent: noise and epsilon are those of so many more. */
  readonly standsFor?: number;
  readonly clock: ClockSpec;
  readonly seed: number;
}

/** Everything that a run's results depend on, as plain data. */
export interface RunSpec extends TrainingSpec {
  readonly population: PopulationSpec;
  /** The engine's own name: engines agree to rounding errors only. */
  readonly engine: string;
  /** PROGRAM_VERSION of whoever plays it. */
  readonly program: string;
}

/** Clients that differ: the first so many; the others are their replicas. */
export const distinctClients = ({ population }: RunSpec): number =>
  population.kind === "dataset" ? population.clients / population.replicas : population.clients;
