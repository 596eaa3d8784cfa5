import { randomBytes } from "node:crypto";
import {
  type CohortInvitation,
  clientIdOf,
  encodeUpload,
  taskHash as hashTask,
  networkShape,
  parameterCount,
  platformPrimitives,
  proveCheckIn,
  type RefusalReason,
  randomSecret,
  type Signer,
  shamir,
  signerFromSeed,
  type TaskSpec,
} from "@tacit/shared";
import { io, type Socket } from "socket.io-client";

/** Any reply, as it came over the wire. */
export interface Reply {
  readonly ok: boolean;
  readonly reason?: RefusalReason;
  readonly message?: string;
  readonly field?: string;
  readonly modelVersion?: number;
}

const primitives = await platformPrimitives(shamir);

/** A key of its own, and the client id that goes with it. */
export interface Identity {
  readonly clientId: string;
  readonly signer: Signer;
}

export async function freshIdentity(): Promise<Identity> {
  const signer = await signerFromSeed(primitives, randomSecret(primitives));
  return { clientId: clientIdOf(signer.publicKey), signer };
}

export const freshId = (): string => randomBytes(16).toString("hex");

/** A client of the protocol and no more: what it uploads was never learned from anything. */
export class RawClient {
  readonly socket: Socket;
  readonly task: TaskSpec;
  readonly identity: Identity;
  readonly clientId: string;
  readonly taskHash: string;
  readonly dimension: number;
  /** What the coordinator greeted this connection with. */
  nonce = "";
  readonly #invitations: CohortInvitation[] = [];
  readonly #waiting: ((invitation: CohortInvitation) => void)[] = [];

  private constructor(socket: Socket, task: TaskSpec, identity: Identity) {
    this.socket = socket;
    this.task = task;
    this.identity = identity;
    this.clientId = identity.clientId;
    this.taskHash = hashTask(task);
    this.dimension = parameterCount(networkShape(task));
    socket.on("cohort", (invitation: CohortInvitation) => {
      const next = this.#waiting.shift();
      if (next) next(invitation);
      else this.#invitations.push(invitation);
    });
  }

  static async connect(url: string, task: TaskSpec, known?: Identity): Promise<RawClient> {
    const identity = known ?? (await freshIdentity());
    const socket = io(url, { transports: ["websocket"], reconnection: false, forceNew: true });
    const client = new RawClient(socket, task, identity);
    await new Promise<void>((resolve, reject) => {
      socket.once("hello", ({ nonce }: { nonce: string }) => {
        client.nonce = nonce;
        resolve();
      });
      socket.once("connect_error", reject);
      // A server that dies during the handshake is neither.
      socket.io.once("close", (reason) => reject(new Error(`closed while connecting: ${reason}`)));
    });
    return client;
  }

  /** Connects and checks in. */
  static async join(url: string, task: TaskSpec, identity?: Identity): Promise<RawClient> {
    const client = await RawClient.connect(url, task, identity);
    const reply = await client.checkIn();
    if (!reply.ok) throw new Error(`check-in was refused: ${reply.reason}`);
    return client;
  }

  say(event: string, ...payload: unknown[]): Promise<Reply> {
    return this.socket.timeout(10_000).emitWithAck(event, ...payload);
  }

  async checkIn(changes: object = {}): Promise<Reply> {
    return this.say("check-in", { ...(await this.checkInMessage()), ...changes });
  }

  async checkInMessage() {
    const { identity, clientId, taskHash, task, nonce } = this;
    const proof = await proveCheckIn(identity.signer, { nonce, taskHash, clientId });
    return { version: 1, task: task.name, taskHash, clientId, ...proof };
  }

  ready(modelVersion: number, updateId = freshId()): Promise<Reply> {
    return this.say("ready", { version: 1, taskHash: this.taskHash, modelVersion, updateId });
  }

  /** The next invitation, whenever it comes or came. */
  invitation(): Promise<CohortInvitation> {
    const first = this.#invitations.shift();
    return first ? Promise.resolve(first) : new Promise((resolve) => this.#waiting.push(resolve));
  }

  packet(
    invitation: Pick<CohortInvitation, "cohortId" | "updateId" | "modelVersion">,
    value = 1,
  ): Uint8Array {
    const { cohortId, updateId, modelVersion } = invitation;
    const values = new Uint32Array(this.dimension).fill(value);
    const { taskHash } = this;
    return encodeUpload({ taskHash, modelVersion, cohortId, updateId, bits: this.task.privacy.bits, values });
  }

  upload(invitation: CohortInvitation, value = 1): Promise<Reply> {
    return this.say("upload", this.packet(invitation, value));
  }

  close(): void {
    this.socket.disconnect();
  }
}

/** Joins `count` clients. */
export const joinAll = (url: string, task: TaskSpec, count: number): Promise<RawClient[]> =>
  Promise.all(Array.from({ length: count }, () => RawClient.join(url, task)));

/** One whole round: all are ready with an update of this version, and all that are invited upload it. */
export async function completeRound(clients: readonly RawClient[], modelVersion: number): Promise<Reply[]> {
  return Promise.all(
    clients.map(async (client) => {
      const invited = client.invitation();
      const reply = await client.ready(modelVersion);
      if (!reply.ok) throw new Error(`ready was refused: ${reply.reason} ${reply.message}`);
      return client.upload(await invited);
    }),
  );
}
