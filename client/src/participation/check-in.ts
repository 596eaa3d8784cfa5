import {
  type CheckInReply,
  checkInReplySchema,
  PROTOCOL_VERSION,
  parseReply,
  proveCheckIn,
  type Refusal,
  refuse,
} from "@tacit/shared";
import type { DeviceIdentity } from "../device/device.js";
import type { LocalTask } from "../model/local-model.js";
import type { Credential } from "../recommender-options.js";
import type { Hello } from "./hello.js";

interface CheckInOptions {
  readonly identity: DeviceIdentity;
  readonly local: LocalTask;
  readonly hello: Hello;
  readonly credential: Credential | undefined;
  readonly ask: (event: string, payload: unknown) => Promise<unknown>;
  readonly onProblem: (error: unknown) => void;
}

/**
 * Says who this client is and proves it. The host's credential is asked for only when the coordinator does not know
 * the client. Resolves to undefined when the connection ended meanwhile: the next one has its own check-in.
 */
export async function checkIn(options: CheckInOptions): Promise<CheckInReply | Refusal | undefined> {
  const { hello, credential } = options;
  const nonce = await hello.nonce();
  if (nonce === undefined) return undefined;
  const reply = await say(options, nonce);
  if (!hello.isCurrent(nonce)) return undefined;
  if (reply.ok || reply.reason !== "not-enrolled" || credential === undefined) return reply;
  const obtained = await obtain(credential, options.onProblem);
  if (!hello.isCurrent(nonce)) return undefined;
  if (obtained === undefined) return refuse("busy", "the host app gave no credential");
  const second = await say(options, nonce, obtained);
  return hello.isCurrent(nonce) ? second : undefined;
}

async function say(
  { identity, local, ask }: CheckInOptions,
  nonce: string,
  credential?: string,
): Promise<CheckInReply | Refusal> {
  const { clientId, signer } = identity;
  const { taskHash, task } = local;
  const proof = await proveCheckIn(signer, { nonce, taskHash, clientId });
  const message = { version: PROTOCOL_VERSION, task: task.name, taskHash, clientId, ...proof };
  const answer = await ask("check-in", credential === undefined ? message : { ...message, credential });
  if (answer === undefined) return refuse("busy", "no answer");
  const reply = parseReply(checkInReplySchema, answer);
  return reply.ok ? reply.message : reply;
}

/** Undefined when the host's callback fails: its backend may be back at the next attempt. */
async function obtain(
  credential: Credential,
  onProblem: CheckInOptions["onProblem"],
): Promise<string | undefined> {
  try {
    const obtained: unknown = typeof credential === "string" ? credential : await credential();
    if (typeof obtained === "string" && obtained !== "") return obtained;
    onProblem(new Error("credential: must resolve to a string that is not empty"));
  } catch (error) {
    onProblem(error);
  }
  return undefined;
}
