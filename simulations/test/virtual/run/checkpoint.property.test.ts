import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attend, emptyAttendance, mayAttend } from "../../../src/virtual/columns/attendance.js";
import {
  decodeCheckpoint,
  encodeCheckpoint,
  readCheckpoint,
  writeCheckpoint,
} from "../../../src/virtual/run/checkpoint.js";
import type { RunState } from "../../../src/virtual/run/run-state.js";

const RUN = "a1".repeat(32);

const float32 = fc.float32Array({ maxLength: 20, noNaN: true });
const states = fc
  .record({
    parameters: float32,
    optimiserState: float32,
    noiseState: fc.int32Array({ maxLength: 20 }),
    attended: fc.array(fc.tuple(fc.nat(49), fc.integer({ min: 1, max: 300 })), { maxLength: 60 }),
    now: fc.double({ min: 0, max: 1e9, noNaN: true }),
    hits: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ parameters, optimiserState, noiseState, attended, now, hits }): RunState => {
    const attendance = emptyAttendance(50, 300);
    for (const [client, version] of attended) attend(attendance, client, version);
    return {
      head: {
        modelVersion: 7,
        hash: "b".repeat(64),
        previousHash: "c".repeat(64),
        parameters,
        optimiserState,
        noiseState,
      },
      attendance,
      now,
      cohorts: 9,
      mostParticipations: 3,
      initialHitRate: hits,
      rounds: [
        {
          modelVersion: 7,
          virtualSeconds: now / 3,
          invited: 13,
          lost: 1,
          late: 2,
          dropped: 0,
          failedCohorts: 2,
          epsilon: null,
          contributors: 10,
          meanNorm: hits,
          shareClipped: 0.5,
          meanLoss: hits / 3,
          meanReward: 1 - hits,
          metrics: [
            {
              name: "exposure",
              minimum: -1,
              maximum: 1,
              places: hits - 1,
              share: hits,
              error: hits / 7,
              shareError: hits / 14,
            },
          ],
          hitRate: hits,
        },
      ],
    };
  });

describe("a checkpoint", () => {
  it("gives back every bit of a run's state", () =>
    fc.assert(
      fc.property(states, (state) => {
        const read = decodeCheckpoint(encodeCheckpoint(RUN, 300, state), RUN);
        expect(read).toEqual({ ok: true, state });
      }),
    ));

  it("is refused when a byte of it is another, or its end is missing", () =>
    fc.assert(
      fc.property(states, fc.nat(), fc.integer({ min: 1, max: 255 }), (state, place, change) => {
        const bytes = encodeCheckpoint(RUN, 300, state);
        const cut = bytes.subarray(0, place % bytes.length);
        expect(decodeCheckpoint(cut, RUN)).toMatchObject({ ok: false, reason: "damaged" });
        const at = place % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ change;
        expect(decodeCheckpoint(bytes, RUN)).toMatchObject({ ok: false, reason: "damaged" });
      }),
    ));

  it("is refused by another run", () => {
    const [state] = fc.sample(states, 1);
    if (!state) throw new Error("one state");
    const read = decodeCheckpoint(encodeCheckpoint(RUN, 300, state), "a2".repeat(32));
    expect(read).toMatchObject({ ok: false, reason: "other-run" });
  });

  it("replaces the one before, and leaves no half of itself", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tacit-checkpoint-"));
    try {
      expect(await readCheckpoint(folder)).toBeUndefined();
      await writeCheckpoint(folder, Buffer.from("first"));
      await writeCheckpoint(folder, Buffer.from("second"));
      expect(await readCheckpoint(folder)).toEqual(Buffer.from("second"));
      expect(await readdir(folder)).toEqual(["checkpoint.bin"]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe("attendance", () => {
  it("ends at the limit, and pauses for the minimum separation", () => {
    const attendance = emptyAttendance(2, 100);
    const limit = { participations: 2, minimumSeparation: 3 };
    expect(mayAttend(attendance, limit, 0, 1)).toBe(true);
    attend(attendance, 0, 5);
    expect([6, 8, 9].map((version) => mayAttend(attendance, limit, 0, version))).toEqual([
      false,
      false,
      true,
    ]);
    expect(mayAttend(attendance, { ...limit, minimumSeparation: 0 }, 0, 6)).toBe(true);
    attend(attendance, 0, 9);
    expect(mayAttend(attendance, limit, 0, 50)).toBe(false);
    expect(mayAttend(attendance, limit, 1, 1)).toBe(true);
  });
});
