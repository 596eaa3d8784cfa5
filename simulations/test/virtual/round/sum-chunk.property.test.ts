import {
  addSealed,
  createKernelEngine,
  createTaskModel,
  emptySum,
  referenceEngine,
  seededRandom,
  trainLocally,
} from "@tacit/shared";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashOf, PURPOSE } from "../../../src/virtual/coins.js";
import { MEASURES } from "../../../src/virtual/round/measures.js";
import { sumChunk } from "../../../src/virtual/round/sum-chunk.js";
import { CLIENTS, smallRoom } from "../support/small-room.js";

const everybody = Uint32Array.from({ length: CLIENTS }, (_, client) => client);

const kernel = await createKernelEngine();
if (!kernel) throw new Error("WebAssembly runs in Node");

describe.each([referenceEngine, kernel])("a round's clients on the engine $name", (engine) => {
  const { room, spec, parameters, people, catalogue } = smallRoom("fast", {}, engine);
  const whole = sumChunk(room, { modelVersion: 3, parameters, clients: everybody });

  it("come to the same integers however they are cut into chunks, in any order", () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.nat(1000), (chunks, seed) => {
        const random = seededRandom(seed);
        const parts = Array.from({ length: chunks }, (): number[] => []);
        for (const client of everybody) parts[random.integer(chunks)]?.push(client);
        const sum = emptySum(spec.plan);
        const measured = new Float64Array(whole.measured.length);
        for (const part of parts.toReversed()) {
          const chunk = sumChunk(room, { modelVersion: 3, parameters, clients: Uint32Array.from(part) });
          addSealed(spec.plan, sum, chunk.sum);
          for (const [place, client] of part.entries()) {
            const from = place * MEASURES;
            measured.set(chunk.measured.subarray(from, from + MEASURES), client * MEASURES);
          }
        }
        expect(sum).toEqual(whole.sum);
        expect(measured).toEqual(whole.measured);
      }),
      { numRuns: 15 },
    ));

  it("train as the SDK does, bit for bit", () => {
    const model = createTaskModel({ task: spec.task, catalogue, engine });
    for (const client of [0, 11, 23]) {
      const seed = hashOf(spec.seed, PURPOSE.training, 3, client);
      const local = trainLocally({
        model,
        parameters,
        history: people[client]?.history ?? [],
        random: seededRandom(seed),
      });
      if (!local.ok) throw new Error("seven clicks are enough");
      const trained = room.train({ modelVersion: 3, parameters }, people[client]?.history ?? [], seed);
      expect(trained?.update).toEqual(local.parameters.map((value, i) => value - (parameters[i] ?? 0)));
      expect(trained).toMatchObject({ loss: local.loss, reward: local.meanReward });
    }
  });

  it("throw other coins in another round", () => {
    const next = sumChunk(room, { modelVersion: 4, parameters, clients: everybody });
    expect(next.sum).not.toEqual(whole.sum);
  });

  it("that can make no update are not in the sum", () => {
    const strict = smallRoom("fast", { learning: { minimumInteractions: 8 } }, engine);
    const { sum, measured } = sumChunk(strict.room, { modelVersion: 0, parameters, clients: everybody });
    expect(sum.every((value) => value === 0)).toBe(true);
    expect(measured[0]).toBeNaN();
  });
});
