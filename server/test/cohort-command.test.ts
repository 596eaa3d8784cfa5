import { describe, expect, it } from "vitest";
import { ServerProcess } from "./support/server-process.js";

const plan = async (args: string) => {
  const asked = new ServerProcess("cohort", "plan", ...args.split(" "));
  const { code } = await asked.exited;
  return { code, stdout: asked.stdout, stderr: asked.stderr };
};

describe("tacit-server cohort plan", () => {
  it.each([
    // google-parfait/federated-compute, fcp/secagg/server/graph_parameter_finder_test.cc
    ["--clients 100 --corrupt 0.05 --dropout 0.05 --adversary semi-honest", 12, 6],
    ["--clients 1000 --corrupt 0.05 --dropout 0.05 --adversary semi-honest", 30, 17],
    ["--clients 1000 --corrupt 0.05 --dropout 0.05 --adversary semi-malicious", 52, 37],
    ["--clients 10000 --corrupt 0.33 --dropout 0.33 --adversary semi-honest", 422, 221],
  ])("answers %s with the published degree %i and threshold %i", async (args, neighbours, threshold) => {
    const { code, stdout } = await plan(`${args} --json`);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ graph: "harary", neighbours, threshold });
  });

  it("says in words which graph Tacit uses", async () => {
    const few = await plan("--clients 100 --corrupt 0.05 --dropout 0.05");
    expect(few.stdout).toMatch(/^neighbours +12 .*sparsest Harary/m);
    expect(few.stdout).toMatch(/^Tacit uses the complete graph for so few: 99 neighbours, threshold 51,/m);
    const many = await plan("--clients 1000 --corrupt 0.05 --dropout 0.05");
    expect(many.stdout).toMatch(/^Tacit uses this graph, with 526 signatures/m);
    const lossy = await plan("--clients 1000 --corrupt 0.33 --dropout 0.33");
    expect(lossy.stdout).toMatch(/^Tacit refuses such a cohort: --corrupt: .*286 neighbours/m);
  });

  it("answers for the smallest cohort, which only the complete graph fits", async () => {
    const { code, stdout } = await plan("--clients 3 --corrupt 0 --dropout 0 --json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ graph: "complete", neighbours: 2, threshold: 2 });
  });

  it.each([
    ["--clients 2", "--clients is a whole number from 3 to 10000"],
    ["--clients 10001", "--clients is a whole number from 3 to 10000"],
    ["--clients 100 --corrupt 1", "--corrupt is at least 0 and below 1"],
    ["--clients 100 --dropout 1.5", "--dropout is at least 0 and below 1"],
    ["--clients 100 --adversary evil", "Allowed choices are semi-honest, semi-malicious"],
    ["--clients 1000 --corrupt 0.5 --dropout 0.5", "--dropout: 0.5: only 500 of 1000 would be left to sign"],
    ["--corrupt 0.1", "--clients"],
  ])("refuses %s with exit code 2 and one line", async (args, message) => {
    const { code, stdout, stderr } = await plan(args);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});
