import type { Relation } from "./relation.js";
import type { SparseRows } from "./sparse-rows.js";

/** Nodes by number, each with its neighbours. */
type Adjacency = readonly (readonly number[])[];

interface Nodes {
  /** Of every node, features by column: items first, in the catalogue's order. */
  readonly features: readonly ReadonlyMap<number, number>[];
  readonly index: (id: string) => number;
  /** Nodes that are items. */
  readonly items: number;
}

const HOPS = 2;

/**
 * What the features of neighbours say of each item: for each relation in turn Â·X and Â²·X, with Â = D^−½ (A + Aᵀ) D^−½
 * (LightGCN: He et al. 2020, arXiv 2002.02126, §3.1). Without weights between the hops it is done once for a catalogue,
 * before any training (SIGN: Frasca et al. 2020, arXiv 2004.11198, §3).
 */
export function neighbours(
  { features, index, items }: Nodes,
  names: readonly string[],
  relations: readonly Relation[],
): SparseRows[] {
  return names.flatMap((name) => {
    const edges: Set<number>[] = features.map(() => new Set());
    for (const { head, relation, tail } of relations) {
      if (relation !== name || head === tail) continue;
      edges[index(head)]?.add(index(tail));
      edges[index(tail)]?.add(index(head));
    }
    const adjacency = edges.map((to) => [...to]);
    let rows = features;
    return Array.from({ length: HOPS }, () => {
      rows = propagated(rows, adjacency);
      return asSparse(rows.slice(0, items));
    });
  });
}

function propagated(rows: Nodes["features"], adjacency: Adjacency): Map<number, number>[] {
  const degree = (node: number) => adjacency[node]?.length ?? 0;
  return adjacency.map((near, node) => {
    const sum = new Map<number, number>();
    for (const other of near) {
      const weight = 1 / Math.sqrt(degree(node) * degree(other));
      for (const [column, value] of rows[other] ?? []) {
        sum.set(column, (sum.get(column) ?? 0) + weight * value);
      }
    }
    return sum;
  });
}

function asSparse(rows: readonly ReadonlyMap<number, number>[]): SparseRows {
  const starts = new Int32Array(rows.length + 1);
  for (const [row, { size }] of rows.entries()) starts[row + 1] = (starts[row] ?? 0) + size;
  const entries = rows.flatMap((row) => [...row].sort(([a], [b]) => a - b));
  return {
    starts,
    columns: Int32Array.from(entries, ([column]) => column),
    values: Float32Array.from(entries, ([, value]) => value),
    most: rows.reduce((most, { size }) => Math.max(most, size), 0),
  };
}
