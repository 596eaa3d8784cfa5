import { describe, expect, it } from "vitest";
import { liesOfClients } from "./lies-of-clients.js";
import { liesThatEndACohort } from "./lies-that-end-a-cohort.js";

const table = (rows: typeof liesOfClients) =>
  rows.map(({ lie, reason, attack }) => [lie, reason, attack] as const);

describe("the coordinator refuses a client's message, and opens the exact sum, when the client", () => {
  it.each(table(liesOfClients))("%s: %s", async (_, reason, attack) => {
    expect(await attack()).toBe(reason);
  });
});

describe("the coordinator gives the cohort up when", () => {
  it.each(table(liesThatEndACohort))("%s: %s", async (_, reason, attack) => {
    expect(await attack()).toBe(reason);
  });
});
