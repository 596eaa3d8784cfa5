import type { Engine } from "@tacit/shared";
import { taskCatalogue } from "../datasets/task-catalogue.js";
import type { LiveEnvironment } from "../environments/live-environment.js";
import type { EngineChoice } from "../population/engine-choice.js";
import { PROGRAM_VERSION } from "../program-version.js";
import { RefusedError } from "../refused-error.js";
import type { LivePopulationSpec } from "../scenario/live-population-spec.js";
import type { Scenario } from "../scenario/scenario.js";
import { refuseOwnBudget } from "../task-defaults/own-budget.js";
import { mergedOverrides } from "../task-defaults/task-overrides.js";
import type { ClockSpec } from "../virtual/clock/clock-spec.js";
import { type CohortOptions, runChoices, runSize } from "../virtual/run/run-choices.js";
import { LIVE_ARMS, liveArm } from "./arms/arms.js";
import { liveTask } from "./live-task.js";
import { type LoggedPeople, logPeople } from "./log-people.js";
import { playLive } from "./play-live.js";

export interface LiveOptions extends Omit<CohortOptions, "seed" | "epsilon" | "privacy"> {
  readonly environment: LiveEnvironment;
  /** People whose logs are learned from. */
  readonly clients: number;
  /** Visits of each that uniform slates log before anything is learned. */
  readonly logged: number;
  /** People who are judged: the first so many that are still there then. */
  readonly users: number;
  /** Visits of each that are judged. */
  readonly visits: number;
  /** Parts of these visits; before each, an arm learns from all that is logged by then. */
  readonly generations: number;
  readonly clock: ClockSpec;
  readonly engine: Engine;
  readonly engineChoice: EngineChoice;
  readonly workers: number;
}

/** What promises nothing is rounded as it would be at this budget. */
const UNPRICED_EPSILON = 8;

/** People who respond: their lives are logged by uniform slates, and from there on go a different way under each arm. */
export function liveScenario(options: LiveOptions): Scenario {
  const { environment, clients, logged, users, visits, generations, clock, engine } = options;
  const { name, rewardMeaning, items } = environment;
  if (users > clients) throw new RefusedError(`--users: ${users} of ${clients} clients`);
  if (generations > visits) throw new RefusedError(`--generations: ${generations} of ${visits} visits`);
  const population: LivePopulationSpec = {
    kind: "live",
    environment: name,
    rewardMeaning,
    clients,
    logged,
    visits,
    generations,
  };
  // Long to log, and the same for every arm of a seed.
  let people: LoggedPeople | undefined;
  const logOf = (seed: number): LoggedPeople => {
    if (people?.seed !== seed) people = logPeople({ environment, clients, logged, seed });
    return people;
  };
  return {
    arms: environment.baseline ? [...LIVE_ARMS, "baseline"] : LIVE_ARMS,
    baseline: environment.baseline?.name,
    users,
    async prepare({ arm, seed, overrides: varied }) {
      const played = liveArm(arm, environment);
      const overrides = mergedOverrides([options.overrides ?? {}, varied]);
      refuseOwnBudget(overrides);
      const epsilon = (arm.kind === "federated" ? arm.epsilon : undefined) ?? UNPRICED_EPSILON;
      const { rounds, size } = runSize({ ...options, overrides });
      // One more than the mean of the fast, who leave no place for the slow, so that the last cohorts find somebody.
      const participations =
        options.participations ??
        Math.min(rounds, 1 + Math.ceil((rounds * size * clock.overSelection) / clients));
      const isPrivate = arm.kind === "federated" && arm.epsilon !== undefined;
      const cohorts = {
        ...options,
        overrides,
        participations,
        noiseCohort: isPrivate ? options.noiseCohort : undefined,
        seed,
        epsilon,
        privacy: "distributed",
      } as const;
      const choices = runChoices(cohorts, clock, clients);
      const { standsFor = 1 } = choices;
      const task = liveTask(environment, clients, choices);
      const catalogue = taskCatalogue(task, items);
      const spec = {
        population,
        task,
        private: isPrivate,
        path: "fast",
        ...(standsFor > 1 && { standsFor }),
        clock,
        seed,
        engine: engine.name,
        program: PROGRAM_VERSION,
      } as const;
      return {
        spec,
        catalogue,
        sampleHistory: () => logOf(seed).lives[0]?.history ?? [],
        play: (playing) =>
          playLive({ ...options, ...playing, arm: played, spec, catalogue, people: logOf(seed) }),
      };
    },
  };
}
