import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../src/catalogue/catalogue.js";
import { sparseRows } from "../../src/catalogue/sparse-rows.js";
import { viewedCatalogue } from "../../src/learning/item-views.js";
import { writeCandidates, writeStates } from "../../src/learning/network-inputs.js";
import { currentState } from "../../src/learning/state.js";
import { createTaskModel } from "../../src/learning/task-model.js";
import { initialParameters } from "../../src/network/initial-parameters.js";
import { networkShape } from "../../src/network/network-shape.js";
import { recommenderNetwork } from "../../src/network/recommender-network.js";
import { referenceEngine } from "../../src/network/reference-engine.js";
import { parseTask } from "../../src/task/parse-task.js";

const taskOf = (buckets: number) => {
  const parsed = parseTask({
    name: "films",
    catalogue: { features: [{ name: "title", kind: "text", buckets }] },
  });
  if (!parsed.ok) throw new Error("valid");
  return parsed.task;
};
const items = ["a", "an owl", "owls at sea"].map((title) => ({ id: title, features: { title } }));

describe("the entries of a matrix", () => {
  it("are its cells that are not zero, at their places", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }).chain((width) =>
          fc.record({
            width: fc.constant(width),
            rows: fc.array(fc.array(fc.constantFrom(0, 0, 0.5, -2), { minLength: width, maxLength: width }), {
              maxLength: 6,
            }),
          }),
        ),
        ({ width, rows }) => {
          const { starts, columns, values, most } = sparseRows(Float32Array.from(rows.flat()), width);
          const again = rows.map((_, row) => {
            const cells = new Array(width).fill(0);
            for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at++) {
              cells[columns[at] ?? 0] = values[at];
            }
            return cells;
          });
          expect(again).toEqual(rows);
          expect(most).toBe(Math.max(0, ...rows.map((row) => row.filter((cell) => cell !== 0).length)));
        },
      ),
    );
  });
});

describe("a catalogue", () => {
  it("comes into the network as entries where most of its cells are zero, and as rows where not", () => {
    const isSparse = (buckets: number) => {
      const task = taskOf(buckets);
      const { views } = viewedCatalogue(task, createCatalogue(task.catalogue.features, items));
      return views.map(({ entries }) => entries !== undefined);
    };
    expect(isSparse(16)).toEqual([false]);
    expect(isSparse(512)).toEqual([true]);
  });

  it("gives the same numbers for the same parameters either way", () => {
    const task = taskOf(512);
    const catalogue = createCatalogue(task.catalogue.features, items);
    const parameters = initialParameters(networkShape(task), 1).map((value, i) => value + Math.sin(i) / 9);
    const history = [0, 1].map((at) => ({ kind: "click", itemId: items[at]?.id ?? "", at }) as const);
    const state = currentState(task, catalogue, history, 2);
    const logits = (withEntries: boolean) => {
      const model = createTaskModel({ task, catalogue, engine: referenceEngine });
      const views = withEntries
        ? model.catalogue.views
        : model.catalogue.views.map(({ entries, ...view }) => view);
      const shape = withEntries ? model.shape : networkShape(task);
      const network = recommenderNetwork(shape);
      const compiled = referenceEngine.compile(network, { states: 1, candidates: 3 });
      const target = { shape, catalogue: { ...model.catalogue, views }, compiled, inputs: network.inputs };
      compiled.load(parameters);
      writeStates(target, [state]);
      // Fuller rows first: what they leave behind must not count.
      for (const rows of [
        [2, 2, 2],
        [0, 1, 2],
      ])
        writeCandidates(target, rows);
      compiled.forward({ states: 1, candidates: 3 });
      return [...compiled.values(network.logits).cells, ...compiled.values(network.values).cells];
    };
    const asRows = logits(false);
    expect(logits(true)).toEqual(asRows.map((value) => expect.closeTo(value, 12)));
    expect(new Set(asRows).size).toBe(4);
  });
});

describe("several views", () => {
  const viewed = (model: object, relations?: string[]) => {
    const parsed = parseTask({
      name: "films",
      catalogue: {
        features: [
          { name: "year", kind: "numeric", minimum: 2000, maximum: 2020 },
          { name: "title", kind: "text", buckets: 64 },
          { name: "image", kind: "vector", length: 2 },
        ],
        ...(relations && { relations }),
      },
      model,
    });
    if (!parsed.ok) throw new Error("valid");
    const films = [
      { id: "a", features: { year: 2000, title: "a" } },
      { id: "b", features: { image: [3, 4] } },
      { id: "c", features: {} },
    ];
    const graph = relations && { names: relations, relations: [{ head: "b", relation: "by", tail: "a" }] };
    const catalogue = createCatalogue(parsed.task.catalogue.features, films, graph);
    return viewedCatalogue(parsed.task, catalogue);
  };

  it("are its modalities for gated fusion, and say which of them an item has", () => {
    const { views, present } = viewed({ itemEncoder: "gated-fusion" });
    expect(views.map(({ width, entries }) => [width, entries !== undefined])).toEqual([
      [2, false],
      [64, true],
      [2, false],
    ]);
    expect(views[2]?.features).toEqual(Float32Array.of(0, 0, 0.3, 0.4, 0, 0));
    // The least year is a year.
    expect([...(present ?? [])]).toEqual([1, 1, 0, 0, 0, 1, 0, 0, 0]);
  });

  it("are the item and two steps along each relation for a graph, as far as there is somebody", () => {
    const { views, present } = viewed({ itemEncoder: "graph" }, ["by", "in"]);
    expect(views.map(({ width }) => width)).toEqual([69, 69, 69, 69, 69]);
    expect([...(present ?? [])]).toEqual([1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0]);
  });
});
