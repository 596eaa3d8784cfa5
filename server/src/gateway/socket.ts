import type { Server as HttpServer } from "node:http";
import { setImmediate, setTimeout } from "node:timers/promises";
import {
  CHUNK_BYTES,
  CHUNK_HEADER_BYTES,
  PROTOCOL_VERSION,
  randomHex,
  refuse,
  type TaskSpec,
  uploadBytes,
} from "@tacit/shared";
import type { Logger } from "pino";
import { Server, type Socket } from "socket.io";
import type { Admission } from "../identity/admission.js";
import type { Audience, RoundDriver } from "../rounds/round-driver.js";
import type { ModelVersion } from "../store/store.js";
import { Connections } from "./connections.js";
import { TokenBucket } from "./rate-limit.js";
import { Session } from "./session.js";
import { Transfers } from "./transfers.js";

interface SocketGatewayOptions {
  readonly server: HttpServer;
  readonly task: TaskSpec;
  readonly taskHash: string;
  readonly dimension: number;
  readonly logger: Logger;
}

const BURST = 40;
const MESSAGES_PER_SECOND = 10;
/** A connection that has so many more messages refused for being too fast than taken is cut. */
const PATIENCE = 200;
const CHECKED_IN = "checked-in";
const FAREWELL_MILLISECONDS = 1000;
const NONCE_BYTES = 32;

/** The coordinator's sockets: hears every message, answers every one that asks for an answer, survives all of them. */
export class SocketGateway implements Audience {
  readonly #options: SocketGatewayOptions;
  readonly #io: Server;
  readonly #connections = new Connections();

  constructor(options: SocketGatewayOptions) {
    this.#options = options;
    this.#io = new Server(options.server, {
      serveClient: false,
      cors: { origin: "*" },
      // Long polling carries binary as base64, beside other packets; a frame beyond this closes its connection.
      maxHttpBufferSize: Math.ceil(1.5 * (CHUNK_HEADER_BYTES + CHUNK_BYTES)) + 65_536,
    });
  }

  get connected(): number {
    return this.#connections.size;
  }

  /** Begins to answer. */
  open(rounds: RoundDriver, admission: Admission): void {
    const { logger, task, dimension } = this.#options;
    const transfers = new Transfers({
      limit: uploadBytes(dimension, task.privacy.bits),
      expects: (clientId) => rounds.expects(clientId),
    });
    this.#io.engine.on("connection_error", (error: { code: number }) => {
      logger.debug({ code: error.code }, "connection refused");
    });
    this.#io.on("connection", (socket) => this.#serve(socket, rounds, transfers, admission));
  }

  /** Ends the client's connection, if it has one. */
  cut(clientId: string): void {
    this.#connections.get(clientId)?.disconnect(true);
  }

  invite(clientId: string, invitation: Parameters<Audience["invite"]>[1]): void {
    this.#connections.get(clientId)?.emit("cohort", invitation);
  }

  abandoned(clientId: string, cohortId: string, reason: string): void {
    this.#connections
      .get(clientId)
      ?.emit("cohort-abandoned", { version: PROTOCOL_VERSION, cohortId, reason });
  }

  committed(clientId: string, committed: Parameters<Audience["committed"]>[1]): void {
    this.#connections.get(clientId)?.emit("cohort-committed", committed);
  }

  /** One message of secure aggregation. */
  deliver(clientId: string, message: Uint8Array): void {
    this.#connections.get(clientId)?.emit("secagg", message);
  }

  announce({ modelVersion, hash: modelHash }: ModelVersion): void {
    const { name: task, rounds } = this.#options.task;
    const finished = modelVersion >= rounds;
    this.#io
      .to(CHECKED_IN)
      .emit("model", { version: PROTOCOL_VERSION, task, modelVersion, modelHash, finished });
  }

  /** Lets the last answers go out, disconnects everyone and stops listening. */
  async close(): Promise<void> {
    // Answers are on their way through promises; Socket.IO's own close would drop what is not written yet.
    await setImmediate();
    this.#io.disconnectSockets(true);
    const givenUp = Date.now() + FAREWELL_MILLISECONDS;
    while (this.#io.engine.clientsCount > 0 && Date.now() < givenUp) await setTimeout(5);
    const closed = this.#io.close();
    // Whoever holds a connection, and says nothing, would be waited for.
    this.#options.server.closeAllConnections();
    await closed;
  }

  #serve(socket: Socket, rounds: RoundDriver, transfers: Transfers, admission: Admission): void {
    const { task, taskHash, dimension, logger } = this.#options;
    const nonce = randomHex(NONCE_BYTES);
    const session = new Session({
      connection: socket.id,
      task: { name: task.name, hash: taskHash, rounds: task.rounds },
      encoding: { dimension, bits: task.privacy.bits },
      rounds,
      transfers,
      admission,
      nonce,
      connected: () => socket.connected,
      speaksFor: (clientId) => this.#connections.get(clientId) === socket,
      onCheckIn: (clientId) => {
        const earlier = this.#connections.replace(clientId, socket);
        if (earlier) {
          rounds.leave(clientId);
          earlier.disconnect(true);
        }
        void socket.join(CHECKED_IN);
        logger.debug({ connected: this.#connections.size }, "client checked in");
      },
      onRevoked: () => {
        logger.info("a client whose key was revoked is cut off");
        // The answer goes first.
        void setImmediate().then(() => socket.disconnect(true));
      },
    });
    const bucket = new TokenBucket(BURST, MESSAGES_PER_SECOND, Date.now());
    let refused = 0;

    socket.onAny((event: string, ...parts: unknown[]) => {
      const acknowledge = acknowledgement(parts);
      const payload = parts.length === 1 ? parts[0] : undefined;
      if (!bucket.take(Date.now())) {
        refused += 1;
        acknowledge(refuse("busy", "too many messages"));
        if (refused > PATIENCE) socket.disconnect(true);
        return;
      }
      refused = Math.max(0, refused - 1);
      session.handle(event, payload).then(acknowledge, (error: unknown) => {
        logger.error({ error, event: event.slice(0, 32) }, "message failed");
        acknowledge(refuse("busy", "the coordinator could not do this now"));
      });
    });
    socket.on("disconnect", () => {
      const { clientId } = session;
      if (clientId !== undefined && this.#connections.remove(clientId, socket)) rounds.leave(clientId);
    });
    socket.on("error", (error) => logger.debug({ error }, "socket error"));
    socket.emit("hello", { version: PROTOCOL_VERSION, nonce });
  }
}

/** Takes the acknowledgement off the end of a message's arguments; does nothing when none was asked for. */
function acknowledgement(parts: unknown[]): (reply: object) => void {
  const last = parts.at(-1);
  if (typeof last !== "function") return () => {};
  parts.pop();
  return (reply) => void last(reply);
}
