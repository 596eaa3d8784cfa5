import { describe, expect, it } from "vitest";
import { createLogger } from "../src/logger.js";

function logged(error: unknown): Record<string, unknown> {
  const lines: string[] = [];
  createLogger("info", { write: (line) => void lines.push(line) }).error({ error }, "it failed");
  return JSON.parse(lines.join(""));
}

describe("a log", () => {
  it("says what a database refused, and nothing of the values that it was given", () => {
    const error = Object.assign(new Error("null value in column"), {
      code: "23502",
      constraint: "rounds_key",
      params: ["a secret", new Uint8Array(100_000)],
      query: "insert into model_versions values ($1, $2)",
      detail: "Failing row contains (a secret, ...)",
      where: "a secret",
    });
    const line = logged(error);
    expect(line.error).toEqual({
      type: "Error",
      message: "null value in column",
      code: "23502",
      constraint: "rounds_key",
      stack: expect.stringContaining("logger.test"),
    });
    expect(JSON.stringify(line)).not.toContain("secret");
  });

  it("says what is thrown that is no error", () => {
    expect(logged("as text").error).toBe("as text");
  });
});
