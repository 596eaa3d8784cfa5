import { networkShape, parameterCount, seededRandom } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { attackReport } from "../../src/attack/attack-report.js";
import { attackTraining, type Train } from "../../src/attack/attack-training.js";
import { ATTACKS, type Attack } from "../../src/attack/attacks.js";
import { DEFENCES, type Defence, defendedTask, mostGroups } from "../../src/attack/defences.js";
import { moviesEnvironment } from "../../src/environments/movies.js";
import { moviesTask } from "../../src/task-defaults/movies-task.js";

const [CLIENTS, ROUNDS] = [40, 1];
const task = moviesTask(
  { ...moviesEnvironment({ clients: 1, seed: 1 }), clients: { length: CLIENTS } },
  { rounds: ROUNDS, seed: 1, epsilon: 1000 },
);
const dimension = parameterCount(networkShape(task));

/** Updates with one direction in common, each a little beside it: no network is trained here. */
const train: Train = (_, round, rewardFlipped) => {
  const random = seededRandom(round);
  return Array.from({ length: CLIENTS }, (_, i) => {
    const sign = rewardFlipped && i < 4 ? -1 : 1;
    return Float32Array.from(
      { length: dimension },
      () => (sign * 0.9 + 0.2 * random.normal()) / Math.sqrt(dimension),
    );
  });
};

function distanceOf(defence: Defence, attack: Attack, corrupt = 4) {
  const defended = defendedTask(task, defence, {
    clients: CLIENTS,
    groups: 8,
    corrupt,
    noiseMultiplier: 0.002,
  });
  return attackTraining({ task: defended, attack, corrupt, train, seed: 2 });
}

describe("attacks on a training", () => {
  it.each(DEFENCES)("are not there where nobody attacks: $combine of $sees", (defence) => {
    const { distance, lostRounds } = distanceOf(defence, "none");
    expect(distance).toBeLessThan(0.35);
    expect(lostRounds).toBe(0);
  });

  it("past the clip ruin a mean, and no other rule", () => {
    expect(distanceOf({ combine: "mean", sees: "updates" }, "scaled-past-clip").distance).toBeGreaterThan(
      0.9,
    );
    for (const defence of DEFENCES.filter(({ combine, sees }) => sees === "updates" && combine !== "mean")) {
      expect(distanceOf(defence, "scaled-past-clip").distance).toBeLessThan(0.35);
    }
  });

  it("within the clip do no more for being scaled", () => {
    const mean = { combine: "mean", sees: "updates" } as const;
    const distance = distanceOf(mean, "scaled").distance;
    expect(distance).toBeLessThan(0.3);
    expect(distance).toBeCloseTo(distanceOf(mean, "sign-flip").distance, 1);
  });

  it("lose the round where too many groups hold a corrupt client", () => {
    const groups = { combine: "coordinate-median", sees: "groups" } as const;
    const spoiled = distanceOf(groups, "scaled-past-clip", 12);
    expect(spoiled).toMatchObject({ distance: 1, lostRounds: 1 });
    expect(distanceOf(groups, "scaled-past-clip", 1).lostRounds).toBe(0);
  });

  it("are the same every time", () => {
    const krum = { combine: "krum", sees: "updates" } as const;
    expect(distanceOf(krum, "sybil")).toEqual(distanceOf(krum, "sybil"));
  });
});

it.each([20, 40, 100, 333])(
  "every defence of %d clients is a valid task, however many are corrupt",
  (clients) => {
    for (const defence of DEFENCES) {
      for (const corrupt of [1, Math.round(0.2 * clients), Math.round(0.4 * clients)]) {
        const choices = { clients, corrupt, groups: mostGroups(clients), noiseMultiplier: 0.01 };
        expect(defendedTask(task, defence, choices).aggregation.combine).toBe(defence.combine);
      }
    }
  },
);

it("a report has a row for each rule and a column for each attack, and marks lost rounds", () => {
  const cells = DEFENCES.flatMap((defence) =>
    ATTACKS.map((attack, i) => ({
      ...defence,
      attack,
      hitRate: 0.2,
      reward: 1,
      distance: i,
      lostRounds: attack === "sybil" ? 1 : 0,
    })),
  );
  const lines = attackReport({ initialHitRate: { mean: 0.1, standardError: 0.01 }, cells });
  const rows = lines.filter((line) => line.startsWith("geometric-median of groups"));
  expect(rows.map((row) => row.split(/\s+/).slice(3))).toEqual([
    ["0.200", "0.200", "0.200", "0.200", "0.200", "0.200*"],
    ["0.00", "1.00", "2.00", "3.00", "4.00", "5.00", ""],
  ]);
});
