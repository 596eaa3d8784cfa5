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

/**
 * Sends a message whole where it is short and in parts where it is not, and resolves to its answer. After a lost
 * connection the same call goes on where the coordinator says that it stands.
 */
export async function sendMessage(ask: Ask, event: ChunkedEvent, message: Uint8Array): Promise<unknown> {
  if (message.length <= CHUNK_BYTES) return ask(event, message);
  const digest = messageDigest(message);
  let offset = 0;
  for (;;) {
    const answer = await ask("chunk", encodeChunk(event, message, digest, offset));
    const reply = parseReply(chunkReplySchema, answer);
    if (!reply.ok) {
      if (reply.reason !== "busy") return answer;
      await new Promise((resolve) => setTimeout(resolve, BUSY_MILLISECONDS));
      continue;
    }
    const { received } = reply.message;
    // A coordinator that does not move on would keep this client busy for ever.
    if (received <= offset || received >= message.length) return undefined;
    offset = received;
  }
}
