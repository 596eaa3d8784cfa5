import type { Draft, Parameter } from "../draft.js";
import type { Indices, Tensor } from "../tensor.js";

/**
 * The least of some rows of a table of one column: y_i = min_k table[columns_ik], which is how a count-min sketch is read
 * (Cormode & Muthukrishnan 2005, "An improved data stream summary", §4.1). No gradient goes back to the table: sketches are
 * counted, not trained.
 */
export interface TableMinimumStep {
  readonly kind: "table-minimum";
  /** Rows × K, an input: rows of the table. */
  readonly columns: Indices;
  readonly table: Parameter;
  /** Rows × 1 */
  readonly output: Tensor;
}

export function tableMinimum(draft: Draft<TableMinimumStep>, columns: Indices, table: Parameter): Tensor {
  const output = draft.hidden(`${table.name} out`, columns.rows, 1);
  draft.step({ kind: "table-minimum", columns, table, output });
  return output;
}
