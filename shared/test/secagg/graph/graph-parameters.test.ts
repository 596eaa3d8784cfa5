import { describe, expect, it } from "vitest";
import { type Adversary, graphParameters } from "../../../src/secagg/graph/graph-parameters.js";

/** google-parfait/federated-compute, fcp/secagg/server/graph_parameter_finder_test.cc. */
const published: [number, number, number, Adversary, number, number][] = [
  [100, 0.05, 0.05, "semi-honest", 12, 6],
  [100, 0.05, 0.05, "semi-malicious", 16, 11],
  [1000, 0.05, 0.05, "semi-honest", 30, 17],
  [1000, 0.05, 0.05, "semi-malicious", 52, 37],
  [100, 0.45, 0.45, "semi-honest", 92, 46],
  [1000, 0.45, 0.45, "semi-honest", 822, 417],
  [10_000, 0.45, 0.45, "semi-honest", 3494, 1771],
  [10, 0.33, 0.33, "semi-honest", 8, 4],
  [100, 0.33, 0.33, "semi-honest", 68, 34],
  [1000, 0.33, 0.33, "semi-honest", 286, 150],
  [10_000, 0.33, 0.33, "semi-honest", 422, 221],
  [100, 0.3, 0.3, "semi-malicious", 92, 62],
  [1000, 0.3, 0.3, "semi-malicious", 872, 584],
  [10_000, 0.3, 0.3, "semi-malicious", 4822, 3230],
  [10, 0.05, 0.33, "semi-honest", 4, 2],
  [100, 0.05, 0.33, "semi-honest", 28, 6],
  [1000, 0.05, 0.33, "semi-honest", 72, 24],
  [10_000, 0.05, 0.33, "semi-honest", 86, 29],
  [10, 0.05, 0.33, "semi-malicious", 8, 5],
  [100, 0.05, 0.33, "semi-malicious", 72, 39],
  [1000, 0.05, 0.33, "semi-malicious", 398, 223],
  [10_000, 0.05, 0.33, "semi-malicious", 746, 420],
  [10, 0.33, 0.05, "semi-honest", 4, 4],
  [100, 0.33, 0.05, "semi-honest", 34, 29],
  [1000, 0.33, 0.05, "semi-honest", 78, 60],
  [10_000, 0.33, 0.05, "semi-honest", 92, 70],
  [100, 0.33, 0.05, "semi-malicious", 42, 37],
  [1000, 0.33, 0.05, "semi-malicious", 132, 109],
  [10_000, 0.33, 0.05, "semi-malicious", 178, 146],
  [10, 0.05, 0.05, "semi-honest", 2, 2],
  [10_000, 0.05, 0.05, "semi-honest", 34, 20],
  [10_000, 0.05, 0.05, "semi-malicious", 62, 44],
  [10, 0.33, 0, "semi-honest", 4, 4],
  [100, 0.33, 0, "semi-honest", 26, 25],
  [1000, 0.33, 0, "semi-honest", 38, 36],
  [10_000, 0.33, 0, "semi-honest", 42, 40],
  [100, 0.33, 0, "semi-malicious", 26, 26],
  [1000, 0.33, 0, "semi-malicious", 38, 37],
  [10_000, 0.33, 0, "semi-malicious", 42, 41],
  [100, 0, 0.33, "semi-honest", 26, 2],
  [1000, 0, 0.33, "semi-honest", 38, 2],
  [10, 0, 0.33, "semi-malicious", 8, 5],
  [100, 0, 0.33, "semi-malicious", 68, 35],
  [1000, 0, 0.33, "semi-malicious", 228, 115],
  [10_000, 0, 0.33, "semi-malicious", 326, 164],
  [1000, 0, 0, "semi-malicious", 2, 2],
];

describe("graph parameters", () => {
  it.each(published)("%i clients, γ = %d, δ = %d, %s: degree %i, threshold %i", (...row) => {
    const [clients, corrupt, dropout, adversary, neighbours, threshold] = row;
    expect(graphParameters({ clients, corrupt, dropout, adversary })).toEqual({ neighbours, threshold });
  });

  it("finds nothing where too many are lost", () => {
    const hopeless = { clients: 100, corrupt: 0.5, dropout: 0.5, adversary: "semi-malicious" } as const;
    expect(graphParameters(hopeless)).toBeUndefined();
    // The same test file, among the instances that cannot be solved.
    const lost = { clients: 1000, corrupt: 0.33, dropout: 0.33, adversary: "semi-malicious" } as const;
    expect(graphParameters(lost)).toBeUndefined();
  });
});
