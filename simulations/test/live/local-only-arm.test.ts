import { createTaskModel, initialParameters, networkShape, seededRandom } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { trainAlone } from "../../src/baselines/local-only.js";
import type { Person } from "../../src/environments/live-environment.js";
import { localOnlyArm } from "../../src/live/arms/local-only-arm.js";
import { networkPolicy } from "../../src/live/arms/network-policy.js";
import type { LivePolicy } from "../../src/live/live-policy.js";
import { hashOf, PURPOSE } from "../../src/virtual/coins.js";
import { LOGS, smallSetting } from "./support/small-setting.js";

const INDEX = 2;
const history = LOGS[INDEX] ?? [];
const ROWS = Array.from({ length: 40 }, (_, row) => row);

/** Whom a policy of a network asks nothing. */
const nobody: Person = {
  visit: () => undefined,
  respond: () => [],
  expectedReward: () => 0,
  outstanding: () => [],
};

const shownBy = (policy: LivePolicy) => {
  const visit = { at: (history.at(-1)?.at ?? 0) + 1, since: [] };
  return policy.begin({ index: INDEX, history, visit, person: nobody }, ROWS, seededRandom(1)).distribution();
};

describe("the live arm of each person alone", () => {
  // A cohort is half of everybody: a client is expected in 10 of 20 rounds, and takes five steps in each.
  it.each([1, 2])(
    "takes as many steps as the whole federation gives it, by %i generations",
    async (generations) => {
      const setting = smallSetting({ rounds: 20 });
      const { task, spec } = setting;
      const initial = initialParameters(networkShape(task), task.model.seed);
      const alone = trainAlone({ ...setting, participations: 10 });
      const parameters = alone(initial, history, hashOf(spec.seed, PURPOSE.training, 0, INDEX));
      const policy = await localOnlyArm({ ...setting, generations }).train(LOGS);
      expect(shownBy(policy)).toEqual(shownBy(networkPolicy(createTaskModel(setting), () => parameters)));
    },
  );
});
