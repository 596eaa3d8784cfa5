import { io } from "socket.io-client";
import { baseUrl, httpModels } from "./http-models.js";
import type { Connection, ConnectionListener, Transport } from "./transport.js";

const RETURN_MILLISECONDS = 2000;

/** HTTP by `fetch`, messages by Socket.IO. @throws TypeError when `url` is none. */
export function networkTransport(url: string): Transport {
  const base = baseUrl(url);
  return { ...httpModels(url), connect: (listener) => connect(base, listener) };
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
