import type { Item, TaskSpec } from "@tacit/shared";
import type { EngineChoice } from "../population/engine-choice.js";
import type { SimulatedClient } from "../population/messages.js";
import type { SwarmCounts } from "./counts.js";

export interface SwarmClient extends SimulatedClient {
  /** Milliseconds from the start of the swarm. */
  readonly joinsAfter: number;
}

/** What a worker starts with: the histories of its own clients, and nobody else's. Any message tells it to leave. */
export interface SwarmStart {
  readonly url: string;
  readonly task: TaskSpec;
  readonly items: readonly Item[];
  readonly engine: EngineChoice;
  readonly credential: string | undefined;
  readonly clients: readonly SwarmClient[];
}

/** Worker → parent, twice a second, and once when all its clients have left. */
export interface SwarmReport {
  readonly counts: SwarmCounts;
  readonly over: boolean;
}
