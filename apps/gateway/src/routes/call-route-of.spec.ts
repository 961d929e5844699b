import type { FastifyRequest } from 'fastify';
import { callRouteOf, idPath } from './call-route-of';
import { withModel, withVersion } from './paths';

const request = (url: string, params: object = {}): FastifyRequest =>
  ({ url, params, query: Object.fromEntries(new URL(url, 'http://x').searchParams) }) as FastifyRequest;

describe(callRouteOf.name, () => {
  it.each([
    ['/v1/messages', {}, { endpoint: 'anthropic-messages', method: 'POST', subpath: '' }],
    ['/v1/messages?beta=true', {}, { subpath: '?beta=true' }],
    ['/x?api-version=2024-10-21', { model: 'gpt/4o' }, { subpath: '', model: 'gpt/4o' }],
    ['/x?model=gpt&limit=3&order=a%26b', {}, { subpath: '?limit=3&order=a%26b', model: 'gpt' }],
    ['/x?model=', {}, { subpath: '' }],
    ['/x?', {}, { subpath: '' }],
  ])('reads %s', (url, params, expected) => {
    expect(callRouteOf('anthropic-messages', request(url, params))).toMatchObject(expected);
  });

  it('prefers a model in the path to the body, and one in the body to the query', () => {
    const body = { model: 'of-body' };
    expect(callRouteOf('openai-chat', { ...request('/x', { model: 'of-path' }), body })).toMatchObject({
      model: 'of-path',
    });
    const queried = callRouteOf('openai-files', { ...request('/x?model=of-query'), body });
    expect([queried.model, queried.subpath]).toEqual([undefined, '']);
  });

  it('names no model when the path does not', () => {
    expect(callRouteOf('openai-chat', request('/x'))).not.toHaveProperty('model');
  });

  it('puts the path before the query', () => {
    const route = callRouteOf('openai-files', request('/x?after=f'), { method: 'GET', path: idPath('file-1') });
    expect(route).toEqual({ endpoint: 'openai-files', method: 'GET', subpath: '/file-1?after=f' });
  });
});

describe(idPath.name, () => {
  it.each(['resp_0a1b', 'file-abc.jsonl', 'a:b=', '..a'])('takes %s', (id) => {
    expect(idPath(id)).toBe(`/${id}`);
  });

  it.each(['', '.', '..', '...', 'a/b', '../b', 'a?b', 'a#b', 'a%2fb', 'a b', 'a\\b', 'ü'])('refuses %j', (id) => {
    expect(() => idPath(id)).toThrow(expect.objectContaining({ code: 'invalid_request', param: 'id' }) as Error);
  });
});

it('knows every path of a route', () => {
  expect(withVersion('rerank')).toEqual(['v1/rerank', 'rerank']);
  expect(withModel('embeddings')).toEqual([
    'v1/engines/:model/embeddings',
    'engines/:model/embeddings',
    'openai/deployments/:model/embeddings',
  ]);
});
