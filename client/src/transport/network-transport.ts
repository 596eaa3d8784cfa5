import { io } from "socket.io-client";
import type { Connection, ConnectionListener, Transport } from "./transport.js";

const FETCH_TIMEOUT_MILLISECONDS = 15_000;
const RETURN_MILLISECONDS = 2000;

/** HTTP by `fetch`, messages by Socket.IO. @throws TypeError when `url` is none. */
export function networkTransport(url: string): Transport {
  const base = new URL(url.endsWith("/") ? url : `${url}/`);
  return {
    fetchTask: async (task) => (await get(new URL(`v1/tasks/${encodeURIComponent(task)}`, base))).json(),
    fetchModel: async (task, modelVersion) => {
      const path = `v1/tasks/${encodeURIComponent(task)}/models/${modelVersion}`;
      const response = await get(new URL(path, base));
      const packet = new Uint8Array(await response.arrayBuffer());
      return { packet, previousHash: response.headers.get("x-tacit-previous-hash") ?? "" };
    },
    connect: (listener) => connect(base, listener),
  };
}

async function get(url: URL): Promise<Response> {
  const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MILLISECONDS) });
  if (!response.ok) throw new Error(`${url.pathname}: HTTP ${response.status}`);
  return response;
}

function connect(base: URL, listener: ConnectionListener): Connection {
  const socket = io(base.origin, {
    path: `${base.pathname}socket.io/`,
    forceNew: true,
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelayMax: 30_000,
  });
  let reconnecting: ReturnType<typeof setTimeout> | undefined;
  socket.on("connect", () => listener.connected());
  socket.on("disconnect", (reason) => {
    listener.disconnected();
    // The one case in which Socket.IO does not come back by itself: the coordinator closed the connection on purpose.
    if (reason === "io server disconnect")
      reconnecting = setTimeout(() => socket.connect(), RETURN_MILLISECONDS);
  });
  socket.onAny((event: string, payload: unknown) => listener.message(event, payload));
  return {
    request: (event, payload, seconds) => socket.timeout(1000 * seconds).emitWithAck(event, payload),
    close: () => {
      clearTimeout(reconnecting);
      socket.removeAllListeners();
      socket.offAny();
      socket.disconnect();
    },
  };
}
