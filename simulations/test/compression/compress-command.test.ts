import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  initialParameters,
  networkShape,
  parseTask,
  seededRandom,
  type TaskSpecInput,
  taskHash,
} from "@tacit/shared";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTrainedModel } from "../../src/trained-model/read-trained-model.js";
import { writeTrainedModel } from "../../src/trained-model/write-trained-model.js";
import { tacitSim } from "../support/tacit-sim.js";

let folder: string;
const file = (name: string) => join(folder, name);

const ITEMS = 60;
const CLIP = 3;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tacit-compress-"));
  const rows = Array.from({ length: ITEMS }, (_, item) => `${item},${item % 6},${item}`);
  await writeFile(file("items.csv"), ["item_id,itemKind,size", ...rows].join("\n"));
  await writeModel("given");
  await writeModel("adaptive", {
    privacy: { clip: 1, adaptiveClip: { quantile: 0.5, learningRate: 0.2 } },
  });
});
afterAll(() => rm(folder, { recursive: true }));

/** Unlike the one its task begins with: it has opinions. */
async function writeModel(name: string, more: Partial<TaskSpecInput> = {}): Promise<void> {
  const parsed = parseTask({
    name: "shop",
    catalogue: {
      features: [
        { name: "itemKind", kind: "categorical", values: ["0", "1", "2", "3", "4", "5"] },
        { name: "size", kind: "numeric", minimum: 0, maximum: ITEMS },
      ],
    },
    model: { embedding: 8, hidden: 8 },
    ...more,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { task } = parsed;
  const random = seededRandom(3);
  const parameters = initialParameters(networkShape(task), 1).map(() => 2 * random.uniform() - 1);
  await writeTrainedModel(file(name), { task, modelVersion: 7, parameters, clip: CLIP });
}

const compress = (given: string, out: string, ...args: readonly string[]) =>
  tacitSim(["compress", file(given), "--items", file("items.csv"), "--out", file(out), ...args]);

async function modelIn(name: string) {
  const read = await readTrainedModel(file(name));
  if (!read.ok) throw new Error(read.message);
  return read.model;
}

interface Form {
  readonly form: string;
  readonly parameters: number;
  readonly zeros: number;
  readonly bytes: number;
  readonly sameTop: { readonly mean: number };
}

async function compressed(given: string, out: string, ...args: readonly string[]): Promise<Form[]> {
  const { code, stdout, stderr } = await compress(given, out, ...args, "--json");
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return JSON.parse(stdout).forms;
}

describe("tacit-sim compress", () => {
  it("prunes: the same task and version, a share of zeros, fewer bytes, and the rest of the ranking", async () => {
    const [given, pruned, untrained] = await compressed("given", "pruned", "--prune", "0.5");
    const before = await modelIn("given");
    const after = await modelIn("pruned");
    expect(after.task).toEqual(before.task);
    expect(after.modelVersion).toBe(7);
    const zeros = after.parameters.filter((value) => value === 0).length;
    expect(zeros).toBe(Math.floor(before.parameters.length / 2));
    expect(pruned).toMatchObject({ form: "50 % pruned", parameters: before.parameters.length, zeros });
    expect(given).toMatchObject({ form: "as given", sameTop: { mean: 1 } });
    expect(pruned?.bytes).toBeLessThan(given?.bytes ?? 0);
    expect(pruned?.sameTop.mean).toBeLessThan(1);
    expect(pruned?.sameTop.mean).toBeGreaterThan(untrained?.sameTop.mean ?? 1);
  });

  it("distils: version 0 of the student's task, which ranks more like its teacher than one that learned nothing", async () => {
    await writeFile(file("student.json"), JSON.stringify({ model: { embedding: 4 } }));
    const args = ["--student", file("student.json"), "--set", "model.hidden=4", "--histories", "1000"];
    const forms = await compressed("given", "student", ...args);
    const [given, student, untrained] = forms;
    const before = await modelIn("given");
    const after = await modelIn("student");
    expect(after.modelVersion).toBe(0);
    expect(after.task).toEqual({ ...before.task, model: { ...before.task.model, embedding: 4, hidden: 4 } });
    expect(student?.parameters).toBe(after.parameters.length);
    expect(student?.bytes).toBeLessThan(given?.bytes ?? 0);
    expect(student?.sameTop.mean).toBeGreaterThan((untrained?.sameTop.mean ?? 1) + 0.1);
    expect(await compressed("given", "again", ...args)).toEqual(forms);
    expect(await readFile(file("again/model.bin"))).toEqual(await readFile(file("student/model.bin")));
    await compressed("given", "another", ...args, "--seed", "2");
    expect(await readFile(file("another/model.bin"))).not.toEqual(await readFile(file("student/model.bin")));
  });

  it("rounds, after all else, to what the new task's versions are rounded to, and keeps an adapted clip", async () => {
    const forms = await compressed("adaptive", "rounded", "--prune", "0.25", "--encoding", "int8");
    expect(forms.map(({ form }) => form)).toEqual(["as given", "25 % pruned", "int8", "untrained"]);
    expect(forms[2]?.bytes).toBeLessThan(0.5 * (forms[1]?.bytes ?? 0));
    const before = await modelIn("adaptive");
    const after = await modelIn("rounded");
    expect(after.task).toEqual({ ...before.task, delivery: { encoding: "int8", deltas: false } });
    expect(taskHash(after.task)).not.toBe(taskHash(before.task));
    expect(after.clip).toBeCloseTo(CLIP, 5);
    const largest = Math.max(...before.parameters.map(Math.abs));
    for (const [i, value] of after.parameters.entries()) {
      if (value !== 0) expect(Math.abs(value - (before.parameters[i] ?? 0))).toBeLessThan(largest / 100);
    }
  });

  it("leaves what other commands read: evaluate, and itself", async () => {
    await compressed("given", "small", "--encoding", "float16");
    await compressed("small", "smaller", "--prune", "0.1");
    const shown = Array.from({ length: 20 }, (_, round) =>
      JSON.stringify({ item: String(round % 6), position: 0, reward: round % 2, propensity: 1 / ITEMS }),
    );
    await writeFile(file("shown.jsonl"), shown.join("\n"));
    const { code, stderr } = await tacitSim([
      ...["evaluate", "--log", file("shown.jsonl"), "--format", "jsonl", "--items", file("items.csv")],
      ...["--policy", file("smaller/task.json"), "--estimator", "ips", "--draws", "10"],
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("knows the films by name, and prints a table for people", async () => {
    const features = [{ name: "mpaa", kind: "categorical" as const, values: ["G", "PG", "PG-13", "R"] }];
    await writeModel("films", { catalogue: { features }, model: { embedding: 4, hidden: 4 } });
    const args = ["--items", "movies", "--out", file("films-pruned"), "--prune", "0.5"];
    const { code, stdout } = await tacitSim(["compress", file("films/task.json"), ...args]);
    expect(code).toBe(0);
    for (const row of ["as given ", "50 % pruned ", "untrained ", "as given, after another history "]) {
      expect(stdout).toContain(`\n${row}`);
    }
  });

  it("stops cleanly on Ctrl-C, and has written nothing", async () => {
    const args = ["--items", file("items.csv"), "--out", file("stopped"), "--set", "model.hidden=4"];
    const { code, stdout, stderr } = await tacitSim(
      ["compress", file("given"), ...args, "--histories", "10000000"],
      (text, child) => {
        if (text.includes("… imagining") && !child.killed) child.kill("SIGINT");
      },
    );
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(stderr.trimEnd().split("\n").at(-1)).toBe("stopped");
    expect(await readdir(folder)).not.toContain("stopped");
  });
});

describe("tacit-sim compress refuses with one line that names what is wrong, and nothing written", () => {
  const FAILED = 1;
  const BAD_PARAMETERS = 2;

  async function refused(named: RegExp, given: string, ...args: readonly string[]) {
    await refusedWith(FAILED, named, given, ...args);
  }

  async function refusedWith(code: number, named: RegExp, given: string, ...args: readonly string[]) {
    const { stdout, stderr, ...run } = await compress(given, "refused", ...args);
    expect({ ...run, stdout, stderr }).toMatchObject({
      code,
      stdout: "",
      stderr: expect.stringMatching(named),
    });
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(await readdir(folder)).not.toContain("refused");
  }

  it("a model of another task, a task without a model, and no task", async () => {
    await mkdir(file("mixed"));
    const task = await readFile(file("given/task.json"), "utf8");
    await writeFile(file("mixed/task.json"), task.replace('"shop"', '"stall"'));
    await refused(/mixed.*model\.bin/, "mixed", "--prune", "0.5");
    await writeFile(file("mixed/model.bin"), await readFile(file("given/model.bin")));
    await refused(/mixed: the model\.bin beside it is none of this task/, "mixed", "--prune", "0.5");
    await refused(/nowhere: no such file/, "nowhere", "--prune", "0.5");
    await refused(/items\.csv/, "items.csv", "--prune", "0.5");
  });

  it.each(["0", "1"])("a share of %s", (share) =>
    refusedWith(BAD_PARAMETERS, /--prune is above 0 and below 1/, "given", "--prune", share),
  );

  it("a folder that holds something: the given model may be in it", async () => {
    const { code, stderr } = await compress("given", "given", "--prune", "0.5");
    expect({ code, stderr }).toEqual({
      code: FAILED,
      stderr: expect.stringMatching(/--out: .*given is not empty/),
    });
    expect((await modelIn("given")).parameters).not.toContain(0);
    const onto = await compress("given", "items.csv", "--prune", "0.5");
    expect(onto).toMatchObject({
      code: FAILED,
      stderr: expect.stringMatching(/--out: .*items.csv is no folder/),
    });
  });

  it("a student that knows items by other features, or is no task", async () => {
    const features = JSON.stringify([{ name: "size", kind: "numeric", minimum: 0, maximum: 1 }]);
    await refused(/the student: catalogue: /, "given", "--set", `catalogue.features=${features}`);
    await refused(/the student: model\.hiden: /, "given", "--set", "model.hiden=4");
  });

  it("items that have not what the task knows them by", async () => {
    await writeModel("unlike", {
      catalogue: { features: [{ name: "colour", kind: "categorical", values: ["red"] }] },
    });
    await refused(/--items: .*"colour"/, "unlike", "--prune", "0.5");
    await writeModel("related", {
      catalogue: {
        features: [{ name: "size", kind: "numeric", minimum: 0, maximum: 1 }],
        relations: ["series"],
      },
      model: { itemEncoder: "graph" },
    });
    await refused(/catalogue\.relations/, "related", "--prune", "0.5");
  });

  it("a task that makes nothing of taking an item: nothing can be imagined", async () => {
    await writeModel("worthless", { reward: { weights: { skip: -1 } } });
    await refused(/reward\.weights/, "worthless", "--prune", "0.5");
  });

  it("objectives by which nothing is distilled: a Q draws no histories, and without a term of next items none are learned", async () => {
    await writeModel("valued", { learning: { objective: { kind: "q-learning" } } });
    const smaller = ["--set", "model.hidden=4"];
    await refused(/learning\.objective: q-learning .* cannot be distilled/, "valued", ...smaller);
    for (const kind of ["q-learning", "policy-gradient", "ppo", "implicit-q-learning"]) {
      const objective = `learning.objective={"kind":"${kind}"}`;
      await refused(/learning\.objective\.nextItemWeight/, "given", ...smaller, "--set", objective);
    }
    const weightless = 'learning.objective={"kind":"actor-critic","nextItemWeight":0}';
    await refused(/learning\.objective\.nextItemWeight/, "given", ...smaller, "--set", weightless);
  });

  it("nothing to do, and histories for no student", async () => {
    await refusedWith(BAD_PARAMETERS, /nothing to do/, "given");
    await refusedWith(
      BAD_PARAMETERS,
      /--histories: says nothing/,
      "given",
      "--prune",
      "0.5",
      "--histories",
      "10",
    );
  });
});
