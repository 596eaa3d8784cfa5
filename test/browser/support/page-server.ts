import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build, type Rolldown } from "vite";
import config from "../../../vitest.config.js";

const STRICT_PATH = "/strict";
const PAGE = fileURLToPath(new URL("page.ts", import.meta.url));

/** The page's scripts by file name, bundled from the sources. */
async function bundle(): Promise<Map<string, string>> {
  const built = await build({
    configFile: false,
    logLevel: "warn",
    resolve: { alias: config.resolve?.alias ?? [] },
    build: {
      write: false,
      minify: false,
      modulePreload: false,
      rolldownOptions: {
        input: PAGE,
        output: { entryFileNames: "[name].js", chunkFileNames: "[name].js" },
      },
    },
  });
  const outputs: Rolldown.RolldownOutput[] = "on" in built ? [] : [built].flat();
  const chunks = outputs.flatMap(({ output }) => output).filter((output) => output.type === "chunk");
  return new Map(chunks.map(({ fileName, code }) => [fileName, code]));
}

interface ServedPage {
  readonly url: string;
  /** The same page, where a policy forbids WebAssembly. */
  readonly strictUrl: string;
  /** What the page loads before it takes part in anything. */
  readonly script: string;
  readonly close: () => Promise<void>;
}

/** Serves the page at one origin, which stays the same when the browser is started again. */
export async function servePage(): Promise<ServedPage> {
  const scripts = await bundle();
  const server = createServer((request, response) => {
    const script = scripts.get(request.url?.slice(1) ?? "");
    const [type, body] =
      script === undefined
        ? ["text/html", '<!doctype html><title>Tacit</title><script type="module" src="/page.js"></script>']
        : ["text/javascript", script];
    // A host that allows its own scripts and nothing else: WebAssembly is not compiled.
    if (request.url === STRICT_PATH) response.setHeader("content-security-policy", "script-src 'self'");
    response.setHeader("content-type", type).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("no address");
  return {
    url: `http://localhost:${address.port}/`,
    strictUrl: `http://localhost:${address.port}${STRICT_PATH}`,
    script: scripts.get("page.js") ?? "",
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
