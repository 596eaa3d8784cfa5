import type { Socket } from "socket.io";

/** Which socket speaks for which client: one each, and the newest wins, since a client that comes back is quicker than the old socket's timeout. */
export class Connections {
  readonly #sockets = new Map<string, Socket>();

  get size(): number {
    return this.#sockets.size;
  }

  get(clientId: string): Socket | undefined {
    return this.#sockets.get(clientId);
  }

  /** @returns the socket that spoke for this client until now. */
  replace(clientId: string, socket: Socket): Socket | undefined {
    const earlier = this.#sockets.get(clientId);
    this.#sockets.set(clientId, socket);
    return earlier === socket ? undefined : earlier;
  }

  /** Forgets the client unless another socket speaks for it by now. */
  remove(clientId: string, socket: Socket): boolean {
    return this.#sockets.get(clientId) === socket && this.#sockets.delete(clientId);
  }
}
