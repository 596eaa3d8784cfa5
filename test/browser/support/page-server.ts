import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build, type Rolldown } from "vite";
import config from "../../../vitest.config.js";

const PAGE = fileURLToPath(new URL("page.ts", import.meta.url));
const TENSORFLOW = "@tacit/shared/tfjs";

/** The page's script, bundled from the sources. The page brings its own engine, so that TensorFlow.js stays out. */
async function bundle(): Promise<string> {
  const alias = Object.values(config.resolve?.alias ?? {}).filter(({ find }) => !find.test(TENSORFLOW));
  const built = await build({
    configFile: false,
    logLevel: "warn",
    resolve: { alias },
    build: { write: false, minify: false, rolldownOptions: { input: PAGE, external: [TENSORFLOW] } },
  });
  const outputs: Rolldown.RolldownOutput[] = "on" in built ? [] : [built].flat();
  const [first, ...others] = outputs.flatMap(({ output }) => output);
  if (first?.type !== "chunk" || others.length > 0) throw new Error("the page is not one script");
  return first.code;
}

/** Serves the page at one origin, which stays the same when the browser is started again. */
export async function servePage(): Promise<{ url: string; script: string; close: () => Promise<void> }> {
  const script = await bundle();
  const server = createServer((request, response) => {
    const [type, body] =
      request.url === "/page.js"
        ? ["text/javascript", script]
        : ["text/html", '<!doctype html><title>Tacit</title><script type="module" src="/page.js"></script>'];
    response.setHeader("content-type", type).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("no address");
  return {
    url: `http://localhost:${address.port}/`,
    script,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
