import type { IncomingMessage } from 'node:http';

/** A whole message body. Empty if the peer disconnected, because the response has no reader then. */
export const body = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of message) chunks.push(chunk as Buffer);
  } catch {
    return Buffer.alloc(0);
  }
  return Buffer.concat(chunks);
};
