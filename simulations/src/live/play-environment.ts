import { createCatalogue, type Engine, seededRandom, type TaskSpec } from "@tacit/shared";
import type { LiveEnvironment } from "../environments/live-environment.js";
import type { EngineChoice } from "../population/engine-choice.js";
import type { ClockSpec } from "../virtual/clock/clock-spec.js";
import { type CohortOptions, runChoices } from "../virtual/run/run-choices.js";
import type { SpentPrivacy } from "../virtual/run/run-plan.js";
import { RunRefusedError } from "../virtual/run/run-refused-error.js";
import type { Arm } from "./arms/arm.js";
import { uniformPolicy } from "./arms/random-arm.js";
import { type LiveMetrics, liveMetrics } from "./live-metrics.js";
import { liveTask } from "./live-task.js";
import { begin, type Life, relive } from "./lives.js";
import { play } from "./play.js";

export interface LiveOptions extends CohortOptions {
  readonly environment: LiveEnvironment;
  readonly arms: readonly Arm[];
  /** People whose logs are learned from. */
  readonly clients: number;
  /** Visits of each that uniform slates log before anything is learned. */
  readonly logged: number;
  /** People who are measured: the first so many that are still there then. */
  readonly persons: number;
  /** Visits of each that are measured. */
  readonly visits: number;
  /** Parts of these visits; before each, an arm learns from all that is logged by then. */
  readonly generations: number;
  readonly clock: ClockSpec;
  readonly engine: Engine;
  readonly engineChoice: EngineChoice;
  readonly workers: number;
  readonly signal: AbortSignal;
  readonly progress: (arm: string) => void;
}

/** What the arms came to with one population. */
export interface LivePlay {
  readonly task: TaskSpec;
  /** People who were measured: fewer than asked for where too many left before. */
  readonly persons: number;
  readonly arms: readonly PlayedArm[];
}

interface PlayedArm {
  readonly name: string;
  readonly metrics: LiveMetrics;
  readonly privacy: SpentPrivacy | null;
}

/**
 * The same people under every arm: a life is logged by uniform slates, and from there on goes a different way for each.
 * @throws RunRefusedError, Error for options that do not go together.
 */
export async function playEnvironment(options: LiveOptions): Promise<LivePlay> {
  const { environment, clients, generations, clock, seed, signal } = options;
  const task = liveTask(environment, clients, runChoices(options, clock, clients));
  if (task.exploration.kind === "ucb" || task.exploration.kind === "thompson") {
    throw new RunRefusedError(
      `exploration.kind: ${task.exploration.kind} needs more than the scores of a policy`,
    );
  }
  const catalogue = createCatalogue(task.catalogue.features, environment.items);
  const { slateLength } = environment;
  const lives = Array.from({ length: clients }, (_, index) => begin(environment, seed, index));
  const uniform = {
    policy: uniformPolicy(seededRandom(seed)),
    exploration: { kind: "epsilon-greedy", epsilon: 1 },
  } as const;
  play(lives, { ...uniform, catalogue, slateLength, visits: options.logged, seed });
  const measured = lives.filter(({ person }) => person.visit() !== undefined).slice(0, options.persons);
  const arms: PlayedArm[] = [];
  for (const arm of options.arms) {
    options.progress(arm.name);
    const run = arm.begin({ ...options, task, catalogue });
    const players = new Map<number, Life>();
    for (const life of generations > 1 ? lives : measured) {
      players.set(life.index, relive(environment, seed, life));
    }
    const judged = measured.flatMap(({ index }) => players.get(index) ?? []);
    for (let generation = 0; generation < generations; generation++) {
      if (signal.aborted) throw signal.reason;
      const logs = lives.map((life) => (players.get(life.index) ?? life).history);
      const policy = await run.train(logs);
      const visits = partOf(options.visits, generations, generation);
      const last = generation === generations - 1;
      play(last ? judged : [...players.values()], {
        catalogue,
        policy,
        slateLength,
        exploration: task.exploration,
        visits,
        seed,
      });
    }
    const metrics = liveMetrics(task, catalogue, judged, options.logged);
    arms.push({ name: arm.name, metrics, privacy: run.privacy?.() ?? null });
  }
  return { task, persons: measured.length, arms };
}

/** As even as whole parts can be. */
const partOf = (visits: number, parts: number, part: number): number =>
  Math.floor((visits * (part + 1)) / parts) - Math.floor((visits * part) / parts);
