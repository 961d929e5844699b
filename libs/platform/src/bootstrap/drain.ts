import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

const IDLE_SWEEP_MS = 100;

/**
 * Ends an app's HTTP side without cutting a reply. Once {@link Drain.begin} was called `/readyz` answers 503 and every
 * response asks its client to close the connection; calls under way, streams too, run to their end.
 */
export class Drain {
  private draining = false;
  private readonly sockets = new Set<Socket>();

  constructor(private readonly fastify: FastifyInstance) {
    fastify.server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    fastify.addHook('onRequest', (request, reply, done) => {
      if (!this.draining) return done();
      reply.header('connection', 'close');
      if (request.url.startsWith('/readyz')) {
        void reply.status(503).send({ status: 'error', details: { drain: { status: 'down' } } });
        return;
      }
      done();
    });
  }

  begin(): void {
    this.draining = true;
  }

  /**
   * Runs `close`, which waits for open connections. Connections that fall idle are closed meanwhile, as a pooled
   * client would keep them for over a minute; those that are still busy after `limitMs` are cut.
   */
  async finish(close: () => Promise<void>, limitMs: number): Promise<void> {
    const { server } = this.fastify;
    const sweep = setInterval(() => {
      server.closeIdleConnections();
      // One that was opened ahead of a request is not idle in Node's eyes, and no request will come now.
      for (const socket of this.sockets) if (socket.bytesRead === 0) socket.destroy();
    }, IDLE_SWEEP_MS);
    const limit = setTimeout(() => server.closeAllConnections(), limitMs);
    try {
      await close();
    } finally {
      clearInterval(sweep);
      clearTimeout(limit);
    }
  }
}
