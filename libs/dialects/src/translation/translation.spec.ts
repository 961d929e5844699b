import type { Dialect } from '../dialect';
import { objectOf, type JsonObject } from '../json/json-value';
import { DEFAULT_TRAITS } from '../requests/upstream-traits';
import { Translation } from './translation';

function translation(client: Dialect, upstream: Dialect, request: JsonObject, upstreamModel = 'up'): Translation {
  const context = {
    model: 'shown',
    estimatedInputTokens: 42,
    filteredStopReason: 'refusal',
    now: () => 1700000000,
    newId: () => 'new',
  } as const;
  return new Translation({ client, upstream, request, upstreamModel, traits: DEFAULT_TRAITS, context });
}

const hello = { model: 'shown', max_tokens: 5, messages: [{ role: 'user', content: 'hi' }] };

it('stands between an Anthropic client and a chat upstream', () => {
  const between = translation('anthropic-messages', 'openai-chat', { ...hello, top_k: 3, stream: true });
  expect(between.body).toMatchObject({ model: 'up', max_tokens: 5, messages: [{ role: 'user', content: 'hi' }] });
  expect(between.dropped).toEqual(['top_k']);
  const usage = { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 };
  const reply = between.reply({ choices: [{ index: 0, message: { content: 'a' }, finish_reason: 'length' }], usage });
  expect(reply.body).toMatchObject({ model: 'shown', stop_reason: 'max_tokens', usage: { input_tokens: 3 } });
  expect(reply.usage?.totalTokens).toBe(7);
  expect(between.error(404, { error: { message: 'no such', type: 'invalid_request_error' } }, 'req_1')).toEqual({
    type: 'error',
    error: { type: 'not_found_error', message: 'no such' },
    request_id: 'req_1',
  });
  const stream = between.openStream();
  const chunk = { choices: [{ index: 0, delta: { content: 'a' }, finish_reason: 'stop' }], usage };
  expect(Buffer.from(stream.push(Buffer.from(`data: ${JSON.stringify(chunk)}\n\n`))).toString()).toContain(
    'text_delta',
  );
  expect(Buffer.from(stream.finish()).toString()).toContain('message_stop');
  expect(stream.usage?.totalTokens).toBe(7);
});

it('stands between a chat client and an Anthropic upstream', () => {
  const between = translation('openai-chat', 'anthropic-messages', { ...hello, stream: false });
  expect(between.body).toMatchObject({ model: 'up', max_tokens: 5 });
  const reply = between.reply({ content: [{ type: 'text', text: 'a' }], stop_reason: 'end_turn' });
  expect(reply.body).toMatchObject({ model: 'shown', choices: [{ message: { content: 'a' }, finish_reason: 'stop' }] });
  expect(reply.usage).toBeUndefined();
  const overloaded = { type: 'error', error: { type: 'overloaded_error', message: 'busy' } };
  expect(between.error(529, overloaded, 'req_1')).toEqual({
    error: { message: 'busy', type: 'service_unavailable', param: null, code: null },
  });
});

it('turns the call of a tool that it added back into text', () => {
  const schema = { type: 'object', properties: { a: { type: 'number' } } };
  const response_format = { type: 'json_schema', json_schema: { name: 'answer', schema } };
  const between = translation(
    'openai-chat',
    'anthropic-messages',
    { ...hello, response_format },
    'claude-3-haiku-20240307',
  );
  const [tool] = between.body['tools'] as { name: string }[];
  const content = [{ type: 'tool_use', id: 'toolu_1', name: tool?.name, input: { a: 1 } }];
  const { body } = between.reply({ content, stop_reason: 'tool_use' });
  const [choice] = body['choices'] as JsonObject[];
  expect(choice).toMatchObject({ finish_reason: 'stop', message: { content: '{"a":1}' } });
  expect(objectOf(choice?.['message'])['tool_calls']).toBeUndefined();
});

const response = { object: 'response', output: [], status: 'completed' };
const failed = (code: string) => ({ ...response, status: 'failed', error: { code, message: 'boom' } });

it.each<[string, Dialect, Dialect, JsonObject, string, string]>([
  ['a failed response', 'openai-chat', 'openai-responses', failed('server_error'), 'upstream_failed', 'boom'],
  ['one that met a limit', 'openai-chat', 'openai-responses', failed('rate_limit_exceeded'), 'upstream_failed', 'boom'],
  ['one of a bad request', 'openai-chat', 'openai-responses', failed('invalid_prompt'), 'invalid_request', 'boom'],
  [
    'a cancelled response',
    'openai-chat',
    'openai-responses',
    { ...response, status: 'cancelled' },
    'upstream_failed',
    'The upstream failed with status 500',
  ],
  ['no choices', 'anthropic-messages', 'openai-chat', { detail: 'Not ready' }, 'upstream_failed', 'Not ready'],
  [
    'not one choice',
    'anthropic-messages',
    'openai-chat',
    { choices: [] },
    'upstream_failed',
    'The upstream failed with status 500',
  ],
  [
    'a flat error',
    'openai-responses',
    'openai-chat',
    { object: 'error', message: 'too long', code: 400 },
    'invalid_request',
    'too long',
  ],
  ['no content', 'openai-chat', 'anthropic-messages', {}, 'upstream_failed', 'The upstream failed with status 500'],
])('takes %s for no answer', (_, client, upstream, body, code, message) => {
  const between = translation(client, upstream, { ...hello, input: 'hi' });
  const retryable = code === 'upstream_failed';
  expect(() => between.reply(body)).toThrow(expect.objectContaining({ code, message, retryable }) as Error);
});

it('takes an empty answer for one', () => {
  const between = translation('openai-chat', 'openai-responses', hello);
  expect(between.reply(response).body).toMatchObject({ choices: [{ message: { content: null } }] });
});

it('has nothing to do within one dialect', () => {
  expect(() => translation('openai-chat', 'openai-chat', hello)).toThrow(TypeError);
});
