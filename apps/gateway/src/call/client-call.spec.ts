import { once } from 'node:events';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { openCall, type ClientCall } from './client-call';

describe(openCall.name, () => {
  let app: FastifyInstance;
  beforeEach(() => {
    app = fastify();
  });
  afterEach(() => app.close());

  /** Opens a call in the middle of a real request; `handle` does the rest of it. */
  const opened = async (
    handle: (reply: FastifyReply, open: () => ClientCall) => Promise<ClientCall>,
  ): Promise<ClientCall> => {
    const call = Promise.withResolvers<ClientCall>();
    app.post('/', async (request: FastifyRequest, reply: FastifyReply) => {
      call.resolve(await handle(reply, () => openCall({ endpoint: 'openai-chat' }, '', request, reply)));
      return reply;
    });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    // A client that was cut off is told so by its own error.
    await fetch(url, { method: 'POST' }).catch(() => undefined);
    return call.promise;
  };

  it('knows that its client left before it was opened', async () => {
    const call = await opened(async ({ raw }, open) => {
      const closed = once(raw, 'close');
      raw.socket?.destroy();
      await closed;
      return open();
    });
    expect(call.life.clientLeft).toBe(true);
  });

  it('knows that its client left meanwhile', async () => {
    const call = await opened(async ({ raw }, open) => {
      const begun = open();
      const closed = once(raw, 'close');
      raw.socket?.destroy();
      await closed;
      return begun;
    });
    expect(call.life.clientLeft).toBe(true);
  });

  it('does not take the end of its reply for a client that left', async () => {
    const call = await opened(async (reply, open) => {
      const begun = open();
      const closed = once(reply.raw, 'close');
      void reply.send('all');
      await closed;
      return begun;
    });
    expect([call.life.clientLeft, call.life.unwanted.aborted]).toEqual([false, false]);
  });
});
