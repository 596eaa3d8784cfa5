import { describe, expect, it } from "vitest";
import type { Primitives } from "../../../src/secagg/crypto/primitives.js";
import { type AnswerKind, runInMemory } from "../../../src/secagg/in-memory-cohort.js";
import { exampleCohort } from "../support/example-cohort.js";
import { idealPrimitives } from "../support/ideal-primitives.js";
import { overwritten, type WatchedPrimitives, watchedPrimitives } from "../support/watched-primitives.js";

const ANSWERS: readonly AnswerKind[] = [
  "advertisement",
  "shares",
  "masked-input",
  "consistency",
  "unmasking",
];
const WATCHED = 1;

/** A cohort of which one client's secrets are watched. */
async function watchedCohort(inner?: Primitives) {
  const watched = watchedPrimitives(inner);
  const plain = watchedPrimitives();
  const cohort = await exampleCohort({
    clients: 5,
    primitives: (party) => (party === WATCHED ? watched : plain).primitives,
  });
  const id = cohort.ids[WATCHED] ?? "";
  const client = cohort.clients.get(id);
  if (!client) throw new Error("nobody to watch");
  return { cohort, id, client, watched };
}

function expectForgotten({ secrets }: WatchedPrimitives, atLeast: number): void {
  expect(secrets.size).toBeGreaterThanOrEqual(atLeast);
  expect(overwritten(secrets)).toBe(true);
}

describe("a client overwrites every secret it had", () => {
  it("when it has answered for the last time", async () => {
    const { cohort, client, watched } = await watchedCohort();
    expect((await runInMemory(cohort)).end.ok).toBe(true);
    expect(client.phase).toBe("finished");
    // Two secrets and their ten shares, eight agreements, eight keys for boxes, eight pairs, five streams and keys.
    expectForgotten(watched, 46);
  });

  it.each(ANSWERS)("when it is told to leave after its %s", async (last) => {
    const { cohort, id, client, watched } = await watchedCohort();
    await runInMemory({
      ...cohort,
      wire({ to, client: sender, kind, message }) {
        if (to === "coordinator" && sender === id && kind === last) client.abandon();
        return [message];
      },
    });
    expect(client.phase).toBe("abandoned");
    expectForgotten(watched, last === "advertisement" ? 0 : 20);
  });

  it.each(["roster", "inbox", "survivors", "unmask-request"] as const)(
    "when a broken %s makes it leave",
    async (broken) => {
      const { cohort, id, client, watched } = await watchedCohort();
      await runInMemory({
        ...cohort,
        wire: ({ client: receiver, kind, message }) =>
          receiver === id && kind === broken ? [message.slice(0, -1)] : [message],
      });
      expect(client.phase).toBe("abandoned");
      expectForgotten(watched, broken === "roster" ? 0 : 20);
    },
  );

  it.each(["roster", "inbox", "survivors", "unmask-request"] as const)(
    "when it is told to leave while it works on the %s",
    async (kind) => {
      const { cohort, client, watched } = await watchedCohort();
      const receive = client.receive.bind(client);
      client.receive = async (message) => {
        const output = receive(message);
        if (client.phase === BEFORE[kind]) client.abandon();
        return output;
      };
      await runInMemory(cohort);
      expect(client.phase).toBe("abandoned");
      expectForgotten(watched, 1);
    },
  );

  it.each(["agree", "split", "seal", "open", "keystream"] as const)(
    "when its platform fails it in %s",
    async (broken) => {
      const failing = { [broken]: () => Promise.reject(new Error("out of memory")) };
      const { cohort, client, watched } = await watchedCohort({ ...idealPrimitives(), ...failing });
      await expect(runInMemory(cohort)).rejects.toThrow("out of memory");
      expect(client.phase).toBe("abandoned");
      expectForgotten(watched, 1);
    },
  );
});

const BEFORE = {
  roster: "advertised",
  inbox: "shared",
  survivors: "masked",
  "unmask-request": "signed",
} as const;
