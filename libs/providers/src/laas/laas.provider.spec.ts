import { SallyportError } from '@sallyport/dialects';
import type { FakeHttpReply } from '@sallyport/testing';
import { jsonOf } from '../provider-call.fixture';
import { CLASSIC, ScriptedLaas } from './laas.fixture';

let laas: ScriptedLaas;

beforeEach(() => {
  laas = new ScriptedLaas();
});

describe('errors of LaaS', () => {
  it.each([
    [
      401,
      { error: 'Unauthorized', message: 'no such key' },
      'authentication_error',
      'LaaS API HTTP error: no such key',
    ],
    [429, { error: { message: 'slow down' } }, 'rate_limit_error', 'LaaS API HTTP error: slow down'],
    [500, {}, 'server_error', 'LaaS API HTTP error: The upstream failed with status 500'],
  ])('passes the status %i on', async (status, body, type, message) => {
    laas.http.script(() => ({ status, json: body, headers: { 'retry-after': '3', 'content-length': '9' } }));
    for (const stream of [false, true]) {
      const reply = await laas.ask({ stream });
      expect(reply.status).toBe(status);
      expect(reply.headers).toEqual({ 'retry-after': '3', 'content-type': 'application/json' });
      expect(await jsonOf(reply)).toMatchObject({ error: { type, message, param: null } });
    }
  });

  it('names the MCP connection that is missing', async () => {
    laas.http.script(() => ({
      status: 400,
      json: { error_type: 'MCP_CONNECTION_REQUIRED', message: 'connect first' },
    }));
    expect(await jsonOf(await laas.ask({}))).toMatchObject({
      error: { code: 'MCP_CONNECTION_REQUIRED', message: 'LaaS API HTTP error: connect first' },
    });
  });

  it.each<[string, FakeHttpReply]>([
    ['200 without choices', { json: { error: 'x', message: 'y' } }],
    ['200 with an empty list', { json: { ...CLASSIC, choices: [] } }],
    ['200 that is no JSON', { chunks: ['<html>'] }],
    ['a redirect', { status: 302 }],
  ])('fails on %s so that another upstream may be tried', async (_, reply) => {
    laas.http.script(() => reply);
    await expect(laas.ask({})).rejects.toMatchObject({ code: 'upstream_failed', retryable: true });
  });

  it('fails on a reply that is too large', async () => {
    await expect(laas.ask({}, { params: { max_reply_bytes: 10 } })).rejects.toMatchObject({ code: 'upstream_failed' });
  });

  it('hands on what the network says', async () => {
    const failure = new SallyportError('deadline_exceeded', 'late', { retryable: true });
    laas.http.script(() => Promise.reject(failure));
    await expect(laas.ask({})).rejects.toBe(failure);
    await expect(laas.ask({ stream: true })).rejects.toBe(failure);
  });

  it('serves nothing but chat', async () => {
    await expect(laas.provider().call({ ...laas.callOf({}), endpoint: 'openai-embeddings' })).rejects.toThrow(
      TypeError,
    );
  });
});
