import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { Chromium, makeProfile, removeProfile } from "./support/chromium.js";
import { servePage } from "./support/page-server.js";

let page: Page;

beforeAll(async () => {
  const [served, profile] = await Promise.all([servePage(), makeProfile()]);
  const browser = await Chromium.launch(profile);
  page = await browser.open(served.url);
  return async () => {
    await browser.kill();
    await Promise.all([served.close(), removeProfile(profile)]);
  };
});

const scripts = () =>
  page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => path.endsWith(".js"))
      .sort(),
  );

it("takes part with the browser's own cryptography, in code that is fetched for it and not before", async () => {
  expect(await scripts()).toEqual(["/page.js"]);
  await page.evaluate(async () => {
    tacit.embed("late");
    await tacit.coordinator.hears("check-in");
  });
  expect(await scripts()).toEqual(["/learner.js", "/page.js", "/simd-kernel.js"]);
});
