import {
  CHUNK_BYTES,
  type ChunkedEvent,
  chunkReplySchema,
  encodeChunk,
  messageDigest,
  parseReply,
} from "@tacit/shared";

/** Sends one event and resolves to its answer, or to undefined when none came. */
export type Ask = (event: string, payload: unknown) => Promise<unknown>;

const BUSY_MILLISECONDS = 500;
/** Half a minute of being told to wait is no answer. */
const PATIENCE = 60;

/**
 * Sends a message whole where it is short and in parts where it is not, and resolves to its answer. After a lost
 * connection the same call goes on where the coordinator says that it stands.
 */
export async function sendMessage(ask: Ask, event: ChunkedEvent, message: Uint8Array): Promise<unknown> {
  const asked = patient(ask);
  if (message.length <= CHUNK_BYTES) return asked(event, message);
  const digest = messageDigest(message);
  let offset = 0;
  for (;;) {
    const answer = await asked("chunk", encodeChunk(event, message, digest, offset));
    const reply = parseReply(chunkReplySchema, answer);
    if (!reply.ok) return answer;
    const { received } = reply.message;
    // A coordinator that does not move on would keep this client busy for ever.
    if (received <= offset || received >= message.length) return undefined;
    offset = received;
  }
}

/** Asks again for as long as the coordinator is busy, within reason. */
const patient =
  (ask: Ask): Ask =>
  async (event, payload) => {
    for (let tries = 0; ; tries++) {
      const answer = await ask(event, payload);
      if (!isBusy(answer) || tries === PATIENCE) return answer;
      await new Promise((resolve) => setTimeout(resolve, BUSY_MILLISECONDS));
    }
  };

const isBusy = (answer: unknown): boolean =>
  typeof answer === "object" && answer !== null && "reason" in answer && answer.reason === "busy";
