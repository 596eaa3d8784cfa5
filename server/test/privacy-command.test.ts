import { describe, expect, it } from "vitest";
import { ServerProcess } from "./support/server-process.js";

const epsilon = async (...args: string[]) => {
  const asked = new ServerProcess("privacy", "epsilon", ...args);
  const { code } = await asked.exited;
  return { code, stdout: asked.stdout, stderr: asked.stderr };
};

describe("tacit-server privacy epsilon", () => {
  it.each([
    // tensorflow_privacy, analysis/compute_dp_sgd_privacy_test.py
    [
      "gaussian --noise-multiplier 1.3 --sampling-probability 0.0025 --compositions 6000 --accountant rdp",
      0.7242234026,
    ],
    ["gaussian --noise-multiplier 0.7 --compositions 2 --accountant rdp", 10.8602036],
    ["gaussian --noise-multiplier 0.7 --compositions 2 --accountant exact", 10.1224946],
    [
      "gaussian --noise-multiplier 0.7 --sampling-probability 0.01 --compositions 120 --accountant pld",
      2.4612381,
    ],
    ["gaussian --noise-multiplier 0.7 --compositions 2 --accountant pld", 10.1224946],
    // Recomputed with google-research/federated, distributed_dp/accounting_utils.py
    [
      "distributed-discrete-gaussian --gamma 1e-3 --local-stddev 0.1 --clients 100 --clip 1 --beta 0.6065306597126334 --dimension 65536 --compositions 1",
      4.796508,
    ],
  ])("reads %s as the published %d", async (args, published) => {
    const { code, stdout } = await epsilon("--mechanism", ...args.split(" "), "--delta", "1e-5", "--json");
    expect(code).toBe(0);
    const answer = JSON.parse(stdout);
    expect(Math.abs(answer.epsilon / published - 1)).toBeLessThan(1e-3);
    expect(answer.delta).toBe(1e-5);
  });

  it.each([
    ["--mechanism gaussian --noise-multiplier -1", /--noise-multiplier is a number above 0/],
    ["--mechanism gaussian", /--noise-multiplier: gaussian needs it/],
    ["--mechanism gaussian --noise-multiplier 1 --delta 1", /--delta is above 0 and below 1/],
    [
      "--mechanism gaussian --noise-multiplier 1 --sampling-probability 2",
      /--sampling-probability is from 0 to 1/,
    ],
    ["--mechanism sorcery", /--mechanism/],
    [
      "--mechanism laplace --noise-multiplier 1 --accountant exact",
      /--accountant: exact cannot count laplace/,
    ],
  ])("refuses %s with exit code 2 and one line that names the flag", async (args, message) => {
    const { code, stdout, stderr } = await epsilon(...args.split(" "));
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});
