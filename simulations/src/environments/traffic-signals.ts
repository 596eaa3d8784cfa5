import type { Item, Random } from "@tacit/shared";
import { FED_SGD } from "../task-defaults/fed-sgd.js";
import type { LiveEnvironment, Person, Visit } from "./live-environment.js";
import { entry } from "./users/entry.js";
import { livePerson, rowsById } from "./users/live-person.js";

const PHASES = ["north-south", "east-west", "north-south-left", "east-west-left"];
const START = Date.UTC(2026, 0, 5);
const CYCLE = 30_000;
/** Cars that a lane holds; further ones take another way. */
const LONGEST = 14;
/** A green phase lets so many pass, and up to SPREAD more. */
const SLOWEST = 5;
const SPREAD = 5;
const CYCLES = 400;
const CARS = PHASES.length * LONGEST;
/** Of a dwell, in which waiting is told. */
const FULL_DWELL = 60;

const items = PHASES.map((phase): Item => ({ id: phase, features: { phase } }));
const rows = rowsById(items);

/**
 * Signals of a crossing; the client is the crossing. Every half a minute one phase is green: of queue q it lets
 * min(q, s) pass, s uniform from 5 to 9, then cars arrive at each queue, Bernoulli sums with the crossing's own rates, which
 * follow the time of its rush. A lane holds 14 cars: others take another way, and nothing is charged for those, so that
 * letting full lanes stay full costs less here than in a street. The reward is −(cars still waiting) / 56, told as a dwell with a negative weight. Queues
 * as a state, phases as actions, waiting as cost: Wei, Zheng, Yao, Li 2018, "IntelliLight", §4; serving the longest queue is
 * close to max-pressure control: Varaiya 2013, "Max pressure control of a network of signalized intersections".
 */
export const trafficSignals: LiveEnvironment = {
  name: "traffic-signals",
  features: [{ name: "phase", kind: "categorical", values: PHASES, buckets: 0 }],
  items,
  context: PHASES.map((name) => ({ name, kind: "numeric", minimum: 0, maximum: LONGEST, scale: "linear" })),
  rewardMeaning: "the share of a crossing's room that waits after a phase, as a loss",
  metrics: [],
  slateLength: 1,
  mostInteractions: 2,
  task: {
    model: { embedding: 8, hidden: 8, historyLength: 1, halfLifeDays: 1 },
    learning: {
      ...FED_SGD.learning,
      candidates: 3,
      objective: { kind: "q-learning", penalty: 0 },
      minimumInteractions: 1,
    },
    reward: { weights: { dwell: -1 }, discount: 0, sessionGapMinutes: 60 },
    exploration: { kind: "epsilon-greedy", epsilon: 0.02 },
    clip: 0.1,
    aggregation: FED_SGD.aggregation,
  },
  baseline: { name: "longest-queue", score: (phase, { context }) => Number(context?.[phase] ?? 0) },
  person: crossing,
};

function crossing(traits: Random, coins: Random): Person {
  // North–south is the main road of most crossings.
  const main = traits.uniform() < 0.6 ? 0 : 1;
  const rates = PHASES.map(
    (_, phase) => (phase === main ? 0.26 : phase < 2 ? 0.18 : 0.1) + 0.05 * traits.uniform(),
  );
  const rush = traits.integer(CYCLES);
  const queues = PHASES.map(() => traits.integer(LONGEST + 1));
  const left = (green: number, passing: number) =>
    queues.reduce((sum, queue, phase) => sum + (phase === green ? Math.max(0, queue - passing) : queue), 0);
  const visitAt = (at: number): Visit => ({
    at,
    context: Object.fromEntries(PHASES.map((phase, i) => [phase, entry(queues, i)])),
    since: [],
  });
  let cycles = 0;
  return livePerson(rows, {
    first: visitAt(START),
    answer([green = 0], _visit, log) {
      const passing = SLOWEST + coins.integer(SPREAD);
      log.add("dwell", 0, CYCLE / 2000, (FULL_DWELL * left(green, passing)) / CARS);
      queues[green] = Math.max(0, entry(queues, green) - passing);
    },
    next({ at }) {
      cycles++;
      if (cycles >= CYCLES) return undefined;
      const load = 1 + 0.5 * Math.cos((2 * Math.PI * (cycles - rush)) / CYCLES);
      for (const [phase, rate] of rates.entries()) {
        const arrived = Array.from({ length: 8 }, () => Number(coins.uniform() < rate * load));
        const queue = arrived.reduce((sum, car) => sum + car, entry(queues, phase));
        queues[phase] = Math.min(LONGEST, queue);
      }
      return visitAt(at + CYCLE);
    },
    expectedReward: ([green = 0]) => {
      const lefts = Array.from({ length: SPREAD }, (_, more) => left(green, SLOWEST + more));
      return -lefts.reduce((sum, one) => sum + one, 0) / SPREAD / CARS;
    },
  });
}
