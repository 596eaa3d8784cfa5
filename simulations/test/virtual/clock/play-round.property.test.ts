import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AVAILABILITIES } from "../../../src/virtual/clock/availability.js";
import { playRound } from "../../../src/virtual/clock/play-round.js";
import { CLOCK } from "../../support/clock.js";

const invited = Array.from({ length: 130 }, (_, i) => 17 * i);
const invitation = { seed: 1, modelVersion: 4, cohort: 9, at: 1000, invited, size: 100, minimum: 80 };

describe("a cohort in virtual time", () => {
  it("accounts for everybody who was invited, once, and never opens a sum below the minimum", () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...AVAILABILITIES),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        fc.integer({ min: 5, max: 900 }),
        fc.nat(1_000_000),
        fc.nat(50),
        (availability, dropout, spread, deadlineSeconds, at, cohort) => {
          const setting = { ...CLOCK, availability, dropout, spread, deadlineSeconds };
          const played = playRound(setting, { ...invitation, at, cohort });
          expect(played.endedAt).toBeGreaterThan(at);
          expect(played.endedAt).toBeLessThanOrEqual(at + deadlineSeconds + 15);
          if (!played.ok) return;
          const { survivors, dropped, lost, late } = played;
          expect(survivors.length).toBeGreaterThanOrEqual(80);
          expect(survivors.length + dropped.length).toBeLessThanOrEqual(100);
          expect(survivors.length + dropped.length + lost + late).toBe(130);
          const members = [...survivors, ...dropped.map(({ client }) => client)];
          expect(new Set(members).size).toBe(members.length);
          for (const client of members) expect(invited).toContain(client);
          expect([...survivors]).toEqual([...survivors].toSorted((a, b) => a - b));
          expect(playRound(setting, { ...invitation, at, cohort })).toEqual(played);
        },
      ),
    ));

  it("goes on without stragglers: inviting more makes rounds shorter", () => {
    const just = playRound(CLOCK, { ...invitation, invited: invited.slice(0, 100) });
    const more = playRound(CLOCK, invitation);
    expect(just).toMatchObject({ ok: true, late: 0 });
    expect(more).toMatchObject({ ok: true, late: 30 });
    expect(more.endedAt - 1000).toBeLessThan(0.5 * (just.endedAt - 1000));
  });

  it("fails where the deadline or the dropouts leave too few", () => {
    const hurried = playRound({ ...CLOCK, deadlineSeconds: 5 }, invitation);
    expect(hurried).toMatchObject({ ok: false, reason: "too-few-ready", endedAt: 1005 });
    const flaky = playRound({ ...CLOCK, dropout: 0.5 }, invitation);
    expect(flaky).toMatchObject({ ok: false, reason: "too-many-dropped" });
    const asleep = playRound({ ...CLOCK, availability: "charging" }, { ...invitation, at: 15 * 3600 });
    expect(asleep).toMatchObject({ ok: false, reason: "too-few-ready" });
  });

  it("draws dropouts anew for another cohort, at the rate that was asked for", () => {
    const gone = Array.from({ length: 100 }, (_, cohort) => {
      const played = playRound({ ...CLOCK, dropout: 0.1 }, { ...invitation, cohort });
      return played.ok ? played.dropped : [];
    });
    const share = gone.flat().length / (100 * 100);
    expect(Math.abs(share - 0.1)).toBeLessThan(0.02);
    expect(new Set(gone.map((one) => one.map(({ client }) => client).join())).size).toBeGreaterThan(90);
    const phases = new Set(gone.flat().map(({ silentFrom }) => silentFrom));
    expect([...phases].toSorted()).toEqual(["advertisement", "masked-input", "shares"]);
  });
});
