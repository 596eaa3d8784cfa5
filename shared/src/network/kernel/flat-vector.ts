import type { Parameter } from "../draft.js";

/** A parameter's block in the memory: rows `stride` cells apart, each of as many panels as the parameter has. */
export interface Block {
  readonly parameter: Parameter;
  readonly cells: Float32Array;
  readonly stride: number;
}

/** From the flat vector into the padded blocks. */
export function spread(flat: Float32Array, blocks: readonly Block[]): void {
  for (const { parameter, cells, stride } of blocks) {
    const { offset, columns, panels } = parameter;
    const [part, padded] = [columns / panels, stride / panels];
    for (let from = offset, panel = 0; panel < parameter.rows * panels; panel++) {
      const to = panel * padded;
      for (let column = 0; column < part; column++) cells[to + column] = flat[from++] ?? 0;
    }
  }
}

/** From the padded blocks into the flat vector. */
export function gather(blocks: readonly Block[], flat: Float32Array): void {
  for (const { parameter, cells, stride } of blocks) {
    const { offset, columns, panels } = parameter;
    const [part, padded] = [columns / panels, stride / panels];
    for (let to = offset, panel = 0; panel < parameter.rows * panels; panel++) {
      const from = panel * padded;
      for (let column = 0; column < part; column++) flat[to++] = cells[from + column] ?? 0;
    }
  }
}
