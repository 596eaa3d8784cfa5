import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@tacit\/shared$/, replacement: source("shared/src/index.ts") },
      { find: /^@tacit\/shared\/reference$/, replacement: source("shared/src/network/reference-engine.ts") },
      { find: /^@tacit\/shared\/tfjs$/, replacement: source("shared/src/network/tfjs/tfjs-engine.ts") },
      { find: /^@tacit\/client$/, replacement: source("client/src/index.ts") },
      { find: /^@tacit\/client\/browser$/, replacement: source("client/src/browser.ts") },
      { find: /^@tacit\/client\/node$/, replacement: source("client/src/node.ts") },
      { find: /^@tacit\/client\/tfjs$/, replacement: source("client/src/tfjs.ts") },
      { find: /^@tacit\/server\/command-line$/, replacement: source("server/src/command-line.ts") },
      { find: /^@tacit\/server$/, replacement: source("server/src/index.ts") },
      { find: /^@tacit\/simulations$/, replacement: source("simulations/src/index.ts") },
    ],
  },
  test: {
    include: ["{shared,client,server,simulations}/test/**/*.test.ts", "test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
