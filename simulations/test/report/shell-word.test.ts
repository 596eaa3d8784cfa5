import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shellWord } from "../../src/report/shell-word.js";

const readByShell = (words: readonly string[]): string[] =>
  execFileSync("sh", ["-c", `printf '%s\\0' ${words.map(shellWord).join(" ")}`], { encoding: "utf8" })
    .split("\0")
    .slice(0, -1);

describe("a word of a command that is written down", () => {
  it("is read by a shell as what it was", () => {
    const words = fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(words, (some) => {
        const plain = some.map((word) => word.replaceAll("\0", ""));
        expect(readByShell(plain)).toEqual(plain);
      }),
      { numRuns: 40 },
    );
  });

  it.each(["sweep", "--seeds", "privacy.clip=0.5,1", "8,4,2,1", "../films/ml-100k", "a:b@c%d+e", "Amélie"])(
    "stays as it is where no shell takes it apart: %s",
    (word) => {
      expect(shellWord(word)).toBe(word);
    },
  );

  it("stands in quotes where one does", () => {
    expect(shellWord('exploration={"kind":"ucb"}')).toBe(`'exploration={"kind":"ucb"}'`);
    expect(shellWord("people's films")).toBe("'people'\\''s films'");
    expect(shellWord("")).toBe("''");
    expect(["a b", "*", "~", "$HOME", "`ls`", "a;b", "{1,2}"].map(shellWord)).toEqual([
      "'a b'",
      "'*'",
      "'~'",
      "'$HOME'",
      "'`ls`'",
      "'a;b'",
      "'{1,2}'",
    ]);
  });
});
