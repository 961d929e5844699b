import { checkedId, isForOperators, pathOf, versionedPathOf } from './upstream-path';

describe(pathOf.name, () => {
  it.each([
    ['/v1/models?limit=2', '/v1/models'],
    ['/', '/'],
    ['http://other.example/v1/models?x', '/v1/models'],
    ['@other.example', '/'],
  ])('of %j is %j', (target, path) => {
    expect(pathOf(target)).toBe(path);
  });
});

describe(versionedPathOf.name, () => {
  it.each([
    ['/v1/messages?beta=true', '/v1/messages'],
    ['/messages', '/v1/messages'],
    ['/engines/gpt%2F4/embeddings', '/v1/engines/gpt%2F4/embeddings'],
    ['/openai/deployments/m/chat/completions', '/openai/deployments/m/chat/completions'],
    ['/openai/v1/responses', '/openai/v1/responses'],
  ])('of %j is %j', (target, path) => {
    expect(versionedPathOf(target)).toBe(path);
  });
});

describe(isForOperators.name, () => {
  it.each([
    '/v1/logs/accepted',
    '/v1/logs',
    '/logs/accepted',
    '/V1/Logs/accepted',
    '/v1/%6cogs/accepted',
    '/v1/%256Cogs/accepted',
    '/v1%2flogs%2Faccepted',
    '//v1//logs/accepted',
    '/v1/models/../logs/accepted',
    '/v1/models/%2e%2E/logs/accepted',
    '/v1\\logs\\accepted',
  ])('is true of %s', (path) => {
    expect(isForOperators(path)).toBe(true);
  });

  it.each(['/v1/models', '/v1/logs-of-mine', '/v1/models/logs', '/', '/%', '/v1/%ff'])('is false of %s', (path) => {
    expect(isForOperators(path)).toBe(false);
  });
});

describe(checkedId.name, () => {
  it.each(['resp_0a1b', 'a:b=', '..a'])('takes %s', (id) => {
    expect(checkedId(id)).toBe(id);
  });

  it.each(['', '.', '..', 'a/b', '../b', 'a?b', 'a#b', 'a%2fb', 'a b', 'a\\b', 'ü'])('refuses %j', (id) => {
    expect(() => checkedId(id)).toThrow(expect.objectContaining({ code: 'invalid_request', param: 'id' }) as Error);
  });
});
