import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ARMS } from "../../src/live/arms/arms.js";
import { tacitSim } from "../support/tacit-sim.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tacit-live-"));
});
afterAll(() => rm(folder, { recursive: true }));

const SMALL = [
  ...["--clients", "60", "--logged", "3", "--persons", "30", "--visits", "4", "--generations", "2"],
  ...["--cohort", "20", "--rounds", "2", "--seeds", "1", "--workers", "1"],
];

describe("tacit-sim live", () => {
  it("plays every arm, and states a budget of the private one alone, within what was asked for", async () => {
    const file = join(folder, "news.json");
    const { code, stdout, stderr } = await tacitSim(["live", "news", ...SMALL, "--json", file]);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const { command, reports } = JSON.parse(await readFile(file, "utf8"));
    expect(command).toContain("live news");
    const [{ arms }] = reports;
    expect(arms.map(({ name }: { name: string }) => name)).toEqual(ARMS.map(({ name }) => name));
    const promising = arms.filter(({ privacy }: { privacy: unknown }) => privacy !== null);
    expect(promising.map(({ name }: { name: string }) => name)).toEqual(["federated-private"]);
    expect(promising[0].privacy.releasesEpsilon).toBeGreaterThan(0);
    expect(promising[0].privacy.releasesEpsilon).toBeLessThanOrEqual(8);
    for (const { name } of ARMS) expect(stdout).toContain(name);
  });

  it("refuses to measure more people than there are", async () => {
    const { code, stderr } = await tacitSim(["live", "news", ...SMALL, "--persons", "61"]);
    expect(code).not.toBe(0);
    expect(stderr).toContain("--persons");
  });
});
