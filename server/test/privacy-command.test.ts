import { describe, expect, it } from "vitest";
import { ServerProcess } from "./support/server-process.js";

const privacy = async (...args: string[]) => {
  const asked = new ServerProcess("privacy", ...args);
  const { code } = await asked.exited;
  return { code, stdout: asked.stdout, stderr: asked.stderr };
};
const epsilon = (...args: string[]) => privacy("epsilon", ...args);

describe("tacit-server privacy", () => {
  it.each([
    // tensorflow_privacy, analysis/tree_aggregation_accountant_test.py
    ["sensitivity --participations 1 --minimum-separation 7 --steps 8 --mechanism tree", { squared: 4 }],
    ["sensitivity --participations 3 --minimum-separation 3 --steps 9 --mechanism tree", { squared: 11 }],
    ["sensitivity --participations 3 --minimum-separation 2 --steps 7 --mechanism tree", { squared: 9 }],
    ["sensitivity --participations 8 --minimum-separation 2 --steps 24 --mechanism tree", { squared: 88 }],
    ["sensitivity --participations 200 --minimum-separation 0 --steps 8 --mechanism tree", { squared: 120 }],
    // 11 nodes above a leaf of 1,600: a Gaussian of noise z / √11.
    [
      "epsilon --mechanism tree --noise-multiplier 8.83 --participations 1 --minimum-separation 0 --steps 1600 --delta 1e-6 --accountant exact",
      { epsilon: 1.6486588410807599 },
    ],
    // google-research/federated, distributed_dp/accounting_utils.py
    [
      "scale --local-stddev 0.1 --clip 1 --bits 16 --clients 100 --dimension 65536 --k 4",
      { scale: 7630.497186 },
    ],
    ["rounded-norm --scaled-clip 100 --dimension 1024", { roundedNorm: 101.843016 }],
    // dp_accounting, rdp_privacy_accountant_test.py
    ["convert --orders 2..32 --rdp 1.1 --delta 1e-5", { epsilon: 1.32783806176 }],
    // dp_accounting, pld/privacy_loss_mechanism_test.py
    ["delta --mechanism gaussian --noise-multiplier 1 --epsilon 1 --accountant exact", { delta: 0.12693674 }],
    ["delta --mechanism gaussian --noise-multiplier 1 --epsilon 1 --accountant pld", { delta: 0.12693674 }],
    // 28 of these are one Gaussian of noise 3.78, 29 one of 3.71: δ(1) is 8.0e-6 and 1.1e-5.
    [
      "compositions --mechanism gaussian --noise-multiplier 20 --epsilon 1 --delta 1e-5 --accountant exact",
      { compositions: 28 },
    ],
  ])("answers %s as published", async (args, expected) => {
    const { code, stdout } = await privacy(...args.split(" "), "--json");
    expect(code).toBe(0);
    const answer = JSON.parse(stdout);
    for (const [name, value] of Object.entries(expected)) {
      expect(Math.abs(answer[name] / value - 1)).toBeLessThan(1e-6);
    }
  });

  it("lists the published Rényi divergences", async () => {
    const args =
      "rdp --mechanism gaussian --noise-multiplier 2.5 --sampling-probability 0.01 --compositions 50";
    const { stdout } = await privacy(...args.split(" "), "--orders", "1.5,2.5,5", "--json");
    // dp_accounting, rdp_privacy_accountant_test.py
    const published = [6.70579741e-4, 1.0854871e-3, 2.18075656e-3];
    for (const [i, divergence] of JSON.parse(stdout).rdp.entries()) {
      expect(Math.abs(divergence / (published[i] ?? 0) - 1)).toBeLessThan(1e-6);
    }
  });

  it("compares the accountants of one mechanism, and says who cannot count it", async () => {
    const args =
      "compare --mechanism laplace --noise-multiplier 1 --sampling-probability 0.1 --compositions 10";
    const { stdout } = await privacy(...args.split(" "), "--json");
    const { rdp, pld, zcdp, exact } = JSON.parse(stdout);
    expect(pld).toBeLessThan(rdp);
    expect([zcdp, exact]).toEqual([null, null]);
    const words = await privacy(...args.split(" "));
    expect(words.stdout).toMatch(/^zcdp +cannot count it$/m);
  });

  it("finds the noise of a published epsilon", async () => {
    // opacus, tests/accountants_test.py
    const args = "noise-multiplier --mechanism gaussian --sampling-probability 0.04 --compositions 2250";
    const { stdout } = await privacy(...args.split(" "), "--epsilon", "7.32911117143", "--json");
    expect(JSON.parse(stdout).noiseMultiplier).toBeCloseTo(1.5, 3);
  });

  it("finds the least noise of correlated shares, which is as the root of the sensitivity", async () => {
    const args = "noise-multiplier --accountant exact --epsilon 2 --json --mechanism";
    const alone = JSON.parse((await privacy(...args.split(" "), "gaussian")).stdout).noiseMultiplier;
    const tree = "tree --participations 3 --minimum-separation 3 --steps 9".split(" ");
    const run = JSON.parse((await privacy(...args.split(" "), ...tree)).stdout).noiseMultiplier;
    expect(run / alone).toBeCloseTo(Math.sqrt(11), 4);
  });

  it("plans a deployment, in words and in JSON", async () => {
    const args =
      "plan --clients 20000 --cohort 500 --dimension 3000 --rounds-per-day 8 --days 14 --epsilon 8";
    const words = await privacy(...args.split(" "));
    expect(words.stdout).toMatch(/^noise multiplier +\d/m);
    expect(words.stdout).toMatch(/^epsilon, releases +7\.9/m);
    const { stdout } = await privacy(...args.split(" "), "--json");
    const plan = JSON.parse(stdout);
    expect(plan.releasesEpsilon).toBeLessThanOrEqual(8);
    expect(plan.bytesPerUpload).toBeGreaterThan((3000 * plan.bits) / 8);
  });

  it("refuses a cohort that is larger than the population, naming the flag", async () => {
    const { code, stderr } = await privacy(..."plan --clients 10 --cohort 50 --dimension 100".split(" "));
    expect(code).toBe(2);
    expect(stderr).toBe("error: --cohort: more than the 10 clients\n");
  });
});

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
      "--mechanism tree --noise-multiplier 1",
      /--participations: tree needs it, a whole number up to 1048576/,
    ],
    [
      "--mechanism toeplitz --noise-multiplier 1 --participations 2 --minimum-separation 1 --steps 9 --sampling-probability 0.5",
      /--sampling-probability: toeplitz counts everybody; it is 1/,
    ],
    ["--mechanism gaussian --noise-multiplier 1 --orders 0.5", /--orders are numbers above 1/],
    [
      "--mechanism discrete-gaussian --stddev 3 --sensitivity 2 --dimension 2 --accountant pld",
      /--accountant: pld cannot count discrete-gaussian with these parameters; use rdp/,
    ],
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
