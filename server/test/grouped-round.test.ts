import { afterEach, expect, it } from "vitest";
import { startCoordinator } from "../src/coordinator.js";
import type { CommittedRound } from "../src/rounds/round-driver.js";
import { firstParameters, MaskedClient, sealingOf } from "./support/masked-client.js";
import { smallTask } from "./support/small-task.js";

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

it("a client poisons the sum of its group over sockets, and the median of the groups takes no notice", async () => {
  const task = smallTask({
    privacy: { noiseMultiplier: 4, maximumParticipations: 20, maximumEpsilon: 100 },
    cohort: { size: 9, minimum: 9, groups: 3, timeoutSeconds: 5 },
    aggregation: { combine: "coordinate-median" },
  });
  const coordinator = await startCoordinator({ task, port: 0 });
  cleanups.push(() => coordinator.close());
  const { scale, dimension } = sealingOf(task);
  const honest = Math.round((0.1 * scale) / Math.sqrt(dimension));
  const members = await Promise.all(
    Array.from({ length: 9 }, (_, i) =>
      MaskedClient.join(coordinator.url, task, i === 0 ? 20 * honest : honest),
    ),
  );
  cleanups.push(...members.map((member) => () => member.close()));
  await Promise.all(members.map((member) => member.enter(0)));
  const committed = new Promise<CommittedRound>((resolve) => coordinator.onRound(resolve));
  const head = coordinator.status();
  await Promise.all(members.map((member) => member.aggregate(head)));
  const { round, aggregation } = await committed;
  expect(round).toMatchObject({ modelVersion: 1, selected: 9, contributors: 9 });
  expect(aggregation).toEqual({ dropped: [], checkedSecrets: 9, badShares: [], lostGroups: [] });
  const before = firstParameters(task);
  const step = coordinator.parameters().map((value, i) => value - (before[i] ?? 0));
  expect(Math.hypot(...step)).toBeCloseTo((honest * Math.sqrt(dimension)) / scale, 3);
});
