import Anthropic from '@anthropic-ai/sdk';
import { ScriptedUpstream, type RecordedRequest } from '@sallyport/testing';
import OpenAI from 'openai';
import { echoChat, echoMessages } from './echo-replies';
import { fourProcesses, KEY, standalone, type Product, type Topology } from './topologies';

const SECRETS = ['i-0abcd1234ef567890', 'vpc-0a1b2c3d4e5f60718', 'acme-payroll-backups', 'jane.doe@example.com'];
const PROMPT = `Host ${SECRETS[0]} in ${SECRETS[1]} reads s3://${SECRETS[2]}/x — tell ${SECRETS[3]} 🚀`;

/**
 * The longest wait for records. The embedded queue gives out a batch that a crash left under way when its lock of 30 s is
 * over, which it looks for every 15 s; the rest is for a busy machine.
 */
const RECORDS_LIMIT_MS = 150_000;
jest.setTimeout(RECORDS_LIMIT_MS + 60_000);

const topologies: [string, Topology][] = [
  ['one process on embedded defaults', standalone],
  ['four processes and Redis', fourProcesses],
];

describe.each(topologies)('the product as %s', (_name, start) => {
  let upstream: ScriptedUpstream;
  let product: Product;
  let openai: OpenAI;
  let anthropic: Anthropic;

  const connect = (): void => {
    openai = new OpenAI({ baseURL: `${product.maskingUrl}/v1`, apiKey: KEY, maxRetries: 0 });
    anthropic = new Anthropic({ baseURL: product.maskingUrl, apiKey: KEY, maxRetries: 0 });
  };

  beforeAll(async () => {
    upstream = await ScriptedUpstream.start();
    product = await start(`gpt=${upstream.url};claude=anthropic+${upstream.url};down=mock://fail`);
    connect();
  });
  afterAll(() => product.close());
  afterAll(() => upstream.close());
  beforeEach(() =>
    upstream.script((request) => (request.path.includes('chat') ? echoChat(request) : echoMessages(request))),
  );

  const messages = [{ role: 'user' as const, content: PROMPT }];
  const seen = (): string => upstream.requests.map(({ body }: RecordedRequest) => body.toString()).join();

  let made = 0;
  /** Waits until the file server holds the records of all calls so far; none may be missing, none too many. */
  const recordsAfter = async (calls: number): Promise<[string, Record<string, unknown>][]> => {
    made += calls;
    for (const end = Date.now() + RECORDS_LIMIT_MS; ;) {
      const found = await product.records();
      if (found.size > made || Date.now() > end) throw new Error(`${found.size} records of ${made} calls`);
      if (found.size === made) return [...found];
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  it('masks, restores and records a call of either SDK, streamed or not', async () => {
    const chat = await openai.chat.completions.create({ model: 'gpt', messages });
    expect(chat.choices[0]?.message.content).toBe(PROMPT);
    expect(await openai.chat.completions.stream({ model: 'gpt', messages }).finalContent()).toBe(PROMPT);
    const message = await anthropic.messages.create({ model: 'claude', max_tokens: 99, messages });
    expect(message.content).toMatchObject([{ text: PROMPT }]);
    const stream = anthropic.messages.stream({ model: 'claude', max_tokens: 99, messages });
    expect(await stream.finalText()).toBe(PROMPT);

    const written = await recordsAfter(4);
    for (const secret of SECRETS) {
      expect(seen()).not.toContain(secret);
      expect(JSON.stringify(written)).not.toContain(secret);
    }
    for (const [path, record] of written) {
      expect(path).toMatch(/^llm\/\d{4}-\d\d-\d\d\/[A-Za-z0-9._-]+\.json$/);
      expect(record).toMatchObject({
        status: 'success',
        metadata: { user_api_key_hash: expect.any(String) as string },
        guardrail_information: [{ guardrail_name: 'sallyport-masking', masked_entity_count: { email: 1 } }],
      });
    }
    expect(written.filter(([, record]) => record['stream'] === true)).toHaveLength(2);
  });

  it('records a call that fails', async () => {
    await expect(openai.chat.completions.create({ model: 'down', messages })).rejects.toMatchObject({ status: 502 });
    const written = await recordsAfter(1);
    expect(written.filter(([, record]) => record['status'] === 'failure')).toHaveLength(1);
  });

  it('logs one line for each request, with the documented keys and without a secret', async () => {
    const { response } = await openai.chat.completions.create({ model: 'gpt', messages }).withResponse();
    const traceId = response.headers.get('x-trace-id') ?? '';
    const record = (await recordsAfter(1)).find(([, { trace_id }]) => trace_id === traceId);
    expect(record?.[1]).toMatchObject({ model_group: 'gpt' });
    const { output } = product.gatewayProcess();
    const line = (): string | undefined =>
      output.find((text) => text.includes('"logger":"gateway"') && text.includes(traceId));
    for (const end = Date.now() + RECORDS_LIMIT_MS; line() === undefined && Date.now() < end;) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(JSON.parse(line() ?? '')).toMatchObject({
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
      level: 'info',
      message: 'request',
      request_id: response.headers.get('x-request-id'),
      trace_id: traceId,
      method: 'POST',
      path: '/v1/chat/completions',
      status: 200,
      duration_ms: expect.any(Number) as number,
      upstream: 'gpt',
      client_ip: '127.0.0.1',
    });
    for (const secret of [...SECRETS, KEY]) expect(output.join('\n')).not.toContain(secret);
  });

  it('keeps exactly one record of each of many calls', async () => {
    const calls = Array.from({ length: 40 }, (_, call) =>
      call % 2 === 0
        ? openai.chat.completions.create({ model: 'gpt', messages })
        : openai.chat.completions.stream({ model: 'gpt', messages }).finalContent(),
    );
    await Promise.all(calls);
    await recordsAfter(40);
  });

  it('loses no record when the gateway is killed right after its replies', async () => {
    await Promise.all(Array.from({ length: 10 }, () => openai.chat.completions.create({ model: 'gpt', messages })));
    product = await product.crashAndRestart();
    connect();
    await recordsAfter(10);
  });

  it('ends an open stream in full when it is asked to stop, and stops cleanly', async () => {
    upstream.script((request) => ({ ...echoChat(request), delayMs: 10 }));
    const stream = openai.chat.completions.stream({ model: 'gpt', messages });
    await Promise.race([new Promise<void>((resolve) => stream.once('content', () => resolve())), stream.done()]);
    const stopped = product.gatewayProcess().stop();
    expect(await stream.finalContent()).toBe(PROMPT);
    expect(await stopped).toBe(0);
    expect(product.gatewayProcess().output.join('\n')).not.toMatch(/unexpected failure|Error:/);
  });
});
