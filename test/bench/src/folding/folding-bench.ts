import { aligned } from "../aligned.js";
import { type Measured, measure } from "../measure.js";
import type { Report } from "../suite.js";
import { foldingSuite, UPDATES } from "./folding-suite.js";

/** Updates a second that a plain sum of typed arrays reached, decoding included, and that one of tensors did. */
const PEERS: ReadonlyMap<number, { readonly arrays: number; readonly tensors: number }> = new Map([
  [100_000, { arrays: 2400, tensors: 447 }],
  [1_000_000, { arrays: 307, tensors: 44 }],
]);

export const foldingBench: Report = {
  title: "what a coordinator does with each update, from the bytes that arrived to the sum, with every check",
  async *lines(keep) {
    for (const [dimension, { arrays, tensors }] of PEERS) {
      const measured = await measure(foldingSuite(dimension));
      keep(
        `d = ${dimension}`,
        measured.map((one) => ({ name: one.name, updatesPerSecond: updatesPerSecond(one) })),
      );
      const copy = measured.find(({ baseline }) => baseline);
      const rows = measured.map((one) => [
        one.name,
        (one.milliseconds / UPDATES).toFixed(3),
        updatesPerSecond(one).toFixed(0),
        copy ? (one.milliseconds / copy.milliseconds).toFixed(1) : "",
      ]);
      yield* aligned([`d = ${dimension}`, "ms each", "updates/s", "× copy"], rows);
      yield `to compare: sums of typed arrays ${arrays}/s, of tensors ${tensors}/s, on another occasion`;
      yield "";
    }
  },
};

const updatesPerSecond = ({ milliseconds }: Measured): number => (1000 * UPDATES) / milliseconds;
