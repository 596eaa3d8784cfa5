import { describe, expect, it } from "vitest";
import { type Availability, isAvailable } from "../../../src/virtual/clock/availability.js";
import { trainingTime } from "../../../src/virtual/clock/training-time.js";

const HOUR = 3600;
const CLIENTS = Array.from({ length: 4000 }, (_, client) => client);
const shareAt = (kind: Availability, hour: number) =>
  CLIENTS.filter((client) => isAvailable(kind, 5, client, hour * HOUR)).length / CLIENTS.length;

describe("when clients are available", () => {
  it("is always, by day, or at night", () => {
    expect(shareAt("always", 3)).toBe(1);
    expect(shareAt("diurnal", 24 + 15)).toBeGreaterThan(0.4);
    expect(shareAt("diurnal", 24 + 3)).toBeLessThan(0.2);
    expect(shareAt("charging", 24 + 3)).toBeGreaterThan(0.6);
    expect(shareAt("charging", 24 + 15)).toBeLessThan(0.05);
  });

  it("repeats from day to day for everybody together, not for each client", () => {
    expect(shareAt("diurnal", 15)).toBeCloseTo(shareAt("diurnal", 15 + 48), 1);
    const sameAgain = CLIENTS.filter(
      (client) =>
        isAvailable("diurnal", 5, client, 15 * HOUR) === isAvailable("diurnal", 5, client, 39 * HOUR),
    );
    expect(sameAgain.length).toBeLessThan(0.7 * CLIENTS.length);
  });

  it("differs in phase: some are up when most sleep", () => {
    const early = CLIENTS.filter((client) => isAvailable("charging", 5, client, 44 * HOUR));
    const late = CLIENTS.filter((client) => isAvailable("charging", 5, client, 33 * HOUR));
    expect(early.length).toBeGreaterThan(50);
    expect(late.length).toBeGreaterThan(50);
    expect(early.filter((client) => late.includes(client)).length).toBeLessThan(early.length / 4);
  });
});

describe("how long a device trains", () => {
  const times = CLIENTS.map((client) => trainingTime(0.5, 5, client, 3)).toSorted((a, b) => a - b);
  const quantile = (share: number) => times[Math.floor(share * times.length)] ?? 0;

  it("is spread around a median of 20 seconds, with a heavy tail", () => {
    expect(quantile(0.5)).toBeGreaterThan(18);
    expect(quantile(0.5)).toBeLessThan(23);
    expect(Math.log(quantile(0.84) / quantile(0.5))).toBeGreaterThan(0.45);
    expect(Math.log(quantile(0.84) / quantile(0.5))).toBeLessThan(0.68);
    expect(quantile(0.999)).toBeGreaterThan(8 * quantile(0.5));
  });

  it("is the device's own: the slow stay slow", () => {
    const slow = CLIENTS.filter((client) => trainingTime(0.5, 5, client, 3) > 40);
    const again = slow.filter((client) => trainingTime(0.5, 5, client, 4) > 30);
    expect(again.length).toBeGreaterThan(0.6 * slow.length);
  });
});
