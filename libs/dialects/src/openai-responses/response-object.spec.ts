import type { StopReason } from '../reply/assistant-reply';
import { stream, text, usage, write } from './responses-reply-writer.fixture';

it('repeats the settings of the request, and says that nothing is kept', () => {
  const request = {
    model: 'asked',
    instructions: 'Be brief',
    metadata: { a: 'b' },
    parallel_tool_calls: false,
    temperature: 0,
    top_p: 0.5,
    tools: [{ type: 'function', name: 'f' }],
    tool_choice: { type: 'function', name: 'f' },
    max_output_tokens: 100,
    reasoning: { effort: 'low' },
    text: { format: { type: 'json_object' }, verbosity: null },
    user: 'u',
    prompt_cache_key: 'k',
    safety_identifier: 's',
  };
  const { model: _model, reasoning: _reasoning, text: _text, ...same } = request;
  expect(write([], {}, { ...request, store: true, truncation: 'auto', service_tier: 'flex' })).toMatchObject({
    ...same,
    model: 'shown-model',
    reasoning: { effort: 'low', summary: null },
    text: { format: { type: 'json_object' } },
    store: false,
    truncation: 'disabled',
    service_tier: 'default',
    background: false,
    previous_response_id: null,
    error: null,
  });
});

it('has every field that clients expect, whatever was asked', () => {
  const wrong = { metadata: null, tools: 7, tool_choice: null, temperature: 'x', reasoning: null, text: null };
  for (const request of [{}, wrong]) {
    expect(write([], {}, request)).toMatchObject({
      instructions: null,
      metadata: {},
      parallel_tool_calls: true,
      temperature: null,
      top_p: null,
      tools: [],
      tool_choice: 'auto',
      max_output_tokens: null,
      reasoning: { effort: null, summary: null },
      text: { format: { type: 'text' } },
      truncation: 'disabled',
      user: null,
      incomplete_details: null,
      access_programs: null,
      prompt_cache_key: null,
      safety_identifier: null,
    });
  }
});

it.each<[StopReason, string, object | null]>([
  ['end', 'completed', null],
  ['stop-sequence', 'completed', null],
  ['tool-calls', 'completed', null],
  ['length', 'incomplete', { reason: 'max_output_tokens' }],
  ['refusal', 'incomplete', { reason: 'content_filter' }],
])('a reply that ended by %s is %s', (stop, status, details) => {
  const completed_at = details === null ? 1_790_000_001 : null;
  expect(write([text('x')], { stop })).toMatchObject({ status, incomplete_details: details, completed_at });
  const events = stream([text('x')], stop);
  expect(events).toContain(`event: response.${status}\n`);
  expect(events).not.toContain(`event: response.${status === 'completed' ? 'incomplete' : 'completed'}\n`);
});

it('counts tokens with all their details, also when the upstream did not count', () => {
  expect(write([])['usage']).toEqual({
    input_tokens: 30,
    input_tokens_details: { cached_tokens: 10, cache_write_tokens: 4 },
    output_tokens: 9,
    output_tokens_details: { reasoning_tokens: 3 },
    total_tokens: 39,
  });
  expect(write([], { usage: { ...usage, completionTokens: 8.6 } })['usage']).toMatchObject({ output_tokens: 9 });
  expect(write([], { usage: undefined })['usage']).toMatchObject({
    input_tokens_details: { cached_tokens: 0 },
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 0,
  });
});

it('keeps the id and the time of an upstream that speaks of responses, and makes them otherwise', () => {
  expect(write([], { id: 'resp_9' })).toMatchObject({ id: 'resp_9', created_at: 1_790_000_000 });
  const fresh = { id: 'resp_fresh1', created_at: 1_790_000_001 };
  expect(write([], { id: 'chatcmpl-1', created: undefined })).toMatchObject(fresh);
});
