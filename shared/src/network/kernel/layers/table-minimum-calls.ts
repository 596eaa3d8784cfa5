import type { TableMinimumStep } from "../../layers/table-minimum.js";
import type { LayerCalls, Site } from "../site.js";

export function tableMinimumCalls({ columns, table, output }: TableMinimumStep, site: Site): LayerCalls {
  const { calls } = site;
  const [y, t, c, rows] = [site.values(output), site.values(table), site.indices(columns), site.rows(output)];
  return {
    forward: [() => calls.tableMinimum(y, t, c, rows(), columns.columns)],
    backward: () => [],
  };
}
