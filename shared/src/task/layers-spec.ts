import * as v from "valibot";
import { finite, wholeWithin } from "./numbers.js";

const MOST_TOPOLOGY_CHARACTERS = 262_144;
const MOST_WEIGHTS = 512;
/** Of one axis; of all weights together, says `layersProblems`. */
export const MOST_PARAMETERS = 4_194_304;

const initialSchema = v.variant("kind", [
  v.strictObject({ kind: v.literal("constant"), value: finite }),
  v.strictObject({ kind: v.literal("normal"), deviation: finite }),
  v.strictObject({ kind: v.literal("identity"), gain: finite }),
]);

/**
 * A TensorFlow.js LayersModel in place of the built-in networks (docs/own-model.md). Its weights are stated beside it, so
 * that a coordinator needs no TensorFlow.js to draw version 0 and to know how long an update is.
 */
export const layersSchema = v.strictObject({
  /** The JSON of `tf.LayersModel.toJSON()`. */
  topology: v.pipe(v.string(), v.maxLength(MOST_TOPOLOGY_CHARACTERS)),
  /** In the order of the flat vector. */
  weights: v.pipe(
    v.array(
      v.strictObject({
        /** As `LayerVariable.originalName` has it: "layer/kernel". */
        name: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
        shape: v.pipe(v.array(wholeWithin(1, MOST_PARAMETERS)), v.minLength(1), v.maxLength(4)),
        initial: initialSchema,
      }),
    ),
    v.minLength(1),
    v.maxLength(MOST_WEIGHTS),
  ),
});

/** A validated own model. */
export type LayersSpec = v.InferOutput<typeof layersSchema>;
