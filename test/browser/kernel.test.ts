import { beforeAll, describe, expect, it } from "vitest";
import { Chromium, makeProfile, removeProfile } from "./support/chromium.js";
import { servePage } from "./support/page-server.js";

let browser: Chromium;
let served: Awaited<ReturnType<typeof servePage>>;

beforeAll(async () => {
  const profile = await makeProfile();
  served = await servePage();
  browser = await Chromium.launch(profile);
  return async () => {
    await browser.kill();
    await Promise.all([served.close(), removeProfile(profile)]);
  };
});

describe("networks in a browser", () => {
  it("are computed by the kernel, which trains as the reference engine does", async () => {
    const page = await browser.open(served.url);
    const ready = await page.evaluate(() => tacit.embed("kernel").ready);
    expect(ready).toMatchObject({ ok: true, engine: "kernel-simd" });
    expect(await page.evaluate(() => tacit.kernelDifference())).toBeLessThan(1e-4);
  });

  it("are computed in TypeScript where the page's policy forbids WebAssembly", async () => {
    const page = await browser.open(served.strictUrl);
    const ready = await page.evaluate(() => tacit.embed("strict").ready);
    expect(ready).toMatchObject({ ok: true, engine: "reference" });
    await expect(page.evaluate(() => tacit.kernelDifference())).rejects.toThrow("no kernel here");
  });
});
