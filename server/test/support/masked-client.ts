import {
  asBytes,
  type Bytes,
  type ChainHead,
  type CohortInvitation,
  groupOf,
  initialParameters,
  networkShape,
  parameterCount,
  planSealing,
  platformPrimitives,
  type SealingPlan,
  SecureClient,
  selfCertified,
  shamir,
  type TaskSpec,
} from "@tacit/shared";
import { freshId, RawClient, type Reply } from "./raw-client.js";

const primitives = await platformPrimitives(shamir);

export function sealingOf(task: TaskSpec): SealingPlan {
  const planned = planSealing(task, parameterCount(networkShape(task)));
  if (!planned.ok) throw new Error(planned.message);
  return planned.plan;
}

/** Clients' messages, in the order of the phases. */
export const ANSWERS = ["advertisement", "shares", "masked input", "consistency", "unmasking"] as const;
export type Answered = (typeof ANSWERS)[number];

/** A client of a masked task and no more: its update is as many equal integers as the task has coordinates. */
export class MaskedClient {
  readonly raw: RawClient;
  readonly value: number;
  readonly #inbox: Bytes[] = [];
  #wake: () => void = () => {};

  private constructor(raw: RawClient, value: number) {
    this.raw = raw;
    this.value = value;
    raw.socket.on("secagg", (message: unknown) => {
      const bytes = asBytes(message);
      if (bytes) this.#inbox.push(Uint8Array.from(bytes));
      this.#wake();
    });
  }

  static async join(url: string, task: TaskSpec, value: number): Promise<MaskedClient> {
    return new MaskedClient(await RawClient.join(url, task), value);
  }

  get id(): string {
    return this.raw.clientId;
  }

  /** Says ready and waits for the cohort. */
  async enter(modelVersion: number, updateId = freshId()): Promise<CohortInvitation> {
    // What the last cohort said at its end.
    this.#inbox.length = 0;
    const invited = this.raw.invitation();
    const reply = await this.raw.ready(modelVersion, updateId);
    if (!reply.ok) throw new Error(`ready was refused: ${reply.reason} ${reply.message}`);
    return invited;
  }

  /** Answers message after message, and returns the replies; leaves before the answer named `until`. */
  async aggregate(head: ChainHead, until?: Answered): Promise<Reply[]> {
    const client = this.secureClient(head);
    const replies: Reply[] = [];
    for (const answer of ANSWERS) {
      const output = await client.receive(await this.next());
      if (answer === until) return replies;
      if (!output.ok) throw new Error(`${output.reason}: ${output.message}`);
      replies.push(await this.raw.say("secagg", output.reply));
    }
    return replies;
  }

  secureClient({ modelVersion, modelHash }: ChainHead): SecureClient {
    const { task, taskHash } = this.raw;
    const { dimension, bits, clip } = sealingOf(task);
    return new SecureClient({
      primitives,
      clientId: this.id,
      signer: this.raw.identity.signer,
      identities: selfCertified,
      input: new Uint32Array(dimension).fill(this.value),
      expectations: {
        taskHash,
        modelVersion,
        modelHash,
        bits,
        minimumCohort: 3,
        minimumSurvivors: groupOf(task.cohort).minimum,
        minimumCorrupt: 0,
        minimumDropout: 0,
        minimumThreshold: 2,
        minimumNoiseMultiplier: task.privacy.noiseMultiplier,
        maximumClip: clip,
        adversary: "semi-honest",
        participationsLeft: 1,
      },
    });
  }

  /** The coordinator's next message of secure aggregation. */
  async next(): Promise<Bytes> {
    for (;;) {
      const message = this.#inbox.shift();
      if (message) return message;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  close(): void {
    this.raw.close();
  }
}

export const firstParameters = (task: TaskSpec): Float32Array =>
  initialParameters(networkShape(task), task.model.seed);
