import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Module, Post, Req, Res, UseGuards } from '@nestjs/common';
import { Secret } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import { createLogger, createMetrics } from '@sallyport/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { API_KEYS, ApiKeyGuard, HealthModule, startApp, type RunningApp } from './index';

const schema = z.looseObject({ model: z.string(), messages: z.array(z.looseObject({ role: z.string() })).min(1) });

const streamMayEnd = Promise.withResolvers<void>();

@Controller()
class EchoController {
  @Post(['echo', 'v1/messages'])
  @HttpCode(200)
  @UseGuards(ApiKeyGuard)
  echo(@Body({ schema }) body: z.infer<typeof schema>, @Req() request: FastifyRequest): object {
    return { model: body.model, raw: request.rawBody?.toString('utf8') };
  }

  @Get('fail')
  fail(): never {
    throw new Error('a cause that holds secrets');
  }

  @Get('limited')
  limited(): never {
    throw new SallyportError('rate_limited', 'Too many requests', { retryAfterSeconds: 7 });
  }

  @Get('stream')
  stream(@Res() reply: FastifyReply): void {
    async function* pieces(): AsyncGenerator<string> {
      yield 'one ';
      await streamMayEnd.promise;
      yield 'two ';
      yield 'three';
    }
    void reply.type('text/plain').send(Readable.from(pieces()));
  }
}

let healthy = true;
const metrics = createMetrics({ processMetrics: false });

@Module({
  imports: [
    HealthModule.register(metrics, {
      ready: [{ name: 'store', check: () => (healthy ? Promise.resolve() : Promise.reject(new Error('away'))) }],
    }),
  ],
  controllers: [EchoController],
  providers: [{ provide: API_KEYS, useValue: [new Secret('key-1'), new Secret('key-2')] }],
})
class EchoModule {}

const start = (): Promise<RunningApp> =>
  startApp({
    name: 'echo',
    module: EchoModule,
    // Longer than a test may take: a drain that only ends by its limit is one that fails.
    listen: { host: '127.0.0.1', port: 0, drainMs: 600_000 },
    maxBodyBytes: 1_000,
    logger: createLogger('echo', 'silent'),
    docs: { title: 'Echo', description: 'A test app' },
  });

describe(startApp.name, () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await start();
  });
  afterAll(() => app.close());

  const post = (path: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(app.url + path, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', authorization: 'Bearer key-1', ...headers },
    });
  const valid = '{"model":"m", "messages":[{"role":"user"}], "__proto__": {"big": 12345678901234567890}}';

  it('hands the handler the parsed body and its exact bytes', async () => {
    const reply = await post('/echo', valid);
    expect(reply.status).toBe(200);
    expect(await reply.json()).toEqual({ model: 'm', raw: valid });
  });

  it.each([
    ['malformed JSON', '{"model":', {}, 422, 'invalid_json', null],
    ['a wrong type', '{"model":1,"messages":[{"role":"user"}]}', {}, 422, 'invalid_request', 'model'],
    ['a wrong type deep inside', '{"model":"m","messages":[{}]}', {}, 422, 'invalid_request', 'messages.0.role'],
    ['an empty list', '{"model":"m","messages":[]}', {}, 422, 'invalid_request', 'messages'],
    ['an empty body', '', {}, 422, 'invalid_request', null],
    ['a large body', JSON.stringify({ x: 'y'.repeat(2_000) }), {}, 413, 'body_too_large', null],
    ['another content type', 'a=b', { 'content-type': 'text/plain' }, 415, 'unsupported_media_type', null],
    ['a wrong key', valid, { authorization: 'Bearer nope' }, 401, 'wrong_key', null],
    ['an empty key', valid, { authorization: '' }, 401, 'missing_key', null],
  ])('refuses %s', async (_what, body, headers, status, code, param) => {
    const reply = await post('/echo', body, headers);
    const answer = (await reply.json()) as { error: { code: string; param: string | null } };
    expect([reply.status, answer.error.code]).toEqual([status, code]);
    if (param !== null) expect(answer.error.param).toBe(param);
  });

  it('refuses a body that is not UTF-8', async () => {
    const reply = await fetch(`${app.url}/echo`, {
      method: 'POST',
      body: Buffer.from([0x22, 0xff, 0x22]),
      headers: { 'content-type': 'application/json', 'x-api-key': 'key-1' },
    });
    expect(await reply.json()).toMatchObject({ error: { code: 'invalid_json' } });
  });

  it.each(['x-api-key', 'api-key', 'x-litellm-api-key', 'x-goog-api-key', 'ocp-apim-subscription-key'])(
    'accepts the key in %s',
    async (header) => {
      const headers = { 'content-type': 'application/json', [header]: 'key-2' };
      expect((await fetch(`${app.url}/echo`, { method: 'POST', body: valid, headers })).status).toBe(200);
    },
  );

  it('asks for a key when there is none', async () => {
    const reply = await fetch(`${app.url}/echo`, {
      method: 'POST',
      body: valid,
      headers: { 'content-type': 'application/json' },
    });
    expect(await reply.json()).toMatchObject({ error: { code: 'missing_key', type: 'authentication_error' } });
  });

  it('answers in the Anthropic dialect on its routes', async () => {
    const reply = await post('/v1/messages', '{"model":1}', { 'x-request-id': 'my-id' });
    expect(reply.headers.get('request-id')).toBe('my-id');
    expect(await reply.json()).toEqual({
      type: 'error',
      error: { type: 'invalid_request_error', message: expect.stringMatching(/^model: /) as string },
      request_id: 'my-id',
    });
  });

  it('replaces a request id that is not a plain identifier', async () => {
    const reply = await post('/echo', valid, { 'x-request-id': 'a b<script>' });
    expect(reply.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('takes the trace id from traceparent', async () => {
    const trace = 'ab'.repeat(16);
    const reply = await post('/echo', valid, { traceparent: `00-${trace}-${'cd'.repeat(8)}-01` });
    expect(reply.headers.get('x-trace-id')).toBe(trace);
  });

  it.each([
    `00-${'0'.repeat(32)}-${'cd'.repeat(8)}-01`,
    `00-${'ab'.repeat(16)}-${'0'.repeat(16)}-01`,
    `ff-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`,
  ])('makes a trace id of its own for the invalid traceparent %s', async (traceparent) => {
    const trace = (await post('/echo', valid, { traceparent })).headers.get('x-trace-id');
    expect(trace).toMatch(/^[0-9a-f]{32}$/);
    expect(traceparent).not.toContain(trace);
  });

  it('says nothing of the cause of an unexpected failure', async () => {
    const reply = await fetch(`${app.url}/fail`, { headers: { 'x-api-key': 'key-1' } });
    expect(reply.status).toBe(500);
    expect(await reply.text()).not.toContain('secrets');
  });

  it('sends Retry-After', async () => {
    const reply = await fetch(`${app.url}/limited`, { headers: { 'x-api-key': 'key-1' } });
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, '7']);
  });

  it('answers 404 in the same form', async () => {
    const reply = await fetch(`${app.url}/nowhere`);
    expect([reply.status, await reply.json()]).toEqual([
      404,
      { error: { message: 'Cannot GET /nowhere', type: 'not_found_error', param: null, code: 'not_found' } },
    ]);
  });

  it('reports readiness and what is wrong', async () => {
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
    healthy = false;
    const reply = await fetch(`${app.url}/readyz`);
    healthy = true;
    expect(reply.status).toBe(503);
    expect(await reply.text()).toContain('store');
    expect((await fetch(`${app.url}/livez`)).status).toBe(200);
  });

  it('serves metrics, Swagger UI and the OpenAPI document', async () => {
    expect((await fetch(`${app.url}/metrics`)).headers.get('content-type')).toContain('text/plain');
    expect(await (await fetch(`${app.url}/docs`)).text()).toContain('swagger-ui');
    const document = (await (await fetch(`${app.url}/docs-json`)).json()) as { openapi: string; paths: object };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toContain('/echo');
  });
});

describe('draining', () => {
  it('ends an open stream in full and closes although the client keeps its connection', async () => {
    const app = await start();
    const agent = new Agent({ keepAlive: true });
    const reply = await new Promise<IncomingMessage>((resolve) =>
      get(`${app.url}/stream`, { agent, headers: { 'x-api-key': 'key-1' } }, resolve),
    );
    // A second kept-alive connection, idle when the drain begins, and one that was opened ahead of a request.
    await fetch(`${app.url}/livez`).then((answer) => answer.text());
    const early = connect(Number(new URL(app.url).port), '127.0.0.1');
    await once(early, 'connect');
    const closed = app.close();
    streamMayEnd.resolve();
    let text = '';
    for await (const piece of reply) text += String(piece);
    expect(text).toBe('one two three');
    await closed;
    await expect(fetch(`${app.url}/livez`)).rejects.toThrow();
    agent.destroy();
    early.destroy();
  });
});
