import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Clients may send a request before the reply to the last one has ended, and responses wait for their turn then. When
 * the connection is lost, Node tells only the one whose turn it is; here the others get their `close` as well, so that
 * whoever waits for the end of a response learns of it.
 */
export function closeWaitingResponses(fastify: FastifyInstance): void {
  const waiting = new WeakMap<Socket, Set<ServerResponse>>();
  fastify.addHook('onRequest', ({ raw: { socket } }, { raw }, done) => {
    if (raw.socket === null) {
      const responses = waiting.get(socket) ?? watch(socket);
      waiting.set(socket, responses);
      responses.add(raw);
      raw.once('close', () => responses.delete(raw));
    }
    done();
  });
}

/** One listener for all responses of a connection, however many wait. */
function watch(socket: Socket): Set<ServerResponse> {
  const responses = new Set<ServerResponse>();
  socket.once('close', () => {
    // One that has had its turn meanwhile is told by Node.
    for (const response of responses) if (response.socket === null) response.emit('close');
  });
  return responses;
}
