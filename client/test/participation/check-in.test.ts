import { clientIdOf, platformPrimitives, shamir, wrongInCheckIn } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { coordinate, embed, storeOf } from "../support/embed.js";
import type { ScriptedCoordinator } from "../support/scripted-coordinator.js";

const primitives = await platformPrimitives(shamir);

const OK = (coordinator: ScriptedCoordinator) => ({
  ok: true,
  modelVersion: 0,
  modelHash: coordinator.hash(0),
  finished: false,
});
const refusal = (reason: string) => ({ ok: false, reason, message: "" });
const credentialOf = (payload: unknown) =>
  typeof payload === "object" && payload !== null && "credential" in payload ? payload.credential : undefined;

/** Knows nobody who has not shown `credential`. */
function demand(coordinator: ScriptedCoordinator, credential: string): void {
  const { answer } = coordinator;
  coordinator.answer = (request) => {
    if (request.event !== "check-in") return answer(request);
    const shown = credentialOf(request.payload);
    if (shown === undefined) return refusal("not-enrolled");
    return shown === credential ? OK(coordinator) : refusal("bad-credential");
  };
}

describe("a check-in", () => {
  it("proves the client's key for its connection", async () => {
    const coordinator = coordinate();
    embed(coordinator, { store: await storeOf(), consent: true });
    await coordinator.hears("check-in");
    coordinator.cut();
    coordinator.restore();
    await coordinator.hears("check-in", 2);
    const checkIns = coordinator.requests.filter(({ event }) => event === "check-in");
    for (const [connection, { payload }] of checkIns.entries()) {
      const { clientId, taskHash, identityKey, signature } = Object(payload);
      expect(clientId).toBe(clientIdOf(Uint8Array.from(Buffer.from(identityKey, "hex"))));
      const context = { nonce: coordinator.nonce(connection), taskHash, clientId };
      expect(await wrongInCheckIn(primitives, context, { identityKey, signature })).toBeUndefined();
    }
  });

  it("waits for the coordinator's hello, and for the newest one after a reconnect", async () => {
    const coordinator = coordinate();
    coordinator.greets = false;
    const recommender = embed(coordinator, { store: await storeOf(), consent: true });
    const connected = new Promise((resolve) => recommender.on("connection", resolve));
    await connected;
    coordinator.cut();
    coordinator.restore();
    expect(coordinator.requests).toEqual([]);
    const nonce = "ab".repeat(32);
    coordinator.say("hello", { version: 1, nonce });
    const { clientId, taskHash, identityKey, signature } = Object(await coordinator.hears("check-in"));
    const proof = { identityKey, signature };
    expect(await wrongInCheckIn(primitives, { nonce, taskHash, clientId }, proof)).toBeUndefined();
    await coordinator.hears("ready");
    expect(coordinator.requests.filter(({ event }) => event === "check-in")).toHaveLength(1);
  });
});

describe("the host's credential", () => {
  it("is asked for only by a coordinator that does not know the client", async () => {
    const coordinator = coordinate();
    let asked = 0;
    const credential = async () => `token ${++asked}`;
    const options = { store: await storeOf(), consent: true, credential };
    const known = embed(coordinator, options);
    await coordinator.hears("ready");
    expect(asked).toBe(0);
    await known.close();

    const stranger = coordinate();
    demand(stranger, "token 1");
    embed(stranger, options);
    await stranger.hears("ready");
    expect(asked).toBe(1);
  });

  it("may be a string", async () => {
    const coordinator = coordinate();
    demand(coordinator, "invite");
    embed(coordinator, { store: await storeOf(), consent: true, credential: "invite" });
    await coordinator.hears("ready");
  });

  it("may fail or be none: the host hears of it, and is asked again", async () => {
    const coordinator = coordinate();
    demand(coordinator, "token");
    const answers = [() => Promise.reject(new Error("backend down")), async () => "", async () => "token"];
    const problems: string[] = [];
    const recommender = embed(coordinator, {
      store: await storeOf(),
      consent: true,
      credential: () => answers.shift()?.() ?? Promise.resolve("token"),
    });
    recommender.on("problem", ({ message }) => problems.push(message));
    await coordinator.hears("ready");
    expect(problems).toEqual([
      expect.stringMatching(/backend down/),
      expect.stringMatching(/credential: must resolve/),
    ]);
  });

  it("that comes after its connection has ended is not sent over the next one with an old proof", async () => {
    const coordinator = coordinate();
    demand(coordinator, "late");
    const waiting: ((token: string) => void)[] = [];
    embed(coordinator, {
      store: await storeOf(),
      consent: true,
      credential: () => new Promise((resolve) => waiting.push(resolve)),
    });
    await expect.poll(() => waiting).toHaveLength(1);
    coordinator.cut();
    coordinator.restore();
    await expect.poll(() => waiting).toHaveLength(2);
    for (const resolve of waiting) resolve("late");
    await coordinator.hears("ready");
    const shown = coordinator.requests.filter(({ payload }) => credentialOf(payload) === "late");
    expect(shown).toHaveLength(1);
  });

  it.each(["not-enrolled", "bad-credential", "bad-identity", "revoked"])(
    "does not help against %s: the host is told, and the client takes no further part",
    async (reason) => {
      const coordinator = coordinate();
      const { answer } = coordinator;
      coordinator.answer = (request) => (request.event === "check-in" ? refusal(reason) : answer(request));
      const recommender = embed(coordinator, { store: await storeOf(), consent: true });
      const refused = new Promise((resolve) => recommender.on("refused", resolve));
      expect(await refused).toMatchObject({ reason });
      await recommender.track({ kind: "click", itemId: "alien" });
      expect(coordinator.requests.map(({ event }) => event)).toEqual(["check-in"]);
    },
  );
});
