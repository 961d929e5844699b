import { openAiReply, responsesReply, startRedis, type RedisServer } from '@sallyport/testing';
import { startProxy, type ProxyHarness } from './proxy-harness';

const MAIL = 'jane.doe@example.com';
const FIRST = [{ role: 'user', content: `write to ${MAIL}` }];
const SECOND = [...FIRST, { role: 'assistant', content: 'done' }, { role: 'user', content: `again to ${MAIL}` }];

describe('rotation of the masking key', () => {
  let redis: RedisServer;
  let proxy: ProxyHarness;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  beforeEach(async () => {
    proxy = await startProxy({ REDIS_URL: redis.url, MASKING_KEY: 'first', MASKING_STATE_TIMEOUT_MS: '60000' });
    await redisIsHealthy();
    proxy.upstream.script(() => ({ body: openAiReply('done') }));
  });
  afterEach(() => proxy.close());

  async function redisIsHealthy(): Promise<void> {
    const health = async (): Promise<unknown> =>
      ((await (await fetch(`${proxy.url}/health`)).json()) as { redis_connection: unknown }).redis_connection;
    while ((await health()) !== 'healthy') await new Promise((resolve) => setTimeout(resolve, 10));
  }

  async function rotate(key: string, previous: string): Promise<void> {
    proxy = await proxy.restart({ MASKING_KEY: key, MASKING_PREVIOUS_KEYS: previous });
    await redisIsHealthy();
  }

  /** The tokens that a call is sent with. */
  async function tokensOf(messages: object[], headers: Record<string, string> = {}): Promise<Set<string>> {
    expect((await proxy.post('/v1/chat/completions', { model: 'm', messages }, headers)).status).toBe(200);
    return new Set(proxy.lastBody().match(/MSKMAIL\w{13}/g));
  }

  describe('a conversation', () => {
    it('that began before keeps its key over one change and the next', async () => {
      const before = await tokensOf(FIRST);
      await rotate('second', 'first');
      expect(await tokensOf(SECOND)).toEqual(before);
      await rotate('third', 'second,first');
      expect(await tokensOf(SECOND)).toEqual(before);
    });

    it('that begins afterwards gets the new key, and keeps it when more is said', async () => {
      const before = await tokensOf(FIRST);
      await rotate('second', 'first');
      const opening = [{ role: 'user', content: `something else, ${MAIL}` }];
      const after = await tokensOf(opening);
      expect(after).not.toEqual(before);
      const more = [...opening, { role: 'assistant', content: 'done' }, { role: 'user', content: MAIL }];
      expect(await tokensOf(more)).toEqual(after);
      await rotate('third', 'second,first');
      expect(await tokensOf(more)).toEqual(after);
    });

    it('is known by the name that its client gives it', async () => {
      const named = { 'x-claude-code-session-id': 'session-1' };
      const before = await tokensOf(FIRST, named);
      await rotate('second', 'first');
      expect(await tokensOf(SECOND, named)).toEqual(before);
      expect(await tokensOf(FIRST, { 'x-claude-code-session-id': 'session-2' })).not.toEqual(before);
      // The name is what counts, also where the history was cut off.
      expect(await tokensOf(FIRST, named)).toEqual(before);
    });
  });

  describe('a stored response', () => {
    it('is carried on from, with what was granted under the key before', async () => {
      proxy.upstream.script(() => ({ body: responsesReply('noted') }));
      await proxy.post('/v1/responses', { model: 'm', input: `write to ${MAIL}` });
      const token = /MSKMAIL\w{13}/.exec(proxy.lastBody())?.[0] ?? '';
      await rotate('second', 'first');
      proxy.upstream.script(() => ({ body: responsesReply(`wrote to ${token}`) }));
      const reply = await proxy.post('/v1/responses', {
        model: 'm',
        input: 'to whom?',
        previous_response_id: 'resp_scripted',
      });
      expect(await reply.text()).toContain(`wrote to ${MAIL}`);
    });
  });

  it('without previous keys nothing is asked of the state for a first turn', async () => {
    await redis.kill();
    await tokensOf(FIRST);
    expect(await proxy.counted('masking_state_errors_total')).toBe(0);
    await redis.restart();
  });
});
