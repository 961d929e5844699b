import type { Endpoint } from '@sallyport/dialects';
import fc from 'fast-check';
import type { CallOutcome } from '../call-outcome';
import { buildRecord } from './build-record';
import { FULL, NONE, outcomeWith, REPLY, STREAMED, usageOf } from './call-outcome.fixture';

const CANARY = 'canary7f3';
const ENDPOINTS: readonly Endpoint[] = [
  'openai-chat',
  'openai-responses',
  'anthropic-messages',
  'openai-completions',
  'openai-embeddings',
  'openai-images-generations',
  'rerank',
];
const NAMES = `model messages role content type text input output choices message tool_calls function name arguments
  usage tools source data system instructions thinking reasoning metadata stop prompt query error detail cost
  finish_reason status index delta stream_options tool_choice summary`.split(/\s+/);

const text = fc.oneof(
  fc.string(),
  fc.constantFrom(CANARY, `say ${CANARY} again`, 'data:a/b;base64,QUJD', 'text', 'user'),
);
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    fc.oneof(text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null)),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(
      fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...NAMES) }, { weight: 1, arbitrary: text }),
      tie('json'),
      {
        maxKeys: 5,
      },
    ),
  ),
}));
const object = fc.dictionary(fc.constantFrom(...NAMES), json, { maxKeys: 6 });
const reply = fc.record({
  id: fc.constantFrom('', 'gen-1', `an id with ${CANARY}`),
  usage: fc.option(
    object.map((raw) => usageOf({ raw })),
    { nil: undefined },
  ),
  error: fc.option(fc.record({ type: text, message: text }), { nil: undefined }),
  response: json,
});
const failure = fc.record({
  code: fc.constantFrom('400', '429', '500', 'upstream_failed', 'upstream_interrupted'),
  message: text,
});

const outcomes: fc.Arbitrary<CallOutcome> = fc
  .record({
    endpoint: fc.constantFrom(...ENDPOINTS),
    body: object,
    reply: fc.option(reply, { nil: undefined }),
    failure: fc.option(failure, { nil: undefined }),
    kind: text,
    streamed: fc.boolean(),
    clientLeft: fc.boolean(),
    attempts: fc.constantFrom([], STREAMED.attempts),
  })
  .map(({ endpoint, body, failure: failed, kind, ...others }) => {
    const isUpstreams = failed !== undefined && /^\d/.test(failed.code);
    return outcomeWith({
      ...others,
      body,
      ask: { endpoint },
      failure: failed && { ...failed, kind: isUpstreams ? kind : failed.code },
    });
  });

describe('every record', () => {
  it('is made of anything, has every key, and has a total that is the sum of its parts', async () => {
    const keys = Object.keys(await buildRecord(STREAMED, FULL)).sort();
    await fc.assert(
      fc.asyncProperty(outcomes, fc.constantFrom(FULL, NONE), async (outcome, policy) => {
        const record = await buildRecord(outcome, policy);
        expect(Object.keys(JSON.parse(JSON.stringify(record)) as object).sort()).toEqual(keys);
        expect(record.response_cost).toBe(record.cost_breakdown?.total_cost ?? 0);
        expect(record.total_tokens).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 300 },
    );
  });

  it('holds no word of the request, the reply or the upstream without content', async () => {
    await fc.assert(
      fc.asyncProperty(outcomes, async (outcome) => {
        // What is given for the logs stays.
        const { metadata: _metadata, ...body } = outcome.request.body;
        const record = await buildRecord({ ...outcome, request: { ...outcome.request, body } }, NONE);
        expect(JSON.stringify(record)).not.toContain(CANARY);
      }),
      { numRuns: 500 },
    );
  });

  it('is made of what is nested without end, and of what is long', async () => {
    const depth = 50_000;
    const deep = JSON.parse(`${'{"content":['.repeat(depth)}1${']}'.repeat(depth)}`) as object;
    const body = { messages: [deep], tools: [deep], metadata: deep, system: deep } as Record<string, unknown>;
    for (const endpoint of ENDPOINTS) {
      const response = { ...REPLY, output: [deep], content: [{ type: 'tool_use', input: deep }] };
      const outcome = outcomeWith({
        ask: { endpoint },
        body,
        reply: { id: '', usage: undefined, error: undefined, response },
      });
      expect(() => JSON.stringify(outcome.request.body)).toThrow();
      expect(JSON.stringify(await buildRecord(outcome, FULL))).toContain('nested too deeply');
    }
  });

  it('is short for long files, however they are marked', async () => {
    const tricks = ['data:;base64,', ';base64,data:', `data:a/b;base64,${'A'.repeat(100)}`, ' data: ', 'data:'];
    for (const trick of tricks) {
      const content = trick.repeat(Math.ceil(10_000_000 / trick.length));
      const record = await buildRecord(outcomeWith({ body: { messages: [{ role: 'user', content }] } }), FULL);
      expect(JSON.stringify(record).length).toBeLessThan(11_000_000);
    }
  });

  it('names the address of an upstream without its keys', async () => {
    const target = {
      ...(STREAMED.target as NonNullable<CallOutcome['target']>),
      apiBase: 'https://u:SECRET@host/v1/?key=SECRET',
    };
    const record = await buildRecord(outcomeWith({ target }), FULL);
    expect(record.api_base).toBe('https://host/v1');
    expect(JSON.stringify(record)).not.toContain('SECRET');
  });

  it('hides credentials in headers, metadata and errors, whatever the policy', async () => {
    const key = 'sk-proj-SECRETSECRETSECRET';
    const customHeaders = { 'x-api-key': 'SECRET', 'x-authorization': 'SECRET', 'x-other': 'Bearer SECRET-SECRET' };
    const body = {
      messages: [],
      user: key,
      tags: ['blue', key],
      litellm_trace_id: key,
      metadata: { session_token: 'SECRET', nested: [{ password: 'SECRET' }], team: 'blue' },
    };
    const error = { code: '401', kind: 'authentication_error', message: `Wrong key ${key}` };
    for (const policy of [FULL, NONE]) {
      const record = await buildRecord(
        outcomeWith({ ask: { customHeaders, userAgent: key }, body, failure: error }),
        policy,
      );
      expect(JSON.stringify(record)).not.toContain('SECRET');
      expect(record).toMatchObject({ end_user: '[secret]', trace_id: '[secret]', user_agent: '[secret]' });
      expect(record.request_tags).toContain('blue');
      expect(record.metadata.requester_metadata).toMatchObject({ team: 'blue' });
      expect(record.error_information).toMatchObject({ error_code: '401', error_class: 'authentication_error' });
    }
  });
});
