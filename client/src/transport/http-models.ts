import type { ModelSource } from "./transport.js";

const FETCH_TIMEOUT_MILLISECONDS = 15_000;

/** Where a coordinator's paths begin. @throws TypeError when `url` is none. */
export const baseUrl = (url: string): URL => new URL(url.endsWith("/") ? url : `${url}/`);

/** Tasks and models by `fetch`. @throws TypeError when `url` is none. */
export function httpModels(url: string): ModelSource {
  const base = baseUrl(url);
  return {
    fetchTask: async (task) => (await get(new URL(`v1/tasks/${encodeURIComponent(task)}`, base))).json(),
    fetchModel: async (task, modelVersion, from) => {
      const query = from === undefined ? "" : `?from=${from}`;
      const path = `v1/tasks/${encodeURIComponent(task)}/models/${modelVersion}${query}`;
      const response = await get(new URL(path, base));
      const packet = new Uint8Array(await response.arrayBuffer());
      return { packet, previousHash: response.headers.get("x-tacit-previous-hash") ?? "" };
    },
  };
}

async function get(url: URL): Promise<Response> {
  const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MILLISECONDS) });
  if (!response.ok) throw new Error(`${url.pathname}: HTTP ${response.status}`);
  return response;
}
