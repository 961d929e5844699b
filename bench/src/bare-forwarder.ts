import fastify from 'fastify';
import { Pool } from 'undici';
import { announce } from './ready';

/** The least that a gateway can do: parse the body, look at it, forward it. What Sallyport is compared with. */
const upstream = new Pool(process.env['UPSTREAM_URL'] ?? '', { connections: 256 });
const app = fastify({ bodyLimit: 32 * 1024 * 1024 });

app.post<{ Body: { model: unknown } }>('/v1/chat/completions', async (request, reply) => {
  if (typeof request.body.model !== 'string') return reply.status(422).send();
  const { statusCode, headers, body } = await upstream.request({
    method: 'POST',
    path: '/v1/chat/completions',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request.body),
  });
  return reply.status(statusCode).header('content-type', headers['content-type']).send(body);
});

app.listen({ port: 0, host: '127.0.0.1' }).then(
  () => announce(app.server),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  },
);
