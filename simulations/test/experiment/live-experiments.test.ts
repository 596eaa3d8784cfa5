import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTrainedModel } from "../../src/trained-model/read-trained-model.js";
import { tacitSim } from "../support/tacit-sim.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tacit-live-"));
});
afterAll(() => rm(folder, { recursive: true }));

const SMALL = [
  ...["--clients", "60", "--logged", "3", "--visits", "4", "--cohort", "20", "--rounds", "2"],
  ...["--workers", "1", "--json"],
];

async function result(args: readonly string[]) {
  const { code, stdout, stderr } = await tacitSim(args);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return { ...JSON.parse(stdout), stderr };
}

describe("tacit-sim compare of a live environment", () => {
  it("plays every arm with every seed, once, and draws a page of them", async () => {
    const args = ["compare", "e-commerce", ...SMALL, "--seeds", "2", "--first-seed", "4"];
    const out = ["--epsilons", "2,8", "--out", folder];
    const { arms, population, trials } = await result([...args, ...out]);
    expect(arms.map(({ arm }: { arm: string }) => arm)).toEqual([
      "random",
      "popularity",
      "local-only",
      "federated, no privacy",
      "federated, epsilon 8",
      "federated, epsilon 2",
      "centralised",
      "oracle",
    ]);
    expect(population).toMatchObject({ kind: "live", environment: "e-commerce", clients: 60, logged: 3 });
    for (const { seeds, metrics } of arms) {
      expect(seeds).toEqual([4, 5]);
      expect(Object.keys(metrics)).toEqual(expect.arrayContaining(["reward", "retention"]));
    }

    const federated = trials.filter(({ course }: { course: unknown[] }) => course.length > 0);
    expect(federated).toHaveLength(3 * 2);
    for (const { arm, course, metrics, privacy } of federated) {
      const last = course.at(-1);
      expect(course.map(({ round }: { round: number }) => round)).toEqual([0, 1, 2]);
      expect(last.value).toBe(metrics.reward);
      expect(last.epsilon).toBe(privacy?.releasesEpsilon ?? null);
      if (arm === "federated, no privacy") expect(privacy).toBeNull();
      else expect(last.epsilon).toBeLessThanOrEqual(arm === "federated, epsilon 2" ? 2 : 8);
    }

    const page = await readFile(join(folder, "report.html"), "utf8");
    for (const title of [
      "leaves of reward a visit",
      "Learning curves",
      "Clicks and purchases",
      "Budget over time",
    ]) {
      expect(page).toContain(title);
    }
    expect(page).not.toMatch(/<script|src=|href="http/);
    expect(await readdir(join(folder, "tensorboard"))).toHaveLength(trials.length);
    const again = await result([...args, ...out]);
    expect(again.trials).toEqual(trials);
  });

  it("lets the fast take part as often as the slow leave them places, so that the last cohorts find somebody", async () => {
    const sizes = ["--clients", "60", "--logged", "3", "--visits", "1", "--cohort", "20", "--rounds", "24"];
    const crowded = ["--over-selection", "2", "--stragglers", "0.5", "--seeds", "1", "--epsilons", "8"];
    const without = ["--without", "random,popularity,baseline,local-only,centralised,oracle"];
    const args = ["compare", "financial-risk", ...sizes, ...crowded, ...without, "--json", "--workers", "1"];
    const refused = await tacitSim([...args, "--participations", "9"]);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("can be invited") });
    const { trials } = await result(args);
    for (const { course } of trials) expect(course).toHaveLength(1 + 24);
  });

  it("plays federations under the rules of their task", async () => {
    const sizes = ["--clients", "60", "--logged", "3", "--visits", "2", "--cohort", "20", "--rounds", "2"];
    const rules = ["--set", 'rules={"blocked":["accept","limit"]}', "--workers", "1", "--json"];
    const { trials } = await result(["run", "financial-risk", ...sizes, ...rules]);
    expect(trials).toHaveLength(1);
    expect(trials[0].metrics).toMatchObject({ reward: 0 });
  });

  it("refuses options that say nothing of it, and its own with histories", async () => {
    const replicas = await tacitSim(["compare", "news", "--replicas", "2"]);
    expect(replicas).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("--replicas: says nothing of news"),
    });
    const visits = await tacitSim(["sweep", "--visits", "3", "--vary", "rounds=1"]);
    expect(visits).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("--visits: says nothing of movies"),
    });
  });
});

describe("tacit-sim sweep of a live environment", () => {
  it("federates with every value of a field, the size of the run among them", async () => {
    const { arms } = await result(["sweep", "news", ...SMALL, "--seeds", "1", "--vary", "rounds=1,6"]);
    expect(arms.map(({ variation }: { variation: string }) => variation)).toEqual(["rounds=1", "rounds=6"]);
  });

  it("federates without privacy alone where there is to be no epsilon, and refuses to do nothing", async () => {
    const args = ["sweep", "news", ...SMALL, "--seeds", "1", "--vary", "rounds=1", "--epsilons", "none"];
    const { arms } = await result([...args, "--without-privacy"]);
    expect(arms.map(({ arm }: { arm: string }) => arm)).toEqual(["federated, no privacy"]);
    expect(await tacitSim(args)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("no arm is left"),
    });
  });

  it("federates under every kind of exploration, by its name or with settings", async () => {
    const kinds = "exploration.kind=epsilon-greedy,boltzmann,ucb,thompson";
    const named = await result(["sweep", "news", ...SMALL, "--seeds", "1", "--vary", kinds]);
    expect(named.arms).toHaveLength(4);
    const settings = ['{"kind":"ucb","width":2}', '{"kind":"boltzmann","targetEntropy":0.3}'];
    const vary = `exploration=${settings}`;
    const { arms, trials } = await result(["sweep", "news", ...SMALL, "--seeds", "1", "--vary", vary]);
    expect(arms.map(({ variation }: { variation: string }) => variation)).toEqual(
      settings.map((setting) => `exploration=${setting}`),
    );
    const rewards = trials.map(({ metrics }: { metrics: { reward: number } }) => metrics.reward);
    expect(new Set(rewards).size).toBe(2);
  });
});

describe("tacit-sim run of a live environment", () => {
  it("federates once, with or without noise", async () => {
    const { arms, seeds } = await result(["run", "news", ...SMALL, "--no-privacy"]);
    expect(seeds).toEqual([1]);
    expect(arms).toMatchObject([{ arm: "federated, no privacy", epsilon: null }]);
  });

  it("leaves its model, with the clip that it came to, for whoever reads one", async () => {
    const [out, small] = [join(folder, "model"), join(folder, "small")];
    const clips = ["--set", "privacy.adaptiveClip={}"];
    const { trials } = await result(["run", "news", ...SMALL, ...clips, "--out", out]);
    const read = await readTrainedModel(out);
    expect(read).toMatchObject({ ok: true, model: { modelVersion: 2, clip: trials[0].clip } });
    const compress = ["compress", out, "--items", "news", "--encoding", "int8", "--out", small, "--json"];
    const { forms } = await result(compress);
    expect(forms.map(({ form }: { form: string }) => form)).toEqual(["as given", "int8", "untrained"]);
  });

  it("says what the cohorts' sums told of named metrics", async () => {
    const metrics = [
      "--set",
      'privacy.metrics=[{"name":"reward","minimum":-5,"maximum":5},{"name":"diversity"}]',
    ];
    const { trials } = await result(["run", "news", ...SMALL, ...metrics]);
    expect(trials).toMatchObject([
      { heard: { means: [{ name: "reward" }, { name: "diversity", open: { mean: expect.any(Number) } }] } },
    ]);
  });

  it("refuses what only a run of histories can do", async () => {
    const { code, stderr } = await tacitSim(["run", "news", "--checkpoint", folder]);
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("--checkpoint: says nothing of news"),
    });
  });
});
