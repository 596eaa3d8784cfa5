import { describe, expect, it } from "vitest";
import { ENGLISH } from "../../src/explaining/phrases.js";
import type { Reason } from "../../src/explaining/reason.js";
import { sentence } from "../../src/explaining/sentence.js";

const titles: Readonly<Record<string, string>> = { alien: "Alien", odd: "{feature} & <b>$&</b>" };
const telling = { phrases: ENGLISH, title: (id: string) => titles[id] ?? id, value: () => "horror" };
const opened: Reason = { kind: "interaction", itemId: "alien", interaction: "click", at: 1, contribution: 2 };
const genre: Reason = { kind: "feature", feature: "genre", id: false, contribution: 1 };
const self: Reason = { kind: "feature", feature: "self", id: true, contribution: 3 };

describe("a sentence", () => {
  it("tells the strongest reason, never an item's hashed id", () => {
    expect(sentence("heat", [self, opened, genre], telling)).toBe("heat: because you opened Alien.");
    expect(sentence("heat", [genre, opened], telling)).toBe("heat: because of its genre.");
  });

  it("is in the host's words", () => {
    const phrases = {
      ...ENGLISH,
      reasons: { ...ENGLISH.reasons, feature: "{title}: {feature} „{value}“ {unknown}" },
      names: { genre: "Genre" },
    };
    expect(sentence("alien", [genre], { ...telling, phrases })).toBe("Alien: Genre „horror“ {unknown}");
  });

  it("reads no title as a template, and escapes nothing", () => {
    const past = { ...opened, itemId: "odd" };
    expect(sentence("odd", [past], telling)).toBe(
      "{feature} & <b>$&</b>: because you opened {feature} & <b>$&</b>.",
    );
  });

  it("has words for every kind of reason, and for none", () => {
    const said = (reason: Reason) => sentence("alien", [reason], telling);
    expect(said({ kind: "relation", relation: "director", contribution: 1 })).toContain("director");
    expect(said({ kind: "context", feature: "hour", contribution: 1 })).toContain("hour");
    expect(said({ kind: "popularity", contribution: 1 })).toContain("many");
    expect(said({ kind: "personal", contribution: 1 })).toContain("taste");
    expect(said({ ...genre, contribution: -1 })).toBe("Alien: something different.");
  });
});
