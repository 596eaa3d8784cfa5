import type { Catalogue, Engine } from "@tacit/shared";
import type { LiveEnvironment } from "../environments/live-environment.js";
import type { EngineChoice } from "../population/engine-choice.js";
import { RefusedError } from "../refused-error.js";
import type { Played, TrialOptions } from "../scenario/scenario.js";
import type { TrainingSpec } from "../virtual/run/run-spec.js";
import type { LiveArm } from "./arms/arm.js";
import { liveMetrics } from "./live-metrics.js";
import type { LivePolicy } from "./live-policy.js";
import { type Life, relive } from "./lives.js";
import type { LoggedPeople } from "./log-people.js";
import { play } from "./play.js";

export interface PlayLiveOptions extends TrialOptions {
  readonly environment: LiveEnvironment;
  readonly arm: LiveArm;
  readonly spec: TrainingSpec;
  readonly catalogue: Catalogue;
  readonly people: LoggedPeople;
  /** See LiveOptions. */
  readonly users: number;
  readonly visits: number;
  readonly generations: number;
  readonly engine: Engine;
  readonly engineChoice: EngineChoice;
  readonly workers: number;
}

/**
 * The same people under every arm: their lives are lived again up to the end of the log, and go on by the arm's policy.
 * @throws RefusedError where nobody is left to be judged.
 */
export async function playLive(options: PlayLiveOptions): Promise<Played> {
  const { environment, arm, spec, catalogue, people, generations, visits, signal } = options;
  const { task, seed } = spec;
  const { lives } = people;
  const { slateLength } = environment;
  const judged = lives.filter(({ person }) => person.visit() !== undefined).slice(0, options.users);
  if (judged.length === 0) throw new RefusedError(nobodyLeft(people));
  const reborn = (some: readonly Life[]) => some.map((life) => relive(environment, seed, life));
  const goOn = (some: readonly Life[], policy: LivePolicy, most: number) =>
    play(some, { catalogue, policy, slateLength, visits: most, seed });
  const players = new Map(reborn(generations > 1 ? lives : judged).map((life) => [life.index, life]));
  const judgedPlayers = judged.flatMap(({ index }) => players.get(index) ?? []);
  let left = visits;
  const run = arm({
    ...options,
    task,
    judge(policy) {
      const copies = reborn(judgedPlayers);
      const before = new Map(copies.map(({ index, slates }) => [index, slates.length]));
      goOn(copies, policy, left);
      const setting = { task, catalogue, people, before: ({ index }: Life) => before.get(index) ?? 0 };
      return liveMetrics(copies, setting).reward ?? 0;
    },
  });
  for (let generation = 0; generation < generations; generation++) {
    signal.throwIfAborted();
    const policy = await run.train(lives.map((life) => (players.get(life.index) ?? life).history));
    const last = generation === generations - 1;
    const part = partOf(visits, generations, generation);
    goOn(last ? judgedPlayers : [...players.values()], policy, part);
    left -= part;
  }
  const metrics = liveMetrics(judgedPlayers, { task, catalogue, people });
  return { metrics, users: judged.length, ...NOTHING_LEARNED, ...run.result?.() };
}

const nobodyLeft = ({ logged, clients }: LoggedPeople): string =>
  `--logged: after ${logged} visits none of ${clients} clients is there to be judged: log fewer, or take more --clients`;

const NOTHING_LEARNED = { course: [], privacy: null, modelHash: null } as const;

/** As even as whole parts can be. */
const partOf = (visits: number, parts: number, part: number): number =>
  Math.floor((visits * (part + 1)) / parts) - Math.floor((visits * part) / parts);
