import { describe, expect, it } from "vitest";
import { lineChart } from "../../src/report/line-chart.js";

const course = (rounds: number) => Array.from({ length: rounds + 1 }, (_, round) => 0.2 + round / 1000);
const levels = ["random", "popularity", "initial", "local-only"].map((name) => ({ name, value: 0 }));
const drawn = (rounds: number) =>
  lineChart({ name: "federated-private", values: course(rounds) }, levels, 'HR@10 of "all"');

const texts = (svg: string) =>
  [...svg.matchAll(/<text x="([^"]*)" y="([^"]*)"[^>]*>([^<]*)/g)].map(([, x, y, text]) => ({
    x: Number(x),
    y: Number(y),
    text: text ?? "",
  }));

describe("the chart of one run", () => {
  it.each([
    [3, ["0", "1", "2", "3"]],
    [10, ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]],
    [60, ["0", "10", "20", "30", "40", "50", "60"]],
    [250, ["0", "50", "100", "150", "200", "250"]],
  ])("numbers the rounds where there is room: of %d", (rounds, numbers) => {
    expect(
      texts(drawn(rounds))
        .map(({ text }) => text)
        .filter((text) => /^\d+$/.test(text)),
    ).toEqual(numbers);
  });

  it("says what it shows to who does not see it", () => {
    expect(drawn(3)).toContain('role="img" aria-label="HR@10 of &#34;all&#34;"');
  });

  it("names its line and every level, each on a line of its own within the chart", () => {
    const names = texts(drawn(3)).filter(({ text }) => /^[a-z]/.test(text));
    expect(names.map(({ text }) => text)).toEqual([...levels.map(({ name }) => name), "federated-private"]);
    const heights = names.map(({ y }) => y).toSorted((a, b) => a - b);
    for (const [i, height] of heights.slice(1).entries()) {
      expect(height - (heights[i] ?? 0)).toBeGreaterThanOrEqual(14 - 1e-9);
    }
    expect(heights.at(-1)).toBeLessThan(300);
  });
});
