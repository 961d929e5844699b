import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anthropicReply, openAiReply } from '@sallyport/testing';
import { startTestGateway, type TestGateway } from './gateway-harness';
import { upstreamStage } from './upstream-stage';

describe('headers of replies', () => {
  const stage = upstreamStage();
  const { script, send } = stage;

  it('hands on the upstream’s request id within a dialect', async () => {
    script({ body: openAiReply('a'), headers: { 'x-request-id': 'req_up' } });
    const reply = await send('/v1/chat/completions', { model: 'gpt' });
    expect(reply.headers.get('x-request-id')).toBe('req_up');
    const named = await send('/v1/chat/completions', { model: 'gpt' }, { headers: { 'x-request-id': 'mine' } });
    expect(named.headers.get('x-request-id')).toBe('mine');
    script({ body: anthropicReply('a'), headers: { 'request-id': 'req_anthropic' } });
    expect((await send('/v1/messages', {})).headers.get('request-id')).toBe('req_anthropic');
  });

  it('hands on the upstream’s limits, and tells its own where the upstream tells none', async () => {
    script({
      body: openAiReply('a'),
      headers: { 'x-ratelimit-remaining-requests': '7', 'x-ratelimit-reset-tokens': '6ms' },
    });
    const { headers } = await send('/v1/chat/completions', { model: 'gpt' });
    expect([headers.get('x-ratelimit-remaining-requests'), headers.get('x-ratelimit-reset-tokens')]).toEqual([
      '7',
      '6ms',
    ]);
    expect([headers.get('x-ratelimit-limit-requests'), headers.get('x-ratelimit-limit')]).toEqual(['100000', '100000']);
  });

  it.each([
    [{ 'retry-after': '3' }, '3', null],
    [{ 'retry-after': '3', 'retry-after-ms': '2500' }, '3', '2500'],
    [{ 'retry-after': '999999' }, '3600', null],
    [{ 'retry-after-ms': '999999999' }, '3600', null],
    [{ 'retry-after': 'Fri, 01 Jan 2999 00:00:00 GMT' }, '3600', null],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:00 GMT' }, 'Thu, 01 Jan 2026 00:00:00 GMT', null],
    [{ 'retry-after': 'soon' }, 'soon', null],
  ])('asks a client to wait no longer than it may: %j', async (headers, wait, waitMs) => {
    script({ status: 429, headers: headers, body: { error: { message: 'slow' } } });
    const { headers: told } = await send('/v1/chat/completions', { model: 'gpt' });
    expect([told.get('retry-after'), told.get('retry-after-ms')]).toEqual([wait, waitMs]);
  });

  it('gives each call an id of its own, whatever its client names it', async () => {
    script({ body: openAiReply('a'), headers: { 'x-litellm-call-id': 'theirs' } });
    const init = { headers: { 'x-litellm-call-id': 'mine' } };
    const ids = [];
    for (let count = 0; count < 2; count += 1) {
      ids.push((await send('/v1/chat/completions', { model: 'gpt' }, init)).headers.get('x-litellm-call-id'));
    }
    expect(new Set([...ids, 'mine', 'theirs']).size).toBe(4);
    expect(stage.gateway.records.map(({ litellm_call_id: id }) => id)).toEqual(ids);
  });

  describe('of a provider with an API of its own', () => {
    let dir: string;
    let gateway: TestGateway;
    beforeAll(async () => {
      dir = await mkdtemp(join(tmpdir(), 'sallyport-dropped-'));
      const file = join(dir, 'config.yaml');
      const params = { model: 'laas/m', api_base: stage.upstream.url };
      await writeFile(file, JSON.stringify({ model_list: [{ model_name: 'm', litellm_params: params }] }));
      const keys = { LAAS_PROJECT_CODE: 'p', LAAS_API_KEY: 'k', LAAS_PRESET_HASH: 'h' };
      gateway = await startTestGateway(keys, ['--config', file]);
    });
    afterAll(async () => {
      await gateway.close();
      await rm(dir, { recursive: true });
    });

    it.each([
      ['/v1/chat/completions', { seed: 1, user: 'u' }, 'seed,user'],
      ['/v1/messages', { max_tokens: 9, top_k: 3, metadata: { user_id: 'u' } }, 'top_k,user'],
      ['/v1/chat/completions', {}, null],
    ])('name what was left out at %s', async (path, body, dropped) => {
      script({ body: openAiReply('a') });
      const reply = await send(path, { model: 'm', ...body }, {}, gateway);
      expect([reply.status, reply.headers.get('x-sallyport-dropped-params')]).toEqual([200, dropped]);
    });
  });
});
