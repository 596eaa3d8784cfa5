import type { NetworkShape } from "./network-shape.js";

/** One named block of the flat parameter vector, row-major. */
export interface ParameterBlock {
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
}

/** Every weight matrix, in the order of the flat vector. */
export const PARAMETER_NAMES = [
  "item",
  "kind",
  "age",
  "query",
  "key",
  "attended",
  "stateHidden",
  "stateHiddenBias",
  "stateOut",
  "stateSkip",
  "actionHidden",
  "actionHiddenBias",
  "actionOut",
  "itemBias",
  "valueHidden",
  "valueHiddenBias",
  "valueOut",
  "valueOutBias",
] as const;

export type ParameterName = (typeof PARAMETER_NAMES)[number];
export type NetworkLayout = Readonly<Record<ParameterName, ParameterBlock>>;

function blockSizes({ features: F, embedding: E, hidden: H, kinds: K }: NetworkShape) {
  return {
    item: [F, E],
    kind: [K, E],
    age: [1, E],
    query: [E, E],
    key: [E, E],
    attended: [E, E],
    stateHidden: [2 * E, H],
    stateHiddenBias: [1, H],
    stateOut: [H, E],
    stateSkip: [E, E],
    actionHidden: [E, H],
    actionHiddenBias: [1, H],
    actionOut: [H, E],
    itemBias: [F, 1],
    valueHidden: [2 * E, H],
    valueHiddenBias: [1, H],
    valueOut: [H, 1],
    valueOutBias: [1, 1],
  } as const satisfies Record<ParameterName, readonly [number, number]>;
}

/** Where each weight matrix lies in the flat vector. */
export function networkLayout(shape: NetworkShape): NetworkLayout {
  const sizes = blockSizes(shape);
  let end = 0;
  const block = (name: ParameterName): ParameterBlock => {
    const [rows, columns] = sizes[name];
    const offset = end;
    end += rows * columns;
    return { offset, rows, columns };
  };
  return {
    item: block("item"),
    kind: block("kind"),
    age: block("age"),
    query: block("query"),
    key: block("key"),
    attended: block("attended"),
    stateHidden: block("stateHidden"),
    stateHiddenBias: block("stateHiddenBias"),
    stateOut: block("stateOut"),
    stateSkip: block("stateSkip"),
    actionHidden: block("actionHidden"),
    actionHiddenBias: block("actionHiddenBias"),
    actionOut: block("actionOut"),
    itemBias: block("itemBias"),
    valueHidden: block("valueHidden"),
    valueHiddenBias: block("valueHiddenBias"),
    valueOut: block("valueOut"),
    valueOutBias: block("valueOutBias"),
  };
}

/** d, the length of the flat vector. */
export function parameterCount(shape: NetworkShape): number {
  return Object.values(blockSizes(shape)).reduce((sum, [rows, columns]) => sum + rows * columns, 0);
}
