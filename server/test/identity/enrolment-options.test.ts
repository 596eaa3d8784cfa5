import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readEnrolment } from "../../src/identity/enrolment-options.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tacit-options-"));
  await writeFile(join(folder, "bad.json"), "{}");
});
afterAll(() => rm(folder, { recursive: true }));

const jwt = {
  enrolment: "jwt",
  jwtJwks: "https://app.example/jwks.json",
  jwtIssuer: "https://app.example",
  jwtAudience: "tacit",
  jwtKeys: "5",
};

describe("enrolment options", () => {
  it.each(["open", "invite"])("are complete with %s alone", async (enrolment) => {
    expect((await readEnrolment({ enrolment, jwtKeys: "5" })).mode).toBe(enrolment);
  });

  it("are complete for jwt with keys, issuer and audience", async () => {
    expect((await readEnrolment(jwt)).mode).toBe("jwt");
  });

  it.each([
    [{ enrolment: "friends" }, /^--enrolment: .*open, invite, jwt/],
    [{ jwtIssuer: "" }, /^--jwt-issuer: is needed/],
    [{ jwtAudience: "" }, /^--jwt-audience: is needed/],
    [{ jwtJwks: "" }, /^--jwt-jwks: is needed/],
    [{ jwtKeys: "0" }, /^--jwt-keys: .*from 1 to 1000/],
    [{ jwtKeys: "two" }, /^--jwt-keys: .*from 1 to 1000/],
    [{ jwtJwks: "http://app.example/jwks.json" }, /^--jwt-jwks: .*https/],
    [{ jwtJwks: "no-such-file" }, /^--jwt-jwks: .*ENOENT/],
  ])("are refused with %j, naming the flag", async (changes, message) => {
    await expect(readEnrolment({ ...jwt, ...changes })).rejects.toThrow(message);
  });

  it("are refused with a file that holds no keys", async () => {
    const jwtJwks = join(folder, "bad.json");
    await expect(readEnrolment({ ...jwt, jwtJwks })).rejects.toThrow(/^--jwt-jwks: .*JWKS/);
  });
});
