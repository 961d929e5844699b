import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openAiReply } from '@sallyport/testing';
import { startProxy, type ProxyHarness } from './proxy-harness';

const MAIL = 'jane.doe@example.com';

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
    expect(await (await fetch(`${proxy.url}/health`)).json()).toMatchObject({
      status: 'healthy',
      masking_engine: 'healthy',
      redis_connection: 'not_initialized',
      version: '0.1.0',
    });
  });

  it('counts masked values by kind and measures the time', async () => {
    await proxy.post('/v1/chat/completions', { model: 'm', messages: [{ role: 'user', content: `${MAIL} ${MAIL}` }] });
    const metrics = await (await fetch(`${proxy.url}/metrics`)).text();
    expect(Number(/masking_entities_total\{kind="email"\} (\d+)/.exec(metrics)?.[1])).toBeGreaterThanOrEqual(2);
    expect(metrics).toContain('masking_entities_total{kind="aws-arn"} 0');
    expect(metrics).toMatch(/masking_duration_seconds_count [1-9]/);
    expect(metrics).toMatch(/masking_requests_total\{method="POST",path="\/v1\/chat\/completions",status="200"\}/);
    expect(metrics).not.toContain(MAIL);
  });

  it('documents its routes', async () => {
    const document = (await (await fetch(`${proxy.url}/docs-json`)).json()) as { paths: object };
    expect(Object.keys(document.paths).sort()).toEqual([
      '/chat/completions',
      '/health',
      '/livez',
      '/metrics',
      '/readyz',
      '/v1/chat/completions',
      '/v1/mask',
      '/v1/messages',
      '/v1/messages/count_tokens',
    ]);
  });
});
