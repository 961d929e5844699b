import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openAiReply } from '@sallyport/testing';
import { startProxy, type ProxyHarness } from './proxy-harness';

const MAIL = 'jane.doe@example.com';

describe('operating the proxy', () => {
  let proxy: ProxyHarness;
  beforeAll(async () => {
    proxy = await startProxy();
    proxy.upstream.script(() => ({ body: openAiReply('ok') }));
  });
  afterAll(() => proxy.close());

  interface Preview {
    readonly results: { readonly masked: string; readonly findings: { kind: string; start: number; end: number }[] }[];
  }
  const preview = async (body: object): Promise<Preview> =>
    (await (await proxy.post('/v1/mask', body)).json()) as Preview;

  describe('POST /v1/mask', () => {
    it('shows masked texts and findings with UTF-16 offsets', async () => {
      const { results } = await preview({ texts: [`🚀 ${MAIL}입니다`, 'nothing', 'vpc-1a2b3c4d'] });
      expect(results).toEqual([
        {
          masked: expect.stringMatching(/^🚀 MSKMAIL\w{13}입니다$/u) as string,
          findings: [{ kind: 'email', start: 3, end: 3 + MAIL.length }],
        },
        { masked: 'nothing', findings: [] },
        {
          masked: expect.stringMatching(/^MSKVPCX/) as string,
          findings: [{ kind: 'aws-resource-id', start: 0, end: 12 }],
        },
      ]);
    });

    it('takes one text as well, and calls nobody', async () => {
      expect((await preview({ text: MAIL })).results).toHaveLength(1);
      expect(proxy.upstream.requests).toEqual([]);
    });

    it.each([{}, { text: 'a', texts: [] }, { texts: 'a' }, { texts: [1] }, { text: null }])(
      'refuses %j',
      async (body) => {
        const reply = await proxy.post('/v1/mask', body);
        expect([reply.status, await reply.json()]).toMatchObject([422, { error: { code: 'invalid_request' } }]);
      },
    );

    it('gives the tokens that a call is masked with', async () => {
      const token = (await preview({ text: MAIL })).results[0]?.masked;
      await proxy.post('/v1/chat/completions', { model: 'm', messages: [{ role: 'user', content: MAIL }] });
      expect(proxy.lastBody()).toContain(`"content":"${token}"`);
    });
  });

  describe('the masking key', () => {
    it('is made once, for its owner only, and tokens stay the same over a restart', async () => {
      const before = await preview({ text: MAIL });
      expect(await readdir(proxy.dataDir)).toEqual(['masking.key']);
      expect((await stat(join(proxy.dataDir, 'masking.key'))).mode & 0o777).toBe(0o600);
      proxy = await proxy.restart();
      expect(await preview({ text: MAIL })).toEqual(before);
    });
  });

  describe('operations', () => {
    it('reports health in the fields that the older proxy had', async () => {
      expect(await (await fetch(`${proxy.url}/health`)).json()).toEqual({
        status: 'healthy',
        masking_engine: 'healthy',
        redis_connection: 'not_initialized',
        litellm_client: expect.stringMatching(/^(?:unknown|healthy)$/) as string,
        claude_code_sdk: 'not_initialized',
        version: '0.1.0',
      });
    });

    it('tells in its health how the last call to the upstream went', async () => {
      const own = await startProxy();
      const hasty = await own.with({ MASKING_REQUEST_TIMEOUT_SECONDS: '0.1' });
      const seen = async ({ url }: ProxyHarness): Promise<unknown> =>
        ((await (await fetch(`${url}/health`)).json()) as { litellm_client: unknown }).litellm_client;
      const states = [await seen(own)];
      for (const [asked, answer] of [
        [own, { status: 500 }],
        [own, { fault: 'reset' } as const],
        [hasty, new Promise<never>(() => undefined)],
      ] as const) {
        own.upstream.script(() => answer);
        await asked.post('/v1/chat/completions', { model: 'm', messages: [{ role: 'user', content: 'x' }] });
        states.push(await seen(asked));
      }
      expect(states).toEqual(['unknown', 'healthy', 'error', 'timeout']);
      await own.close();
    });

    it('says at its root what it is, without a key and without asking anybody', async () => {
      const asked = proxy.upstream.requests.length;
      const root = await fetch(proxy.url);
      expect([root.status, await root.json()]).toEqual([
        200,
        { service: 'sallyport-masking-proxy', status: 'running', version: '0.1.0', docs: '/docs' },
      ]);
      expect(proxy.upstream.requests).toHaveLength(asked);
    });

    it('counts masked values by kind and measures the time', async () => {
      await proxy.post('/v1/chat/completions', {
        model: 'm',
        messages: [{ role: 'user', content: `${MAIL} ${MAIL}` }],
      });
      // A request is counted when its connection has taken the whole reply, which the client may see first.
      const labels = 'method="POST",path="/v1/chat/completions",status="200"';
      while ((await proxy.counted('masking_requests_total', labels)) === 0) await sleep(5);
      const metrics = await (await fetch(`${proxy.url}/metrics`)).text();
      expect(Number(/masking_entities_total\{kind="email"\} (\d+)/.exec(metrics)?.[1])).toBeGreaterThanOrEqual(2);
      expect(metrics).toContain('masking_entities_total{kind="aws-arn"} 0');
      expect(metrics).toMatch(/masking_duration_seconds_count [1-9]/);
      expect(metrics).not.toContain(MAIL);
    });

    it('documents its routes', async () => {
      const document = (await (await fetch(`${proxy.url}/docs-json`)).json()) as { paths: object };
      const paths = Object.keys(document.paths).filter((path) => /^\/(?:v1\/|$|\w+$)/.test(path));
      expect(paths.filter((path) => !path.startsWith('/v1/') && paths.includes(`/v1${path}`))).toHaveLength(4);
      expect(paths.filter((path) => path.startsWith('/v1/')).sort()).toEqual([
        '/v1/chat/completions',
        '/v1/completions',
        '/v1/embeddings',
        '/v1/engines/{model}/chat/completions',
        '/v1/engines/{model}/completions',
        '/v1/engines/{model}/embeddings',
        '/v1/mask',
        '/v1/messages',
        '/v1/messages/count_tokens',
        '/v1/responses',
        '/v1/responses/compact',
        '/v1/responses/input_tokens',
        '/v1/responses/{id}',
        '/v1/responses/{id}/cancel',
        '/v1/responses/{id}/input_items',
      ]);
    });
  });
});
