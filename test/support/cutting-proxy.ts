import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/**
 * A line to a server that is cut so many times, each time after so many bytes from the clients: everything that is
 * connected through it then loses its connection at once.
 */
export class CuttingProxy {
  readonly url: string;
  readonly #server: ReturnType<typeof createServer>;
  readonly #sockets: Set<Socket>;
  readonly #state: { readonly cuts: number };

  private constructor(
    server: ReturnType<typeof createServer>,
    sockets: Set<Socket>,
    state: { readonly cuts: number },
  ) {
    this.#state = state;
    this.#server = server;
    this.#sockets = sockets;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async to(url: string, { times, bytes }: { times: number; bytes: number }): Promise<CuttingProxy> {
    const { port } = new URL(url);
    const sockets = new Set<Socket>();
    const state = { passed: 0, cuts: 0 };
    const server = createServer((client) => {
      client.on("data", ({ length }) => {
        state.passed += length;
        if (state.cuts >= times || state.passed < bytes * (state.cuts + 1)) return;
        state.cuts++;
        for (const socket of sockets) socket.destroy();
      });
      const upstream = connect(Number(port), "127.0.0.1");
      for (const [one, other] of [
        [client, upstream],
        [upstream, client],
      ] as const) {
        sockets.add(one);
        one.on("error", () => undefined);
        one.on("close", () => {
          sockets.delete(one);
          other.destroy();
        });
      }
      client.pipe(upstream).pipe(client);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new CuttingProxy(server, sockets, state);
  }

  get cuts(): number {
    return this.#state.cuts;
  }

  async close(): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, "close");
  }
}
