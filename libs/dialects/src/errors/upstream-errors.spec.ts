import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { readStreamError, readUpstreamError } from './read-upstream-error';
import { upstreamErrorBody } from './upstream-error-body';

describe('what an upstream says when it fails', () => {
  it.each<[string, unknown, object]>([
    [
      'OpenAI’s envelope',
      { error: { message: 'no such', type: 'invalid_request_error', param: 'model', code: 'model_not_found' } },
      { message: 'no such', type: 'invalid_request_error', param: 'model', code: 'model_not_found' },
    ],
    [
      'Anthropic’s envelope',
      { type: 'error', error: { type: 'invalid_request_error', message: 'bad' }, request_id: 'r' },
      { message: 'bad', type: 'invalid_request_error', param: null, code: null },
    ],
    ['an error that is text', { error: 'bad' }, { message: 'bad', type: '' }],
    ['a detail', { detail: 'bad' }, { message: 'bad' }],
    ['a list of details', { detail: [{ loc: ['body'], msg: 'field required' }] }, { message: 'field required' }],
    [
      'a flat object with a numeric code',
      { object: 'error', message: 'bad', type: 'BadRequestError', param: null, code: 400 },
      { message: 'bad', type: 'BadRequestError', code: null },
    ],
    ['Google’s list', [{ error: { code: 400, message: 'bad', status: 'INVALID_ARGUMENT' } }], { message: 'bad' }],
    [
      'what OpenRouter repeats as text of JSON',
      {
        error: {
          message: 'Provider returned error',
          code: 400,
          metadata: { raw: '{"error":{"message":"too long","param":"messages","code":"context_length_exceeded"}}' },
        },
      },
      { message: 'too long', param: 'messages', code: 'context_length_exceeded' },
    ],
    [
      'what OpenRouter repeats as plain text',
      { error: { message: 'Provider returned error', metadata: { raw: 'out of memory' } } },
      { message: 'out of memory' },
    ],
    [
      'what OpenRouter repeats as an object',
      { error: { message: 'Provider returned error', metadata: { raw: { detail: 'bad' } } } },
      { message: 'bad' },
    ],
    [
      'metadata without words',
      { error: { message: 'Provider returned error', metadata: { raw: '{}' } } },
      { message: 'Provider returned error' },
    ],
    ['plain text', ' Bad gateway \n', { message: 'Bad gateway' }],
    ['a page', '<!DOCTYPE html><html><body>nginx</body></html>', { message: 'The upstream failed with status 400' }],
    ['nothing', undefined, { message: 'The upstream failed with status 400' }],
    ['an empty object', {}, { message: 'The upstream failed with status 400' }],
    ['an endless nest', JSON.parse(`${'{"error":'.repeat(50_000)}1${'}'.repeat(50_000)}`), { type: '' }],
  ])('is read from %s', (_, body, expected) => {
    expect(readUpstreamError(400, body)).toMatchObject({ status: 400, ...expected });
  });

  it('is cut when the upstream repeats the request in it', () => {
    expect(readUpstreamError(400, { error: { message: 'x'.repeat(100_000) } }).message).toHaveLength(4000);
  });

  it.each([
    [
      'Incorrect API key provided: sk-proj-ab**********************wxyz. You can find it at platform.openai.com.',
      'wxyz',
    ],
    ['Invalid token Bearer abcdef123456', 'abcdef123456'],
    ['invalid x-api-key: 0123456789abcdef', '0123456789abcdef'],
    ['key gsk_abcDEF12345 was revoked', 'gsk_abcDEF12345'],
    ['The key AIzaSyD-abcdefgh is not valid', 'AIzaSyD-abcdefgh'],
    ['No account for 4f3c2b1a4f3c2b1a4f3c2b1a', '4f3c2b1a4f3c2b1a4f3c2b1a'],
  ])('never shows the key in %s', (message, key) => {
    for (const status of [401, 403]) {
      const shown = readUpstreamError(status, { error: { message } }).message;
      expect(shown).toContain('[hidden]');
      expect(shown).not.toContain(key);
    }
  });

  it.each([
    'Your account may not use the model claude-3-5-sonnet-20241022-v2:0 in eu-central-1.',
    'You exceeded your current quota, see https://platform.openai.com/docs/guides/error-codes/api-errors.',
    'The up-to-date list is at https://console.example.com/keys',
  ])('keeps the words of %s', (message) => {
    expect(readUpstreamError(403, { error: { message } }).message).toBe(message);
  });

  it.each<[unknown, number]>([
    [{ type: 'error', error: { type: 'overloaded_error', message: 'x' } }, 529],
    [{ error: { type: 'rate_limit_error' } }, 429],
    [{ error: { type: 'invalid_request_error' } }, 400],
    [{ error: { type: 'api_error' } }, 500],
    [{ error: { type: 'server_error' } }, 500],
    [{ error: { type: 'timeout' } }, 504],
    [{ error: { type: 'server_error', code: 'rate_limit_exceeded' } }, 429],
    [{ error: { code: 502, message: 'x' } }, 502],
    [{ error: { code: '429' } }, 429],
    [{ error: { code: 1234, status: 'RESOURCE_EXHAUSTED' } }, 429],
    [{ error: { metadata: { raw: '{"error":{"type":"overloaded_error"}}' } } }, 529],
    [{ error: { code: 200 } }, 500],
    [{ error: { type: 'constructor' } }, 500],
    ['boom', 500],
  ])('stands for a status inside a stream: %j is %i', (data, status) => {
    expect(readStreamError(data).status).toBe(status);
  });
});

describe('what a client of another dialect is told', () => {
  const told = (status: number) => ({ status, message: 'm', type: 'its own', param: 'p', code: 'c' });

  it.each<[number, string, string]>([
    [400, 'invalid_request_error', 'invalid_request_error'],
    [401, 'authentication_error', 'authentication_error'],
    [402, 'billing_error', 'insufficient_quota'],
    [403, 'permission_error', 'permission_error'],
    [404, 'not_found_error', 'invalid_request_error'],
    [408, 'timeout_error', 'timeout'],
    [409, 'invalid_request_error', 'invalid_request_error'],
    [413, 'request_too_large', 'invalid_request_error'],
    [422, 'invalid_request_error', 'invalid_request_error'],
    [429, 'rate_limit_error', 'rate_limit_error'],
    [500, 'api_error', 'server_error'],
    [502, 'api_error', 'server_error'],
    [503, 'overloaded_error', 'service_unavailable'],
    [504, 'timeout_error', 'timeout'],
    [529, 'overloaded_error', 'service_unavailable'],
  ])('of %i is %s or %s, whatever the upstream called it', (status, anthropic, openAi) => {
    expect(upstreamErrorBody('anthropic-messages', told(status), 'req_1')).toEqual({
      type: 'error',
      error: { type: anthropic, message: 'm' },
      request_id: 'req_1',
    });
    const body = { error: { message: 'm', type: openAi, param: 'p', code: 'c' } };
    expect(upstreamErrorBody('openai-chat', told(status), 'req_1')).toEqual(body);
    expect(upstreamErrorBody('openai-responses', told(status), 'req_1')).toEqual(body);
  });

  it('is what the official clients raise', async () => {
    const answering = (body: object, status: number) => () => Promise.resolve(Response.json(body, { status }));
    const anthropic = new Anthropic({
      apiKey: 'k',
      maxRetries: 0,
      fetch: answering(upstreamErrorBody('anthropic-messages', told(529), 'req_1'), 529),
    });
    const ask = { model: 'm', messages: [{ role: 'user' as const, content: 'x' }] };
    await expect(anthropic.messages.create({ ...ask, max_tokens: 1 })).rejects.toMatchObject({
      status: 529,
      type: 'overloaded_error',
    });
    const openAi = new OpenAI({
      apiKey: 'k',
      maxRetries: 0,
      fetch: answering(upstreamErrorBody('openai-chat', told(429), 'req_1'), 429),
    });
    await expect(openAi.chat.completions.create(ask)).rejects.toMatchObject({
      status: 429,
      type: 'rate_limit_error',
      param: 'p',
      code: 'c',
    });
  });
});
