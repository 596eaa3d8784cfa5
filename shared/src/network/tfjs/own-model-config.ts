import type * as Tf from "@tensorflow/tfjs";
import type { LayersTopology } from "../../task/layers-topology.js";

/** Of all allowed layers. */
const INITIALIZERS = ["kernel", "recurrent", "bias", "gamma", "beta"].map((name) => `${name}Initializer`);

type Settings = Record<string, Tf.serialization.ConfigDictValue>;

/**
 * A topology as `tf.LayersModel.fromConfig` takes it. Weights begin as zeros, and layers that want more of them than
 * `parameters` fail before any memory is taken: a line of JSON can ask for terabytes.
 */
export function ownModelConfig(
  tf: typeof Tf,
  { config }: LayersTopology,
  parameters: number,
): Tf.serialization.ConfigDict {
  const initializer = zerosWithin(tf, parameters);
  return {
    name: "own-model",
    layers: config.layers.map(({ name, class_name: className, config: settings, inbound_nodes: calls }) => {
      const layer = plainSettings(settings);
      Object.assign(layer, Object.fromEntries(INITIALIZERS.map((key) => [key, initializer])));
      const inboundNodes = calls.map((call) => call.map(([from, at, output]) => [from, at, output]));
      return { name, className, config: layer, inboundNodes };
    }),
    inputLayers: config.input_layers.map((place) => [...place]),
    outputLayers: config.output_layers.map((place) => [...place]),
  };
}

function zerosWithin(tf: typeof Tf, parameters: number) {
  let wanted = 0;
  const zeros = tf.initializers.zeros();
  zeros.apply = (shape, dtype) => {
    const lengths = shape.map((length) => length ?? 0);
    wanted += lengths.reduce((product, length) => product * length, 1);
    if (!(wanted <= parameters)) throw new Error("its layers have more weights than are stated");
    return tf.zeros(lengths, dtype);
  };
  return zeros;
}

/** As TensorFlow.js spells them: toJSON writes Python's names, also for values such as "hard_sigmoid". */
function plainSettings(settings: Readonly<Record<string, unknown>>): Settings {
  const plain: Settings = {};
  for (const [key, value] of Object.entries(settings)) {
    const setting = plainValue(value);
    if (setting !== undefined) plain[camelCase(key)] = key === "name" ? setting : inTypeScript(setting);
  }
  return plain;
}

type Plain = string | number | boolean | null;

function plainValue(value: unknown): Plain | Plain[] | undefined {
  if (Array.isArray(value)) return value.filter(isPlain);
  return isPlain(value) ? value : undefined;
}

const isPlain = (value: unknown): value is Plain =>
  value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";

const inTypeScript = (value: Plain | Plain[]) => (typeof value === "string" ? camelCase(value) : value);

const camelCase = (name: string): string =>
  name.replace(/_+(\w|$)/g, (_, letter: string) => letter.toUpperCase());
