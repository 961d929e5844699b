import { Environment } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import { FakeHttp, type FakeHttpReply } from '@sallyport/testing';
import { jsonOf, providerSettings } from '../provider-call.fixture';
import { ScriptedCohere } from './cohere.fixture';
import { cohereProvider } from './cohere.provider';

let cohere: ScriptedCohere;

beforeEach(() => {
  cohere = new ScriptedCohere();
});

describe('settings of Cohere', () => {
  it('does not start without a key', () => {
    expect(() => cohereProvider(providerSettings(), { env: new Environment({}), http: new FakeHttp() })).toThrow(
      /needs COHERE_API_KEY/,
    );
  });

  it('serves what the operator says', () => {
    expect(cohere.provider()).toMatchObject({ name: 'cohere', apiBase: 'https://api.cohere.com/v2' });
    expect(cohere.provider().endpoints).toEqual(['openai-chat', 'openai-embeddings']);
    expect(cohere.provider({ endpoints: ['openai-embeddings'] }).endpoints).toEqual(['openai-embeddings']);
    expect(() => cohere.provider({ endpoints: ['rerank'] })).toThrow(RangeError);
  });

  it('shows no credential when it is printed', () => {
    expect(JSON.stringify(cohere.provider())).not.toMatch(/co-key/);
  });
});

describe('errors of Cohere', () => {
  it.each([
    [401, 'authentication_error'],
    [404, 'invalid_request_error'],
    [429, 'rate_limit_error'],
    [500, 'server_error'],
  ])('passes the status %i on, streamed or not', async (status, type) => {
    const headers = { 'retry-after': '3', 'content-length': '5', 'content-type': 'application/json' };
    cohere.http.script(() => ({ status, json: { id: 'x', message: 'no way' }, headers }));
    for (const stream of [false, true]) {
      const reply = await cohere.ask({ stream });
      expect(reply).toMatchObject({ status, headers: { 'retry-after': '3', 'content-type': 'application/json' } });
      expect(reply.headers).not.toHaveProperty('content-length');
      expect(await jsonOf(reply)).toEqual({ error: { message: 'no way', type, param: null, code: null } });
    }
  });

  it('says something of an error without a message', async () => {
    cohere.http.script(() => ({ status: 503, chunks: ['<html>busy</html>'] }));
    expect(await jsonOf(await cohere.ask({}))).toMatchObject({
      error: { message: 'The upstream failed with status 503' },
    });
  });

  it.each<[string, FakeHttpReply]>([
    ['no JSON', { chunks: ['hello'] }],
    ['another JSON', { json: { a: 1 } }],
    ['a redirect', { status: 302, json: {} }],
    ['no status', { status: 100 }],
  ])('fails on %s so that another upstream may be tried', async (_, reply) => {
    cohere.http.script(() => reply);
    await expect(cohere.ask({})).rejects.toMatchObject({ code: 'upstream_failed', retryable: true });
  });

  it('hands on what the network says', async () => {
    const failure = new SallyportError('deadline_exceeded', 'late', { retryable: true });
    cohere.http.script(() => Promise.reject(failure));
    await expect(cohere.ask({})).rejects.toBe(failure);
  });

  it('serves what it says', async () => {
    await expect(cohere.provider().call(cohere.callOf({}, { endpoint: 'rerank' }))).rejects.toThrow(TypeError);
  });
});
