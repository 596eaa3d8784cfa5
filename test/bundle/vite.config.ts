import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** Bundles a page as an app would: Vite's own settings, names without hashes so that they can be weighed by name. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  logLevel: "warn",
  build: {
    modulePreload: false,
    rolldownOptions: {
      input: fileURLToPath(new URL("page.ts", import.meta.url)),
      output: { entryFileNames: "[name].js", chunkFileNames: "[name].js" },
    },
  },
});
