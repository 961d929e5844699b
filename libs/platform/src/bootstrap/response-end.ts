import type { FastifyReply } from 'fastify';

/** What is told as the status of a call whose client left before the reply was complete. */
const CLIENT_CLOSED = 499;

/**
 * Calls `told` once, when the response is over: sent, broken off, or left by its client. Fastify's own `onResponse`
 * hook stays silent when the client leaves.
 */
export function onceEnded(reply: FastifyReply, told: (status: number, durationMs: number) => void): void {
  const startedAt = performance.now();
  reply.raw.once('close', () => {
    const status = reply.raw.writableFinished ? reply.statusCode : CLIENT_CLOSED;
    told(status, performance.now() - startedAt);
  });
}
