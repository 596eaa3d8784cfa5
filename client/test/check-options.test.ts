import { describe, expect, it } from "vitest";
import { createRecommender } from "../src/create-recommender.js";
import { coordinate, embed } from "./support/embed.js";
import { items } from "./support/example-task.js";

const create = (changes: object) =>
  Reflect.apply(createRecommender, undefined, [
    { url: "http://127.0.0.1:1", task: "films", items, transport: coordinate().transport, ...changes },
  ]);

describe("what a recommender is created with", () => {
  it.each([
    [{ url: "films.example" }, "url: films.example is not an http(s) address"],
    [{ url: undefined }, "url: undefined is not an http(s) address"],
    [{ url: "file:///etc/passwd" }, "url: "],
    [{ url: "http://a space/" }, "url: http://a space/ is not an http(s) address"],
    [{ url: new URL("http://127.0.0.1:1") }, "url: "],
    [{ task: "" }, "task: "],
    [{ items: [{ id: 3 }] }, "items.0: "],
    [{ offerPause: -1 }, "offerPause: -1"],
    [{ limits: { participation: 0 } }, "limits.participation: 0 is no limit"],
    [{ limits: { participations: "none" } }, "limits.participations: none is no limit"],
    [{ store: () => {} }, "store: "],
    [{ store: null }, "store: "],
  ])("is refused at once, by name: %j", (changes, message) => {
    expect(() => create(changes)).toThrow(TypeError);
    expect(() => create(changes)).toThrow(message);
  });

  it("needs no newer browser for its address to be read", () => {
    const { canParse } = URL;
    try {
      Reflect.deleteProperty(URL, "canParse");
      expect(create({}).status().phase).toBe("starting");
    } finally {
      URL.canParse = canParse;
    }
  });

  it("grants nothing in other words than `true`", async () => {
    for (const consent of ["denied", "granted", 1, {}]) {
      const recommender = Reflect.apply(embed, undefined, [coordinate(), { consent }]);
      await recommender.ready;
      expect(recommender.consent.status()).toBe("denied");
    }
  });
});
