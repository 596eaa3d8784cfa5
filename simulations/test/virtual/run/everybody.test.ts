import { createTaskModel, referenceEngine } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { everybody, triedItems } from "../../../src/virtual/run/everybody.js";
import { CLIENTS, smallRoom } from "../support/small-room.js";

describe("what is counted in the open", () => {
  const { room } = smallRoom("fast");
  const model = createTaskModel({ task: room.spec.task, catalogue: room.catalogue, engine: referenceEngine });

  it.each([1, 3, CLIENTS])(
    "is of the %d clients that differ, and of nothing that is held out",
    (distinct) => {
      const crowd = { model, population: room.population, distinct };
      const histories = [...everybody(crowd)].map(({ history }) => history);
      expect(histories).toHaveLength(distinct);
      const tried = new Set(histories.flatMap((history) => history.map(({ itemId }) => itemId)));
      expect(triedItems(crowd)).toEqual(tried);
    },
  );
});
